// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/schema_rule.h"

#include "core/formats/mockoon/lookup.h"
#include "core/formats/mockoon/rule_parts.h"
#include "core/formats/mockoon/template_text.h"
#include "core/http/uri.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::formats::mockoon {

namespace {

using Target = RuleTarget::Kind;

// Ajv refuses a schema with another keyword ("strict mode").
constexpr std::array<std::string_view, 49> kKeywords{"$comment",
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
                                                     "type"};
constexpr std::array<std::string_view, 3> kOtherKeywords{"uniqueItems", "writeOnly",
                                                         "discriminator"};
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
bool isIn(const std::array<std::string_view, N> &names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

const JsonValue *step(const JsonValue &value, const std::string &name)
{
    if (const JsonObject *object = value.ifObject())
        return object->find(name);
    const JsonArray *list = value.ifArray();
    std::size_t index = 0;
    const auto [end, ec] = std::from_chars(name.data(), name.data() + name.size(), index);
    return list && ec == std::errc{} && end == name.data() + name.size() && index < list->size()
               ? &(*list)[index]
               : nullptr;
}

// What a keyword's value has to be; of others it is a schema, or anything.
constexpr std::array<std::string_view, 11> kNumbers{
    "exclusiveMaximum", "exclusiveMinimum", "maxItems",  "maxLength",
    "maxProperties",    "maximum",          "minItems",  "minLength",
    "minProperties",    "minimum",          "multipleOf"};
constexpr std::array<std::string_view, 7> kTypes{"array",  "boolean", "integer", "null",
                                                 "number", "object",  "string"};

/// Whether a bucket holds a schema that Ajv, as Mockoon sets it up (draft 7, strict, with
/// ajv-formats), takes.
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
        if (!isIn(kKeywords, name) && !isIn(kOtherKeywords, name))
            return false;
        const std::string *text = value.ifString();
        if (name == "$schema")
            return text && text->find("draft-07") != std::string::npos;
        if (name == "$ref")
            return text && leads(*text);
        if (name == "format")
            return text && isIn(kFormats, *text);
        if (name == "pattern")
            return text && Regex::compile(*text).hasValue();
        if (name == "type")
            return isType(value);
        if (name == "enum" || name == "required")
            return value.isArray();
        if (isIn(kNumbers, name))
            return value.isNumber();
        if (isIn(kMaps, name)) {
            const JsonObject *map = value.ifObject();
            return map && std::all_of(map->begin(), map->end(), [&](const JsonMember &part) {
                       return (name == "dependencies" && part.value.isArray())
                              || accepts(part.value);
                   });
        }
        const bool holdsSchemas = value.isObject() || value.isArray();
        return !holdsSchemas || isIn(kData, name) || accepts(value);
    }

    static bool isType(const JsonValue &value)
    {
        const JsonArray *list = value.ifArray();
        if (list)
            return !list->empty() && std::all_of(list->begin(), list->end(), isType);
        const std::string *text = value.ifString();
        return text && isIn(kTypes, *text);
    }

    /// Whether a reference stays in the schema and finds something.
    bool leads(std::string_view reference) const
    {
        if (!reference.starts_with('#'))
            return false;
        const JsonValue *at = &m_root;
        const std::string pointer = http::percentDecode(reference.substr(1));
        if (!pointer.empty() && pointer.front() != '/')
            return false;
        std::string_view rest = pointer;
        while (at && !rest.empty()) {
            rest.remove_prefix(1);
            const std::string_view token = rest.substr(0, rest.find('/'));
            rest.remove_prefix(token.size());
            std::string name(token);
            for (const auto &[escape, character] : {std::pair{"~1", "/"}, std::pair{"~0", "~"}}) {
                for (std::size_t i = name.find(escape); i != name.npos;
                     i = name.find(escape, i + 1))
                    name.replace(i, 2, character);
            }
            at = step(*at, name);
        }
        return at;
    }

    const JsonValue &m_root;
};

/// Whether something stands beside a reference, which Ajv heeds and draft 7 does not.
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

