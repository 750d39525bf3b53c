// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/schema_parts.h"

#include <algorithm>
#include <array>

namespace understudy::formats::openapi {

namespace {

/// Hostile documents have allOf of allOf.
constexpr std::size_t kMostParts = 200;
constexpr int kMostHopsOfParts = 64;

/// What a keyword says of the type where `type` says nothing.
struct TypeHint
{
    std::string_view keyword;
    std::string_view type;
};
constexpr std::array kTypeHints{
    TypeHint{"properties", "object"},        TypeHint{"additionalProperties", "object"},
    TypeHint{"required", "object"},          TypeHint{"minProperties", "object"},
    TypeHint{"patternProperties", "object"}, TypeHint{"items", "array"},
    TypeHint{"prefixItems", "array"},        TypeHint{"minItems", "array"},
    TypeHint{"pattern", "string"},           TypeHint{"minLength", "string"},
    TypeHint{"maxLength", "string"},         TypeHint{"format", "string"},
    TypeHint{"multipleOf", "number"},        TypeHint{"minimum", "number"},
    TypeHint{"maximum", "number"},           TypeHint{"contentMediaType", "string"},
};

std::vector<std::string> typesIn(Element schema)
{
    const Element type = schema.at("type");
    if (type.isScalar())
        return {type.node->text};
    std::vector<std::string> out;
    for (std::size_t i = 0; type.isList() && i < type.size(); ++i) {
        if (type.entry(i).node->isScalar())
            out.push_back(type.entry(i).node->text);
    }
    return out;
}

bool isAllowedBy(const std::vector<std::string> &types, const std::string &type)
{
    const auto has = [&](std::string_view name) {
        return std::find(types.begin(), types.end(), name) != types.end();
    };
    return types.empty() || has(type) || (type == "integer" && has("number"));
}

void addPart(Document &document, Element schema, const std::string &name, SchemaParts &parts)
{
    if (parts.holds(schema.node) || parts.parts.size() >= kMostParts)
        return;
    parts.parts.push_back({schema, name});
    const Element all = schema.at("allOf");
    for (std::size_t i = 0; all.isList() && i < all.size(); ++i)
        addParts(document, all.entry(i), parts);
}

} // namespace

Element SchemaParts::first(std::string_view keyword) const
{
    for (const Part &part : parts) {
        if (const Element found = part.schema.at(keyword))
            return found;
    }
    return {};
}

bool SchemaParts::isNullable() const
{
    return !parts.empty() && std::all_of(parts.begin(), parts.end(), [](const Part &part) {
        const std::vector<std::string> types = typesIn(part.schema);
        return part.schema.isTrue("nullable")
               || std::find(types.begin(), types.end(), "null") != types.end();
    });
}

bool SchemaParts::isTrue(std::string_view keyword) const
{
    return std::any_of(parts.begin(), parts.end(),
                       [&](const Part &part) { return part.schema.isTrue(keyword); });
}

std::string SchemaParts::type() const
{
    std::vector<std::string> wanted;
    for (const Part &part : parts) {
        const std::vector<std::string> own = typesIn(part.schema);
        wanted.insert(wanted.end(), own.begin(), own.end());
    }
    const auto allAgree = [&](const std::string &type) {
        return std::all_of(parts.begin(), parts.end(), [&](const Part &part) {
            return isAllowedBy(typesIn(part.schema), type);
        });
    };
    // What an integer is, a number may be; the narrower one is right for both.
    if (std::find(wanted.begin(), wanted.end(), "integer") != wanted.end() && allAgree("integer")
        && wanted.front() == "number")
        return "integer";
    const auto found = std::find_if(wanted.begin(), wanted.end(), [&](const std::string &type) {
        return type != "null" && allAgree(type);
    });
    if (found != wanted.end())
        return *found == "file" ? "string" : *found;
    if (std::find(wanted.begin(), wanted.end(), "null") != wanted.end())
        return "null";
    if (!wanted.empty())
        return wanted.front();
    const auto hint = std::find_if(kTypeHints.begin(), kTypeHints.end(),
                                   [&](const TypeHint &h) { return bool(first(h.keyword)); });
    if (hint == kTypeHints.end())
        return {};
    return std::string(hint->type);
}

bool SchemaParts::holds(const yaml::Node *schema) const
{
    return std::any_of(parts.begin(), parts.end(),
                       [&](const Part &part) { return part.schema.node == schema; });
}

SchemaParts partsOf(Document &document, Element schema)
{
    SchemaParts parts;
    addParts(document, schema, parts);
    return parts;
}

void addParts(Document &document, Element schema, SchemaParts &parts)
{
    std::string name;
    for (int hops = 0; schema.at("$ref").isScalar() && hops < kMostHopsOfParts; ++hops) {
        const std::string &reference = schema.at("$ref").node->text;
        name = nameOfReference(reference);
        if (document.keepsSiblings() && schema.size() > 1)
            addPart(document, schema, {}, parts);
        schema = document.target(reference, schema.at("$ref"));
    }
    if (schema.isScalar() && schema.node->text == "false")
        parts.isNever = true;
    if (schema.isMap())
        addPart(document, schema, name, parts);
}

std::string nameOfReference(std::string_view reference)
{
    const std::size_t slash = reference.find_last_of("/#");
    std::string_view name
        = slash == std::string_view::npos ? reference : reference.substr(slash + 1);
    for (const std::string_view ending : {".json", ".yaml", ".yml"}) {
        if (name.ends_with(ending))
            name.remove_suffix(ending.size());
    }
    return std::string(name);
}

} // namespace understudy::formats::openapi
