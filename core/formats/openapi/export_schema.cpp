// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/export_schema.h"

#include "core/base/json_type.h"

#include <algorithm>
#include <map>
#include <string>

namespace understudy::formats::openapi {

namespace {

/// Deeper ones take anything: the document has limits too.
constexpr int kDeepestSchema = 30;
/// Objects with more names are maps, whose values have a schema in common.
constexpr std::size_t kMostProperties = 200;

using Values = std::vector<const JsonValue *>;

/// Schemas tell whole numbers from others.
std::string_view typeOfValue(const JsonValue &value)
{
    const JsonNumber *number = value.ifNumber();
    const bool isWhole = number && number->text.find_first_of(".eE") == std::string::npos;
    return isWhole ? "integer" : jsonTypeOf(value);
}

JsonValue schemaOfSome(const Values &values, int depth);

JsonValue typesOf(const Values &values)
{
    std::vector<std::string_view> types;
    const auto has = [&](std::string_view type) {
        return std::find(types.begin(), types.end(), type) != types.end();
    };
    for (const JsonValue *value : values) {
        if (const std::string_view type = typeOfValue(*value); !has(type))
            types.push_back(type);
    }
    if (has("number"))
        std::erase(types, "integer");
    if (types.size() == 1)
        return {types.front()};
    // A null is told last, as people do.
    std::stable_partition(types.begin(), types.end(),
                          [](std::string_view type) { return type != "null"; });
    return {JsonArray(types.begin(), types.end())};
}

/// Names with all their values, in the order of their first appearance.
struct PropertyValues
{
    std::vector<std::pair<std::string_view, Values>> byName;
    std::size_t objects = 0;
};

PropertyValues propertiesOf(const Values &values)
{
    PropertyValues out;
    std::map<std::string_view, std::size_t> places;
    for (const JsonValue *value : values) {
        const JsonObject *object = value->ifObject();
        if (!object)
            continue;
        ++out.objects;
        for (const JsonMember &member : *object) {
            const auto [place, isNew] = places.try_emplace(member.name, out.byName.size());
            if (isNew)
                out.byName.emplace_back(member.name, Values());
            out.byName[place->second].second.push_back(&member.value);
        }
    }
    return out;
}

void addProperties(const Values &values, int depth, JsonObject &schema)
{
    const PropertyValues properties = propertiesOf(values);
    if (properties.byName.empty())
        return;
    if (properties.byName.size() > kMostProperties) {
        Values all;
        for (const auto &[name, own] : properties.byName)
            all.insert(all.end(), own.begin(), own.end());
        schema.set("additionalProperties", schemaOfSome(all, depth + 1));
        return;
    }
    JsonObject written;
    JsonArray required;
    for (const auto &[name, own] : properties.byName) {
        written.set(name, schemaOfSome(own, depth + 1));
        if (own.size() == properties.objects)
            required.emplace_back(name);
    }
    schema.set("properties", std::move(written));
    if (!required.empty())
        schema.set("required", std::move(required));
}

JsonValue schemaOfSome(const Values &values, int depth)
{
    JsonObject schema;
    const bool isKnown = std::any_of(values.begin(), values.end(),
                                     [](const JsonValue *value) { return !value->isNull(); });
    if (!isKnown || depth > kDeepestSchema)
        return {std::move(schema)};
    schema.set("type", typesOf(values));
    Values items;
    for (const JsonValue *value : values) {
        if (const JsonArray *array = value->ifArray()) {
            for (const JsonValue &item : *array)
                items.push_back(&item);
        }
    }
    addProperties(values, depth, schema);
    if (!items.empty())
        schema.set("items", schemaOfSome(items, depth + 1));
    return {std::move(schema)};
}

} // namespace

JsonValue schemaOfValues(const std::vector<const JsonValue *> &values)
{
    return schemaOfSome(values, 0);
}

void dropRequired(JsonValue &schema)
{
    JsonObject *object = schema.ifObject();
    if (!object)
        return;
    object->erase("required");
    for (const std::string_view key : {"items", "additionalProperties"}) {
        if (JsonValue *inner = object->mutableFind(key))
            dropRequired(*inner);
    }
    JsonValue *properties = object->mutableFind("properties");
    const JsonObject names = properties ? *properties->ifObject() : JsonObject();
    for (const JsonMember &member : names)
        dropRequired(*properties->ifObject()->mutableFind(member.name));
}

} // namespace understudy::formats::openapi
