// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockserver/nottable.h"

#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/java_pattern.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/rule_parts.h"

namespace understudy::formats::mockserver {

using recorded::fieldOf;
using yaml::Node;

namespace {

Rule anySchema(const RuleTarget &target, JsonValue schema, yaml::Mark at, const Translation &scope)
{
    if (extentOf(schema).depth <= kDeepestJson)
        return leaf(target, RuleOperator::JsonSchema, std::move(schema));
    scope.notServed("a schema is nested too deeply, so that this never matches", at);
    return never();
}

/// Schemas of texts: MockServer reads a value as JSON unless the schema wants a text.
Rule schemaRule(const RuleTarget &target, const Node &schema, const Translation &scope)
{
    const std::string type = recorded::textOf(&schema, "type");
    const bool isNumber = type == "integer" || type == "number";
    if (!isNumber && type != "boolean")
        return anySchema(target, yaml::toJson(schema), schema.start, scope);
    std::vector<Rule> rules;
    rules.push_back(leaf(target, RuleOperator::Matches,
                         type == "boolean"   ? R"(^(?:true|false)\z)"
                         : type == "integer" ? R"(^-?\d+\z)"
                                             : R"(^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\z)"));
    for (std::size_t i = 0; i < schema.keys.size(); ++i) {
        const std::string &key = schema.keys[i].text;
        const auto bound = recorded::numberOf(schema.items[i]);
        if (isNumber && bound && key == "minimum")
            rules.push_back(leaf(target, RuleOperator::GreaterOrEqual, *bound));
        else if (isNumber && bound && key == "maximum")
            rules.push_back(leaf(target, RuleOperator::LessOrEqual, *bound));
        else if (key != "type" && key != "format")
            scope.notServed("'" + recorded::oneLine(key) + "' of a schema for a "
                                + (isNumber ? "number" : "boolean") + " is not checked",
                            schema.keys[i].at);
    }
    return allOf(std::move(rules));
}

} // namespace

bool Nottable::isBlank() const
{
    return !schema && value.find_first_not_of(" \t\r\n") == std::string::npos;
}

bool Nottable::isPattern() const
{
    return value.find_first_of(R"(\[]{}()*+?^$|)") != std::string::npos;
}

Nottable readNottable(const std::string &text, yaml::Mark at)
{
    Nottable out;
    out.at = at;
    out.value = text;
    if (out.value.starts_with('?')) {
        out.isOptional = true;
        out.value.erase(0, 1);
    }
    if (out.value.starts_with('!')) {
        out.isNot = true;
        out.value.erase(0, 1);
    }
    return out;
}

Nottable readNottable(const Node &node)
{
    if (!node.isMap())
        return readNottable(recorded::textOf(&node).value_or(std::string()), node.start);
    Nottable out = readNottable(recorded::textOf(&node, "value"), node.start);
    const Node *schema = fieldOf(&node, "schema");
    out.schema = schema && schema->isMap() ? schema : nullptr;
    out.isNot |= recorded::isTrue(&node, "not");
    out.isOptional |= recorded::isTrue(&node, "optional");
    return out;
}

std::string expressionOf(const std::string &value, yaml::Mark at, const Translation &scope)
{
    const auto remark = [&](const std::string &what) {
        scope.changed("the expression " + text::inQuotes(recorded::oneLine(value)) + what, at);
    };
    const std::string expression = withoutUnicodeEscapes(value);
    const auto regex = Regex::compile(expression, Regex::Anchoring::Whole, true);
    if (!regex) {
        remark(" cannot be read here; it is compared as a text");
        return asPattern(value);
    }
    if (value.find("&&[") != std::string::npos)
        remark(" intersects classes with &&, which only Java does; here it is read otherwise");
    return regex->matches(value) ? expression : "(?:" + expression + ")|" + asPattern(value);
}

Rule valueRule(const RuleTarget &target, const Nottable &text, const Translation &scope)
{
    Rule rule = leaf(target, RuleOperator::Absent, false);
    if (text.schema)
        rule = schemaRule(target, *text.schema, scope);
    else if (!text.isBlank() && isPlainPattern(text.value))
        rule = leaf(target, RuleOperator::EqualsIgnoreCase, text.value);
    else if (!text.isBlank())
        rule = leaf(target, RuleOperator::Matches,
                    "(?i)" + wholeMatch(expressionOf(text.value, text.at, scope)));
    return text.isNot ? noneOf({std::move(rule)}) : rule;
}

} // namespace understudy::formats::mockserver
