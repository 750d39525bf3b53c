// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/request_schema.h"

#include "core/base/regex.h"
#include "core/formats/openapi/schema_formats.h"
#include "core/formats/openapi/schema_parts.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <utility>

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

/// Whether a keyword's value is of the kind that JSON Schema wants: one that is not makes no
/// schema.
bool isOfItsKind(std::string_view name, const JsonValue &value)
{
    if (name == "type")
        return value.isString() || value.isArray();
    if (name == "enum")
        return value.isArray();
    if (name == "uniqueItems" || name == "nullable")
        return value.isBool();
    if (name == "dependentRequired")
        return value.isObject();
    if (name == "const")
        return true;
    const JsonNumber *number = value.ifNumber();
    const bool isCount = name.ends_with("Length") || name.ends_with("Items")
                         || name.ends_with("Contains") || name.ends_with("Properties");
    if (!number || !isCount)
        return number
               && (name != "multipleOf" || number->text.find_first_of("123456789") == 0
                   || number->text.starts_with("0."));
    return number->text.find_first_not_of("0123456789") == std::string::npos;
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
    using Names = std::set<std::string>;

    /// How a schema stands in the one around it.
    enum class Place {
        Inside, ///< it is about a part of the value
        Beside, ///< it is about the same value (allOf)
        Turned, ///< the same, and what it says less makes the whole say something else (not, oneOf)
    };

    /// A schema that was referred to, by the name it has in `$defs`.
    struct Definition
    {
        std::string name;
        bool isLossy = false; ///< something of it cannot be checked
    };

    JsonValue translated(Element schema)
    {
        if (++m_count > kMostSchemas || m_depth > kDeepestSchema) {
            m_isTooLarge = true;
            return true;
        }
        if (!schema.isMap()) // true and false are schemas since 3.1
            return !(schema.isScalar() && schema.node->text == "false");
        ++m_depth;
        JsonValue out = schema.at("$ref") ? reference(schema) : JsonValue(keywordsOf(schema));
        --m_depth;
        return out;
    }

    /// One that stands in another; nothing where it had better be left out.
    std::optional<JsonValue> nested(Element schema, Place place, const Names &readOnly)
    {
        const bool wasLossy = std::exchange(m_isLossy, false);
        const Names around = std::exchange(m_readOnly, place == Place::Inside ? Names() : readOnly);
        std::vector<const yaml::Node *> circle;
        if (place == Place::Inside)
            circle.swap(m_circle);
        std::optional<JsonValue> out = translated(schema);
        if (place == Place::Turned && m_isLossy)
            out.reset();
        m_readOnly = around;
        m_isLossy = m_isLossy || wasLossy;
        if (place == Place::Inside)
            m_circle.swap(circle);
        return out;
    }

    void lose(Element at)
    {
        m_isLossy = true;
        m_document.notServedOften("a pattern that cannot be read, a format that is not known, or a "
                                  "schema that refers to itself without end is not checked",
                                  at);
    }

    JsonValue reference(Element schema)
    {
        const Element target = m_document.resolve(schema);
        if (!target)
            return true; // said by the document
        if (std::find(m_circle.begin(), m_circle.end(), target.node) != m_circle.end()) {
            lose(schema);
            return true;
        }
        auto known = m_known.find(target.node);
        if (known == m_known.end())
            known = define(target, nameOfReference(schema.text("$ref")));
        m_isLossy = m_isLossy || known->second.isLossy;
        JsonObject out = m_document.keepsSiblings() ? keywordsOf(schema) : JsonObject();
        out.set("$ref", "#/$defs/" + known->second.name);
        return out;
    }

    std::unordered_map<const yaml::Node *, Definition>::iterator define(Element target,
                                                                        std::string wanted)
    {
        const std::string name = freeName(std::move(wanted));
        m_known.emplace(target.node, Definition{name});
        const std::size_t place = m_definitions.size();
        m_definitions.push_back({name, true});
        const bool wasLossy = std::exchange(m_isLossy, false);
        const Names around = std::exchange(m_readOnly, {});
        m_circle.push_back(target.node);
        JsonValue definition = translated(target);
        m_circle.pop_back();
        m_definitions[place].value = std::move(definition);
        m_readOnly = around;
        const auto made = m_known.find(target.node);
        made->second.isLossy = m_isLossy;
        m_isLossy = wasLossy;
        return made;
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
        for (std::size_t number = 2; !m_names.insert(name).second; ++number)
            name = stem + "-" + std::to_string(std::max(number, m_names.size()));
        return name;
    }

    /// What need not be sent of an object: the properties that this schema, and what its allOf
    /// adds, call readOnly.
    Names readOnlyIn(Element schema)
    {
        Names out = m_readOnly;
        for (const SchemaParts::Part &part : partsOf(m_document, schema).parts) {
            const Element properties = part.schema.at("properties");
            for (std::size_t i = 0; properties.isMap() && i < properties.size(); ++i) {
                if (partsOf(m_document, properties.entry(i)).isTrue("readOnly"))
                    out.insert(properties.key(i));
            }
        }
        return out;
    }

    JsonObject keywordsOf(Element schema)
    {
        const Names readOnly = readOnlyIn(schema);
        std::vector<JsonMember> out;
        const bool isOpen = losesPatterns(schema.at("patternProperties"));
        for (std::size_t i = 0; i < schema.size(); ++i) {
            const std::string &name = schema.key(i);
            const Element value = schema.entry(i);
            if (isOpen && (name == "additionalProperties" || name == "unevaluatedProperties"))
                continue;
            if (isOneOf(kSchemaKeywords, name))
                single(name, value, readOnly, out);
            else if (isOneOf(kListKeywords, name))
                list(name, name == "prefixItems" ? Place::Inside : placeOf(name), value, readOnly,
                     out);
            else if (isOneOf(kMapKeywords, name))
                map(name, value, readOnly, out);
            else if (name == "required")
                required(value, readOnly, out);
            else if (isOneOf(kPlainKeywords, name))
                plain(schema, name, value, out);
            else if ((name == "exclusiveMinimum" || name == "exclusiveMaximum") && value.isNumber())
                out.push_back({name, yaml::toJson(*value.node)}); // else a flag: see plain()
            else if (name == "pattern" && value.isScalar())
                text(name, value, bool(Regex::compile(value.node->text)), out);
            else if (name == "format" && value.isScalar())
                format(value, out);
        }
        return JsonObject::of(std::move(out));
    }

    /// Whether there are properties of which nobody knows what they are called.
    static bool losesPatterns(Element patterns)
    {
        for (std::size_t i = 0; patterns.isMap() && i < patterns.size(); ++i) {
            if (!Regex::compile(patterns.key(i)))
                return true;
        }
        return false;
    }

    static Place placeOf(std::string_view keyword)
    {
        if (keyword == "not" || keyword == "oneOf" || keyword == "anyOf" || keyword == "if")
            return Place::Turned;
        return keyword == "allOf" || keyword == "then" || keyword == "else" ? Place::Beside
                                                                            : Place::Inside;
    }

    void single(const std::string &name, Element value, const Names &readOnly,
                std::vector<JsonMember> &out)
    {
        if (value.isList()) { // the items of a tuple, before 2020-12
            list("prefixItems", Place::Inside, value, readOnly, out);
            return;
        }
        if (!value.isMap() && !value.isScalar())
            return;
        if (auto made = nested(value, placeOf(name), readOnly))
            out.push_back({name, *std::move(made)});
    }

    void list(const std::string &name, Place place, Element schemas, const Names &readOnly,
              std::vector<JsonMember> &out)
    {
        JsonArray made;
        for (std::size_t i = 0; schemas.isList() && i < schemas.size(); ++i) {
            auto one = nested(schemas.entry(i), place, readOnly);
            if (!one)
                return;
            made.push_back(*std::move(one));
        }
        if (!made.empty())
            out.push_back({name, std::move(made)});
    }

    void map(const std::string &keyword, Element schemas, const Names &readOnly,
             std::vector<JsonMember> &out)
    {
        std::vector<JsonMember> made;
        for (std::size_t i = 0; schemas.isMap() && i < schemas.size(); ++i) {
            if (keyword == "patternProperties" && !Regex::compile(schemas.key(i)))
                lose(schemas.entry(i));
            else if (auto one = nested(
                         schemas.entry(i),
                         keyword == "dependentSchemas" ? Place::Beside : Place::Inside, readOnly))
                made.push_back({schemas.key(i), *std::move(one)});
        }
        out.push_back({keyword, JsonObject::of(std::move(made))});
    }

    void text(const std::string &name, Element value, bool isKnown, std::vector<JsonMember> &out)
    {
        if (isKnown)
            out.push_back({name, value.node->text});
        else
            lose(value);
    }

    void format(Element value, std::vector<JsonMember> &out)
    {
        // Those that say nothing about a value, or what a double cannot break.
        constexpr std::array<std::string_view, 4> kHints{"password", "binary", "float", "double"};
        const std::string &name = value.node->text;
        if (!isOneOf(kHints, name))
            text("format", value,
                 name == "int32" || name == "int64" || !regexOfFormat(name).empty(), out);
    }

    /// Of draft 3 a flag of the property itself, which is none of OpenAPI's: left out.
    static void required(Element names, const Names &readOnly, std::vector<JsonMember> &out)
    {
        JsonArray needed;
        for (std::size_t i = 0; names.isList() && i < names.size(); ++i) {
            const Element name = names.entry(i);
            if (name.isScalar() && !readOnly.contains(name.node->text))
                needed.emplace_back(name.node->text);
        }
        if (!needed.empty())
            out.push_back({"required", std::move(needed)});
    }

    static void plain(Element schema, const std::string &name, Element value,
                      std::vector<JsonMember> &out)
    {
        const bool isBound = name == "minimum" || name == "maximum";
        const std::string exclusive = name == "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
        JsonValue json = yaml::toJson(*value.node);
        const bool isFile = name == "type" && json == JsonValue("file"); // of 2.0
        if (!isFile && isOfItsKind(name, json))
            out.push_back(
                {isBound && schema.isTrue(exclusive) ? exclusive : name, std::move(json)});
    }

    Document &m_document;
    std::unordered_map<const yaml::Node *, Definition> m_known;
    Names m_names; ///< of the definitions
    std::vector<JsonMember> m_definitions;
    Names m_readOnly;                         ///< of the schemas that the current one stands beside
    std::vector<const yaml::Node *> m_circle; ///< definitions that are about the same value
    std::size_t m_count = 0;
    int m_depth = 0;
    bool m_isLossy = false;
    bool m_isTooLarge = false;
};

} // namespace

std::optional<JsonValue> requestSchema(Document &document, Element schema)
{
    return RequestSchema(document).run(schema);
}

} // namespace understudy::formats::openapi