class SchemaRule : private RuleComparison
{
public:
    explicit SchemaRule(const RuleComparison &rule)
        : RuleComparison(rule)
    {}

    std::optional<Rule> run()
    {
        if (isTemplate(m_modifier))
            return notServed("templates are not rendered in the place that a schema is for");
        const auto steps = dotPathSteps(m_value);
        const Bucket *bucket = steps.empty() ? nullptr : m_scope.buckets.find(steps.front());
        if (bucket && bucket->extensions.contains("x-mockoon-template"))
            return notServed("a schema in a bucket that is a template is not read");
        const JsonValue *found = bucket ? &bucket->items : nullptr;
        for (std::size_t i = 1; found && i < steps.size(); ++i)
            found = step(*found, steps[i]);
        // Mockoon says so in its log, and the rule does not hold.
        if (!found || found->isArray() || !AjvCheck(*found).accepts(*found)) {
            m_notes.changed(m_rule.subject(),
                            "'" + m_value
                                + "' leads to no schema that Mockoon takes (draft 7, no "
                                  "keywords or formats of one's own); it never holds");
            return never();
        }
        m_schema = *found;
        if (JsonObject *object = m_schema.ifObject()) {
            object->set("$schema", hasSiblings(*found)
                                       ? "https://json-schema.org/draft/2019-09/schema"
                                       : "http://json-schema.org/draft-07/schema#");
        }
        return onTarget();
    }

private:
    Rule fits(RuleTarget target) const
    {
        return leaf(std::move(target), RuleOperator::JsonSchema, m_schema);
    }
    /// Of the text of a template.
    Rule textFits(std::string text) const
    {
        return fits({Target::Expression, std::move(text), "mockoon"});
    }

    std::optional<Rule> onTarget()
    {
        if (m_target == "body")
            return body();
        if (m_target == "method")
            return textFits("{{lowercase (method)}}");
        if (m_target == "templating")
            return textFits(m_modifier.empty() ? "{{''}}" : m_modifier);
        if (m_modifier.empty())
            return notServed("schemas for all of '" + m_target + "' are not served");
        if (m_target == "header")
            return fits({Target::Header, m_modifier, {}});
        if (m_target == "cookie")
            return fits({Target::Cookie, m_modifier, {}});
        if (m_target == "params")
            return fits({Target::PathParameter, m_modifier, {}});
        if (const auto steps = lookupSteps(); steps && m_target == "query")
            return fits({Target::Query, FormField(*steps).name(), {}});
        return notServed("schemas for '" + m_target + "' are not served");
    }

    std::optional<Rule> body()
    {
        std::string path = "$";
        if (m_modifier.starts_with('$'))
            path = toRfcJsonPath(m_modifier).value_or("");
        else if (!m_modifier.empty())
            path = jsonPathOf(dotPathSteps(m_modifier));
        if (path.empty() || path.find_first_of("*?:,") != std::string::npos
            || path.find("..") != std::string::npos)
            return notServed("schemas for lists of hits are not served");
        m_notes.changed(m_rule.subject(), "forms and XML are not held against schemas here");
        // A body that is not read is a text, whatever the modifier, and null is an empty one.
        const RuleTarget value{Target::BodyJsonPath, path, {}};
        const Rule isNull = leaf(value, RuleOperator::Json, nullptr);
        const Rule isRead = noneOf({isUnparsed()});
        const Rule isNoJson
            = leaf(RuleTarget{Target::BodyJsonPath, "$", {}}, RuleOperator::Absent, true);
        const Rule isJson = leaf(Target::Header, "Content-Type", RuleOperator::Matches,
                                 "(?i)application/(.*\\+)?json");
        return anyOf(
            {allOf({isRead, noneOf({isNull}), fits(value)}),
             allOf({isRead, isNull, textFits("{{''}}")}),
             allOf({anyOf({isUnparsed(), allOf({isJson, isNoJson})}), textFits("{{{bodyRaw}}}")})});
    }

    JsonValue m_schema;
};

} // namespace

std::optional<Rule> schemaRule(const RuleComparison &rule) { return SchemaRule(rule).run(); }

} // namespace understudy::formats::mockoon
