// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/request_schema.h"

#include "core/base/regex.h"
#include "core/formats/openapi/schema_formats.h"
#include "core/formats/openapi/schema_parts.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace understudy::formats::openapi {

namespace {

constexpr std::size_t kMostSchemas = 5'000;
constexpr int kDeepestSchema = 100;

constexpr std::array<std::string_view, 18> kPlainKeywords{
    "type",        "enum",     "const",         "maxLength",     "minLength",
    "multipleOf",  "maxItems", "minItems",      "uniqueItems",   "minContains",
    "maxContains", "required", "minProperties", "maxProperties", "dependentRequired",
    "nullable",    "maximum",  "minimum"};
constexpr std::array<std::string_view, 10> kSchemaKeywords{"items",
                                                           "additionalProperties",
                                                           "not",
                                                           "contains",
                                                           "propertyNames",
                                                           "unevaluatedProperties",
                                                           "unevaluatedItems",
                                                           "if",
                                                           "then",
                                                           "else"};
constexpr std::array<std::string_view, 4> kListKeywords{"allOf", "anyOf", "oneOf", "prefixItems"};
constexpr std::array<std::string_view, 3> kMapKeywords{"properties", "patternProperties",
                                                       "dependentSchemas"};

template<std::size_t size>
bool isOneOf(const std::array<std::string_view, size> &names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

class RequestSchema
{
public:
    explicit RequestSchema(Document &document)
        : m_document(document)
    {}

    std::optional<JsonValue> run(Element schema)
    {
        JsonValue out = translated(schema);
        if (m_isTooLarge)
            return std::nullopt;
        JsonObject *object = out.ifObject();
        if (object && !m_definitions.empty())
            object->set("$defs", JsonObject::of(std::move(m_definitions)));
        return out;
    }

private:
    JsonValue translated(Element schema)
    {
        if (++m_count > kMostSchemas || m_depth > kDeepestSchema) {
            m_isTooLarge = true;
            return true;
        }
        if (!schema.isMap()) // true and false are schemas since 3.1
            return !(schema.isScalar() && schema.node->text == "false");
        ++m_depth;
        JsonValue out = schema.at("$ref") ? reference(schema) : keywords(schema);
        --m_depth;
        return out;
    }

    JsonValue reference(Element schema)
    {
        const Element target = m_document.resolve(schema);
        if (!target)
            return true; // said by the document
        auto known = m_names.find(target.node);
        if (known == m_names.end()) {
            const std::string name = freeName(nameOfReference(schema.text("$ref")));
            known = m_names.emplace(target.node, name).first;
            const std::size_t place = m_definitions.size();
            m_definitions.push_back({name, true});
            JsonValue definition = translated(target);
            m_definitions[place].value = std::move(definition);
        }
        JsonObject out = m_document.keepsSiblings() ? keywordsOf(schema) : JsonObject();
        out.set("$ref", "#/$defs/" + known->second);
        return out;
    }

    /// A name that needs no escapes in a JSON pointer of a URL, and that no other has.
    std::string freeName(std::string name)
    {
        for (char &c : name) {
            const bool isPlain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
                                 || (c >= 'a' && c <= 'z') || c == '_' || c == '-' || c == '.';
            c = isPlain ? c : '_';
        }
        const std::string stem = name.empty() ? "schema" : name;
        name = stem;
        const auto isTaken = [&](const std::string &wanted) {
            return std::any_of(m_definitions.begin(), m_definitions.end(),
                               [&](const JsonMember &m) { return m.name == wanted; });
        };
        for (int number = 2; isTaken(name); ++number)
            name = stem + "-" + std::to_string(number);
        return name;
    }

    JsonValue keywords(Element schema) { return keywordsOf(schema); }

    JsonObject keywordsOf(Element schema)
    {
        std::vector<JsonMember> out;
        for (std::size_t i = 0; i < schema.size(); ++i) {
            const std::string &name = schema.key(i);
            const Element value = schema.entry(i);
            if (isOneOf(kSchemaKeywords, name)) {
                if (value.isList()) // the items of a tuple, before 2020-12
                    out.push_back({"prefixItems", list(value)});
                else if (value.isMap() || value.isScalar())
                    out.push_back({name, translated(value)});
            } else if (isOneOf(kListKeywords, name) && value.isList() && value.size() > 0) {
                out.push_back({name, list(value)});
            } else if (isOneOf(kMapKeywords, name) && value.isMap()) {
                out.push_back({name, map(name, value)});
            } else if (name == "required") {
                required(schema, value, out);
            } else if (isOneOf(kPlainKeywords, name)) {
                plain(schema, name, value, out);
            } else if (name == "exclusiveMinimum" || name == "exclusiveMaximum") {
                if (number(value)) // a flag of the bound, before 3.1: see plain()
                    out.push_back({name, yaml::toJson(*value.node)});
            } else if (name == "pattern") {
                if (value.isScalar() && Regex::compile(value.node->text))
                    out.push_back({name, value.node->text});
            } else if (name == "format") {
                if (value.isScalar() && !regexOfFormat(value.node->text).empty())
                    out.push_back({name, value.node->text});
            }
        }
        return JsonObject::of(std::move(out));
    }

    JsonValue list(Element schemas)
    {
        JsonArray out;
        for (std::size_t i = 0; i < schemas.size(); ++i)
            out.push_back(translated(schemas.entry(i)));
        return out;
    }

    JsonValue map(std::string_view keyword, Element schemas)
    {
        std::vector<JsonMember> out;
        for (std::size_t i = 0; i < schemas.size(); ++i) {
            if (keyword != "patternProperties" || Regex::compile(schemas.key(i)))
                out.push_back({schemas.key(i), translated(schemas.entry(i))});
        }
        return JsonObject::of(std::move(out));
    }

    static bool number(Element value)
    {
        return value.isScalar() && yaml::scalarToJson(*value.node).isNumber();
    }

    /// Of draft 3 a flag of the property itself, which is none of OpenAPI's: left out.
    void required(Element schema, Element names, std::vector<JsonMember> &out)
    {
        JsonArray needed;
        for (std::size_t i = 0; names.isList() && i < names.size(); ++i) {
            const Element name = names.entry(i);
            const Element property
                = name.isScalar() ? m_document.resolve(schema.at("properties").at(name.node->text))
                                  : Element{};
            if (name.isScalar() && !property.isTrue("readOnly"))
                needed.emplace_back(name.node->text);
        }
        if (!needed.empty())
            out.push_back({"required", std::move(needed)});
    }

    static void plain(Element schema, const std::string &name, Element value,
                      std::vector<JsonMember> &out)
    {
        if (!value)
            return;
        const bool isBound = name == "minimum" || name == "maximum";
        const std::string exclusive = name == "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
        if (isBound && schema.isTrue(exclusive))
            out.push_back({exclusive, yaml::toJson(*value.node)});
        else if (name == "type" && value.isScalar() && value.node->text == "file")
            return; // of 2.0
        else
            out.push_back({name, yaml::toJson(*value.node)});
    }

    Document &m_document;
    std::unordered_map<const yaml::Node *, std::string> m_names;
    std::vector<JsonMember> m_definitions;
    std::size_t m_count = 0;
    int m_depth = 0;
    bool m_isTooLarge = false;
};

} // namespace

std::optional<JsonValue> requestSchema(Document &document, Element schema)
{
    return RequestSchema(document).run(schema);
}

} // namespace understudy::formats::openapi
