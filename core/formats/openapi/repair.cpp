// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/repair.h"

#include "core/base/json_pointer.h"
#include "core/formats/openapi/schema_parts.h"

#include <charconv>
#include <functional>
#include <set>

namespace understudy::formats::openapi {

namespace {

constexpr std::size_t kMostRepairs = 200;
constexpr std::size_t kMostRepairNotes = 5;

class Repairer
{
public:
    explicit Repairer(const MakingOf &with)
        : m_with(with)
    {}

    /// Changes `value` at the place of a misfit; false where nothing can be done there.
    bool mend(Element schema, JsonValue &value, std::string_view pointer)
    {
        if (pointer.empty())
            return mendHere(schema, value);
        const std::string name = json_pointer::takeFirst(pointer);
        if (JsonArray *array = value.ifArray()) {
            std::size_t index = 0;
            const auto read = std::from_chars(name.data(), name.data() + name.size(), index);
            return read.ec == std::errc() && index < array->size()
                   && mend(itemSchema(schema), (*array)[index], pointer);
        }
        JsonObject *object = value.ifObject();
        JsonValue *member = object ? object->mutableFind(name) : nullptr;
        if (!member)
            return false;
        const Element own = memberSchema(schema, name);
        if (own)
            return mend(own, *member, pointer);
        // It may not be there.
        object->erase(name);
        return true;
    }

private:
    Element itemSchema(Element schema) { return partsOf(m_with.document, schema).first("items"); }

    Element memberSchema(Element schema, const std::string &name)
    {
        const SchemaParts parts = partsOf(m_with.document, schema);
        for (const SchemaParts::Part &part : parts.parts) {
            if (const Element own = part.schema.at("properties").at(name))
                return own;
        }
        const Element others = parts.first("additionalProperties");
        return others.isMap() ? others : Element{};
    }

    bool mendHere(Element schema, JsonValue &value)
    {
        if (!schema)
            return false;
        const SchemaParts parts = partsOf(m_with.document, schema);
        if (addMissing(parts, value))
            return true;
        if (toType(parts.type(), value) && !m_with.check.misfit(schema, value))
            return true;
        const Sample &sample = m_with.samples.make(schema);
        if (sample.misfit || sample.value == value)
            return false;
        value = sample.value;
        return true;
    }

    /// Puts in what is required and not there.
    bool addMissing(const SchemaParts &parts, JsonValue &value)
    {
        JsonObject *object = value.ifObject();
        if (!object)
            return false;
        bool isAdded = false;
        for (const SchemaParts::Part &part : parts.parts) {
            const Element names = part.schema.at("required");
            for (std::size_t i = 0; names.isList() && i < names.size(); ++i) {
                const std::string &name = names.entry(i).node->text;
                const Element own = propertyIn(parts, name);
                if (object->contains(name) || !own)
                    continue;
                object->set(name, m_with.samples.make(own).value);
                isAdded = true;
            }
        }
        return isAdded;
    }

    static Element propertyIn(const SchemaParts &parts, const std::string &name)
    {
        for (const SchemaParts::Part &part : parts.parts) {
            if (const Element own = part.schema.at("properties").at(name))
                return own;
        }
        return {};
    }

    /// The same in another type, where that says the same.
    static bool toType(const std::string &type, JsonValue &value)
    {
        if (const std::string *text = value.ifString()) {
            JsonValue plain = yaml::scalarToJson(yaml::Node::ofPlain(*text));
            const bool isNumber = plain.isNumber() && (type == "number" || type == "integer");
            if (!isNumber && !(plain.isBool() && type == "boolean"))
                return false;
            value = std::move(plain);
            return true;
        }
        if (type == "string" && value.isNumber())
            value = JsonValue(value.ifNumber()->text);
        else if (type == "string" && value.isBool())
            value = JsonValue(value.isTrue() ? "true" : "false");
        else
            return false;
        return true;
    }

    const MakingOf &m_with;
};

/// The JSON that a text holds, where the schema asks for an object or a list.
bool readText(const MakingOf &with, Element schema, JsonValue &value)
{
    const std::string *text = value.ifString();
    const std::string type = partsOf(with.document, schema).type();
    if (!text || (type != "object" && type != "array"))
        return false;
    Result<JsonValue> inside = JsonValue::parse(*text);
    if (!inside || (!inside->isObject() && !inside->isArray()))
        return false;
    value = *std::move(inside);
    return true;
}

} // namespace

Repaired repair(const MakingOf &with, Element schema, JsonValue value)
{
    Repaired out{std::move(value), {}};
    if (readText(with, schema, out.value))
        out.notes.emplace_back("it is JSON inside of a text, and is sent as JSON");
    Repairer repairer(with);
    std::size_t repairs = 0;
    std::set<std::string> seen;
    auto misfit = with.check.misfit(schema, out.value);
    while (misfit && ++repairs <= kMostRepairs && seen.insert(misfit->text()).second) {
        const std::string said = misfit->text();
        std::string at = misfit->path;
        bool isMended = repairer.mend(schema, out.value, at);
        // What cannot be mended itself may be with what holds it.
        while (!isMended && !at.empty()) {
            at.erase(at.rfind('/'));
            isMended = repairer.mend(schema, out.value, at);
        }
        if (!isMended)
            break;
        if (repairs <= kMostRepairNotes)
            out.notes.push_back(said + ", against its schema; it is mended");
        misfit = with.check.misfit(schema, out.value);
    }
    if (repairs > kMostRepairNotes && !misfit)
        out.notes.push_back(std::to_string(repairs - kMostRepairNotes)
                            + " more places of it are mended");
    if (!misfit)
        return out;
    const Sample &sample = with.samples.make(schema);
    if (sample.misfit) {
        out.notes = {misfit->text()
                     + ", against its schema; nothing that fits could be made, and it "
                       "is sent as it is"};
        return out;
    }
    out.notes = {misfit->text() + ", against its schema; another value is made, and sent instead"};
    out.value = sample.value;
    return out;
}

} // namespace understudy::formats::openapi
