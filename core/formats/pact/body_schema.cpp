// SPDX-License-Identifier: Apache-2.0
#include "core/formats/pact/body_schema.h"

#include "core/base/decimal.h"
#include "core/base/json_text.h"
#include "core/base/json_type.h"
#include "core/base/text.h"
#include "core/formats/pact/text_matcher.h"
#include "core/formats/recorded/fields.h"

#include <algorithm>

namespace understudy::formats::pact {

using recorded::fieldOf;
using yaml::Node;

namespace {

/// Of examples: those that are longer go on as their first item.
constexpr std::size_t kMostExamples = 100;

JsonObject ofType(std::string_view type) { return {{"type", JsonValue(type)}}; }

/// Walks an example with the way to where it is.
class SchemaMaker
{
public:
    SchemaMaker(yaml::Mark at, const MatchingRules &rules, const Translation &scope)
        : m_at(at)
        , m_rules(rules)
        , m_scope(scope)
    {}

    JsonValue make(const JsonValue &example)
    {
        const MatchingRules::Found found = m_rules.ofBody(m_way);
        if (const JsonArray *list = example.ifArray())
            return ofList(*list, found);
        if (const JsonObject *object = example.ifObject())
            return ofObject(*object, found);
        return ofScalar(example, found.set);
    }

private:
    JsonValue at(const std::string &name, const JsonValue &example)
    {
        m_way.push_back({name, false});
        JsonValue out = make(example);
        m_way.pop_back();
        return out;
    }

    /// As many as the example has, unless a rule is about the list.
    JsonValue ofList(const JsonArray &list, const MatchingRules::Found &found)
    {
        if (found.set && found.isOwn && found.set->has("arrayContains")) {
            m_scope.notServed("the matcher 'arrayContains' has no word here; any list will do",
                              found.set->find("arrayContains")->start);
            return ofType("array");
        }
        JsonObject out = ofType("array");
        JsonArray first;
        for (std::size_t i = 0; i < std::min(list.size(), kMostExamples); ++i)
            first.push_back(at(std::to_string(i), list[i]));
        const bool isFree = found.set && !found.set->has("equality");
        if (isFree && !first.empty())
            out.set("items", first.front());
        if (!isFree && list.size() > kMostExamples)
            m_scope.notServed("of a list in its body only the first 100 values are compared", m_at);
        if (!isFree) {
            out.set("minItems", list.size());
            out.set("maxItems", list.size());
        } else if (found.isOwn) {
            bounds(*found.set, out);
        }
        if (!first.empty() && (!isFree || first.size() > 1))
            out.set("prefixItems", std::move(first));
        return out;
    }

    static void bounds(const MatcherSet &set, JsonObject &out)
    {
        for (const Node *matcher : set.matchers) {
            const auto min = recorded::numberOf(matcher, "min");
            const auto max = recorded::numberOf(matcher, "max");
            constexpr double kMost = 1e9;
            if (min && *min >= 0 && *min <= kMost)
                out.set("minItems", static_cast<std::int64_t>(*min));
            if (max && *max >= 0 && *max <= kMost)
                out.set("maxItems", static_cast<std::int64_t>(*max));
        }
    }

    JsonValue ofObject(const JsonObject &object, const MatchingRules::Found &found)
    {
        JsonObject out = ofType("object");
        const bool hasOwn = found.set && found.isOwn;
        if (hasOwn
            && (found.set->has("values") || found.set->has("eachKey")
                || found.set->has("eachValue"))) {
            if (!object.empty()) {
                const JsonMember &first = *object.begin();
                out.set("additionalProperties", eachValue(*found.set, first));
            }
            eachKey(*found.set, out);
            return out;
        }
        JsonObject members;
        JsonArray required;
        for (const JsonMember &member : object) {
            members.set(member.name, at(member.name, member.value));
            required.emplace_back(member.name);
        }
        out.set("properties", std::move(members));
        out.set("required", std::move(required));
        out.set("additionalProperties", false);
        return out;
    }

    /// The rules of any member are those of the first: `$.m.*` names it as well as the others.
    JsonValue eachValue(const MatcherSet &set, const JsonMember &first)
    {
        const Node *matcher = set.find("eachValue");
        const Node *rules = fieldOf(matcher, "rules");
        if (!rules || first.value.isArray() || first.value.isObject())
            return at(first.name, first.value);
        MatcherSet inner;
        for (const Node &rule : rules->items) {
            if (rule.isMap())
                inner.matchers.push_back(&rule);
        }
        return ofScalar(first.value, &inner);
    }

    void eachKey(const MatcherSet &set, JsonObject &out)
    {
        const Node *matcher = set.find("eachKey");
        const Node *rules = fieldOf(matcher, "rules");
        for (std::size_t i = 0; rules && i < rules->items.size(); ++i) {
            if (const auto pattern = patternOf(rules->items[i], {}, m_scope))
                out.set("propertyNames", JsonObject{{"pattern", JsonValue(*pattern)}});
        }
    }

    JsonValue ofScalar(const JsonValue &example, const MatcherSet *set)
    {
        if (!set || set->matchers.empty())
            return JsonObject{{"const", example}};
        JsonArray all;
        for (const Node *matcher : set->matchers)
            all.push_back(byMatcher(*matcher, example));
        if (all.size() == 1)
            return std::move(all.front());
        return JsonObject{{set->isAnyOf ? "anyOf" : "allOf", JsonValue(std::move(all))}};
    }

    JsonValue byMatcher(const Node &matcher, const JsonValue &example)
    {
        const std::string kind = kindOf(matcher);
        if (kind == "type")
            return ofType(jsonTypeOf(example));
        if (kind == "equality")
            return JsonObject{{"const", example}};
        if (kind == "integer" || kind == "number" || kind == "null")
            return ofType(kind);
        if (kind == "decimal")
            return JsonObject{{"type", "number"}, {"not", JsonValue(ofType("integer"))}};
        if (kind == "boolean") // as Pact has it: the words will do
            return JsonObject{{"enum", JsonArray{JsonValue(true), JsonValue(false),
                                                 JsonValue("true"), JsonValue("false")}}};
        const std::string *text = example.ifString();
        if (kind == "notEmpty")
            return text ? JsonObject{{"type", "string"}, {"minLength", 1}}
                        : ofType(jsonTypeOf(example));
        const auto pattern = patternOf(matcher, text ? *text : writeJson(example), m_scope);
        if (!pattern)
            return JsonObject();
        JsonObject asText{{"type", "string"}, {"pattern", JsonValue(*pattern)}};
        if (kind != "regex" || !Decimal::parse(text ? *text : writeJson(example)))
            return asText;
        // Pact compares a number as it is written, which schemas cannot.
        m_scope.changed("an expression for digits: any number will do, too", matcher.start);
        return JsonObject{
            {"anyOf", JsonArray{JsonValue(std::move(asText)), JsonValue(ofType("number"))}}};
    }

    yaml::Mark m_at;
    const MatchingRules &m_rules;
    const Translation &m_scope;
    ValuePath m_way;
};

} // namespace

JsonValue bodySchema(const JsonValue &example, yaml::Mark at, const MatchingRules &rules,
                     const Translation &scope)
{
    return SchemaMaker(at, rules, scope).make(example);
}

} // namespace understudy::formats::pact
