// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/ajv.h"

#include "core/base/json_pointer.h"
#include "core/base/regex.h"
#include "core/http/uri.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace understudy::formats::mockoon {

namespace {

// Ajv refuses a schema with another keyword ("strict mode").
constexpr std::array<std::string_view, 52> kKeywords{"$comment",
                                                     "$defs",
                                                     "$id",
                                                     "$ref",
                                                     "$schema",
                                                     "additionalItems",
                                                     "additionalProperties",
                                                     "allOf",
                                                     "anyOf",
                                                     "const",
                                                     "contains",
                                                     "contentEncoding",
                                                     "contentMediaType",
                                                     "default",
                                                     "definitions",
                                                     "dependencies",
                                                     "deprecated",
                                                     "description",
                                                     "discriminator",
                                                     "else",
                                                     "enum",
                                                     "examples",
                                                     "exclusiveMaximum",
                                                     "exclusiveMinimum",
                                                     "format",
                                                     "formatMaximum",
                                                     "formatMinimum",
                                                     "if",
                                                     "items",
                                                     "maxItems",
                                                     "maxLength",
                                                     "maxProperties",
                                                     "maximum",
                                                     "minItems",
                                                     "minLength",
                                                     "minProperties",
                                                     "minimum",
                                                     "multipleOf",
                                                     "not",
                                                     "nullable",
                                                     "oneOf",
                                                     "pattern",
                                                     "patternProperties",
                                                     "properties",
                                                     "propertyNames",
                                                     "readOnly",
                                                     "required",
                                                     "then",
                                                     "title",
                                                     "type",
                                                     "uniqueItems",
                                                     "writeOnly"};
constexpr std::array<std::string_view, 26> kFormats{"binary",
                                                    "byte",
                                                    "date",
                                                    "date-time",
                                                    "double",
                                                    "duration",
                                                    "email",
                                                    "float",
                                                    "hostname",
                                                    "int32",
                                                    "int64",
                                                    "ipv4",
                                                    "ipv6",
                                                    "iso-date-time",
                                                    "iso-time",
                                                    "json-pointer",
                                                    "json-pointer-uri-fragment",
                                                    "password",
                                                    "regex",
                                                    "relative-json-pointer",
                                                    "time",
                                                    "uri",
                                                    "uri-reference",
                                                    "uri-template",
                                                    "url",
                                                    "uuid"};
// Whose values are maps of schemas.
constexpr std::array<std::string_view, 5> kMaps{"$defs", "definitions", "dependencies",
                                                "patternProperties", "properties"};
// Whose values are no schemas.
constexpr std::array<std::string_view, 4> kData{"const", "default", "enum", "examples"};

template<std::size_t N>
bool isOneOf(const std::array<std::string_view, N> &names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

// What a keyword's value has to be; of others it is a schema, or anything.
constexpr std::array<std::string_view, 11> kNumbers{
    "exclusiveMaximum", "exclusiveMinimum", "maxItems",  "maxLength",
    "maxProperties",    "maximum",          "minItems",  "minLength",
    "minProperties",    "minimum",          "multipleOf"};
constexpr std::array<std::string_view, 7> kTypes{"array",  "boolean", "integer", "null",
                                                 "number", "object",  "string"};

/// One document, to which its references lead.
class AjvCheck
{
public:
    explicit AjvCheck(const JsonValue &root)
        : m_root(root)
    {}

    bool accepts(const JsonValue &schema) const
    {
        const JsonObject *object = schema.ifObject();
        if (!object) {
            const JsonArray *list = schema.ifArray();
            return list ? std::all_of(list->begin(), list->end(),
                                      [this](const JsonValue &part) { return accepts(part); })
                        : schema.isBool();
        }
        return std::all_of(object->begin(), object->end(), [this](const JsonMember &member) {
            return acceptsMember(member.name, member.value);
        });
    }

private:
    bool acceptsMember(const std::string &name, const JsonValue &value) const
    {
        if (!isOneOf(kKeywords, name))
            return false;
        const std::string *text = value.ifString();
        if (name == "$schema")
            return text && text->find("draft-07") != std::string::npos;
        if (name == "$ref")
            return text && leads(*text);
        if (name == "format")
            return text && isOneOf(kFormats, *text);
        if (name == "pattern")
            return text && Regex::compile(*text).hasValue();
        if (name == "type")
            return isType(value);
        if (name == "enum" || name == "required")
            return value.isArray();
        if (isOneOf(kNumbers, name))
            return value.isNumber();
        if (isOneOf(kMaps, name)) {
            const JsonObject *map = value.ifObject();
            return map && std::all_of(map->begin(), map->end(), [&](const JsonMember &part) {
                       return (name == "dependencies" && part.value.isArray())
                              || accepts(part.value);
                   });
        }
        const bool holdsSchemas = value.isObject() || value.isArray();
        return !holdsSchemas || isOneOf(kData, name) || accepts(value);
    }

    static bool isType(const JsonValue &value)
    {
        const JsonArray *list = value.ifArray();
        if (list)
            return !list->empty() && std::all_of(list->begin(), list->end(), isType);
        const std::string *text = value.ifString();
        return text && isOneOf(kTypes, *text);
    }

    /// Whether a reference stays in the schema and finds something.
    bool leads(std::string_view reference) const
    {
        return reference.starts_with('#')
               && json_pointer::find(m_root, http::percentDecode(reference.substr(1)));
    }

    const JsonValue &m_root;
};

} // namespace

bool isSchemaForAjv(const JsonValue &schema)
{
    return !schema.isArray() && AjvCheck(schema).accepts(schema);
}

bool hasSiblings(const JsonValue &schema)
{
    if (const JsonArray *list = schema.ifArray())
        return std::any_of(list->begin(), list->end(), hasSiblings);
    const JsonObject *object = schema.ifObject();
    return object
           && ((object->contains("$ref") && object->size() > 1)
               || std::any_of(object->begin(), object->end(),
                              [](const JsonMember &member) { return hasSiblings(member.value); }));
}

} // namespace understudy::formats::mockoon
