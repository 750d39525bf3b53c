// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/document_matchers.h"

#include "core/base/json_text.h"
#include "core/formats/rule_parts.h"
#include "core/formats/wiremock/matchers.h"

#include <algorithm>
#include <array>
#include <utility>

namespace understudy::formats::wiremock {

namespace {

using Kind = RuleTarget::Kind;

/// What WireMock's templates call a target; empty where they have no word for it.
std::string variableOf(const RuleTarget &target)
{
    switch (target.kind) {
    case Kind::Body:
        return "request.body";
    case Kind::Header:
        return "request.headers." + target.name;
    case Kind::Query:
        return "request.query." + target.name;
    case Kind::Cookie:
        return "request.cookies." + target.name;
    case Kind::PathParameter:
        return "request.path." + target.name;
    case Kind::Part:
        return "request.parts." + target.name + ".body";
    default:
        return {};
    }
}

/// A target for what a helper finds in another target. Nothing where that has no word.
std::optional<RuleTarget> found(std::string_view helper, const RuleTarget &target,
                                const std::string &expression)
{
    const std::string variable = variableOf(target);
    if (variable.empty() || expression.find('\'') != std::string::npos)
        return std::nullopt;
    return RuleTarget{Kind::Expression,
                      "{{" + std::string(helper) + ' ' + variable + " '" + expression + "'}}",
                      "wiremock"};
}

Rule noWord(const std::string &what, yaml::Mark at, StubScope &scope)
{
    scope.notes.notServed(scope.subject, what + ", so that this stub never answers", at);
    return never();
}

/// The leading `$` may be left out.
std::string jsonPathOf(std::string path)
{
    if (path.starts_with('$'))
        return path;
    if (path.starts_with('@'))
        return '$' + path.substr(1);
    return (path.starts_with('[') ? "$" : "$.") + path;
}

/// It leads to one value at most.
bool isDefinite(std::string_view path)
{
    return path.find('*') == std::string_view::npos && path.find("..") == std::string_view::npos
           && path.find('?') == std::string_view::npos && path.find(':') == std::string_view::npos
           && path.find(',') == std::string_view::npos;
}

/// The matcher beside `expression`.
bool isAdvanced(const Node &operand) { return operand.isMap() && operand.keys.size() > 1; }

Node withoutExpression(const Node &operand)
{
    Node rest = Node::map();
    rest.start = operand.start;
    for (std::size_t i = 0; i < operand.keys.size(); ++i) {
        if (operand.keys[i].text == "expression")
            continue;
        rest.keys.push_back(operand.keys[i]);
        rest.items.push_back(operand.items[i]);
    }
    return rest;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kSchemaVersions{{
    {"V4", "http://json-schema.org/draft-04/schema#"},
    {"V6", "http://json-schema.org/draft-06/schema#"},
    {"V7", "http://json-schema.org/draft-07/schema#"},
    {"V201909", "https://json-schema.org/draft/2019-09/schema"},
}};

} // namespace

std::optional<Rule> jsonRule(const RuleTarget &target, const Node &operand, const Node &matcher,
                             StubScope &scope)
{
    auto expected = jsonOf(operand);
    if (!expected)
        return noWord("the value of 'equalToJson' is no JSON", operand.start, scope);
    JsonObject options;
    if (flagIn(matcher, "ignoreArrayOrder"))
        options.set("ignoreArrayOrder", true);
    if (flagIn(matcher, "ignoreExtraElements")) {
        options.set("ignoreExtraFields", true);
        options.set("ignoreExtraItems", true);
    }
    if (writeJson(*expected).find("{json-unit.") != std::string::npos)
        options.set("placeholders", true);
    return leaf(target, RuleOperator::Json, *std::move(expected), std::move(options));
}

std::optional<Rule> jsonPathRule(const RuleTarget &target, const Node &operand, const Node &,
                                 StubScope &scope)
{
    const std::string path
        = jsonPathOf(operand.isMap() ? textIn(operand, "expression") : operand.text);
    std::optional<RuleTarget> values = target.kind == Kind::Body
                                           ? RuleTarget{Kind::BodyJsonPath, path, {}}
                                           : found("jsonPath", target, path);
    if (!values)
        return noWord("'matchesJsonPath' has no word for this value", operand.start, scope);
    if (isAdvanced(operand)) {
        const Node rest = withoutExpression(operand);
        // Null and an empty list count as absent there.
        if (rest.keys.front().text == "absent")
            return anyOf({leaf(*values, RuleOperator::Absent, true),
                          leaf(*values, RuleOperator::Json, JsonValue()),
                          leaf(*values, RuleOperator::Json, JsonArray())});
        return translateMatcher(*values, rest, scope);
    }
    if (target.kind != Kind::Body)
        return leaf(target, RuleOperator::JsonPath, path);
    Rule rule = leaf(*values, RuleOperator::Absent, false);
    if (isDefinite(path)) {
        auto &conditions = std::get<RuleLeaf>(rule.node).conditions;
        for (JsonValue none : {JsonValue(), JsonValue(JsonArray()), JsonValue(JsonObject())})
            conditions.push_back({RuleOperator::Json, std::move(none), {}, true});
    }
    return rule;
}

std::optional<Rule> jsonSchemaRule(const RuleTarget &target, const Node &operand,
                                   const Node &matcher, StubScope &scope)
{
    auto schema = jsonOf(operand);
    if (!schema)
        return noWord("the value of 'matchesJsonSchema' is no JSON", operand.start, scope);
    const std::string version = textIn(matcher, "schemaVersion");
    const auto known = std::find_if(kSchemaVersions.begin(), kSchemaVersions.end(),
                                    [&](const auto &row) { return row.first == version; });
    JsonObject *object = schema->ifObject();
    if (known != kSchemaVersions.end() && object && !object->contains("$schema"))
        object->set("$schema", known->second);
    return leaf(target, RuleOperator::JsonSchema, *std::move(schema));
}

std::optional<Rule> xmlRule(const RuleTarget &target, const Node &operand, const Node &matcher,
                            StubScope &scope)
{
    for (const std::string_view option :
         {"enablePlaceholders", "exemptedComparisons", "ignoreOrderOfSameNode"}) {
        const Node *value = member(matcher, option);
        if (value && !(value->isScalar() && value->text == "false"))
            scope.notes.notServed(scope.subject,
                                  "'" + std::string(option)
                                      + "' of equalToXml is not used: documents are compared whole",
                                  value->start);
    }
    return leaf(target, RuleOperator::Xml, operand.text);
}

std::optional<Rule> xPathRule(const RuleTarget &target, const Node &operand, const Node &matcher,
                              StubScope &scope)
{
    const std::string path = operand.isMap() ? textIn(operand, "expression") : operand.text;
    const Node *namespaces = member(matcher, "xPathNamespaces");
    if (!namespaces && operand.isMap())
        namespaces = member(operand, "xPathNamespaces");
    if (!isAdvanced(operand)) {
        JsonObject options;
        if (namespaces)
            options.set("namespaces", yaml::toJson(*namespaces));
        return leaf(target, RuleOperator::XPath, path, std::move(options));
    }
    if (namespaces)
        scope.notes.notServed(scope.subject,
                              "'xPathNamespaces' beside a matcher of what was found is not used: "
                              "names are compared as they are written",
                              namespaces->start);
    std::optional<RuleTarget> values = target.kind == Kind::Body && path.starts_with('/')
                                           ? RuleTarget{Kind::BodyXPath, path, {}}
                                           : found("xPath", target, path);
    if (!values)
        return noWord("'matchesXPath' has no word for this value", operand.start, scope);
    return translateMatcher(*values, withoutExpression(operand), scope);
}

} // namespace understudy::formats::wiremock
