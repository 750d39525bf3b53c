// SPDX-License-Identifier: Apache-2.0
#include "core/formats/hoverfly/document.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/rule_parts.h"

namespace understudy::formats::hoverfly {

using Kind = RuleTarget::Kind;

namespace {

Rule offRule(const std::string &why, const FieldMatcher &matcher, Translation &scope)
{
    scope.switchOff(why, matcher.at);
    return never();
}

JsonObject partOptions()
{
    JsonObject options;
    for (const std::string_view option :
         {"ignoreArrayOrder", "ignoreExtraFields", "ignoreExtraItems"})
        options.set(option, true);
    return options;
}

/// What the next matcher of a chain asks of what was found.
Rule chained(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope)
{
    std::vector<Rule> rules;
    rules.push_back(leaf(target, RuleOperator::Absent, false));
    for (const FieldMatcher &inner : matchersOf(matcher.next)) {
        if (inner.kind == "xml" || inner.kind == "xpath" || inner.kind == "jwt"
            || inner.kind == "jsonpath" || inner.kind == "form")
            rules.push_back(offRule("a matcher " + text::inQuotes(inner.kind)
                                        + " behind another one has no word here",
                                    inner, scope));
        else
            rules.push_back(matcherRule(target, inner, scope));
    }
    return allOf(std::move(rules));
}

} // namespace

Rule jsonRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope)
{
    auto expected = scope.json(*matcher.value, "the value of 'json'");
    return expected ? leaf(target, RuleOperator::Json, *std::move(expected)) : never();
}

Rule jsonPartialRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope)
{
    auto expected = scope.json(*matcher.value, "the value of 'jsonpartial'");
    if (!expected)
        return never();
    Rule whole = leaf(target, RuleOperator::Json, *expected, partOptions());
    if (target.kind != Kind::Body)
        return whole;
    return anyOf({std::move(whole), leaf({Kind::BodyJsonPath, "$..*", {}}, RuleOperator::Json,
                                         *std::move(expected), partOptions())});
}

Rule jsonPathRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope)
{
    std::string path = matcher.text();
    if (path.size() > 2 && path.starts_with('{') && path.ends_with('}'))
        path = path.substr(1, path.size() - 2);
    if (!path.starts_with('$'))
        path.insert(0, path.starts_with('.') || path.starts_with('[') ? "$" : "$.");
    if (!matcher.next)
        return leaf(target, RuleOperator::JsonPath, path);
    if (target.kind != Kind::Body)
        return offRule("a 'jsonpath' with 'doMatch' has no word but for bodies", matcher, scope);
    return chained({Kind::BodyJsonPath, path, {}}, matcher, scope);
}

Rule xmlRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &)
{
    return leaf(target, RuleOperator::Xml, matcher.text());
}

Rule xpathRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope)
{
    const std::string path = matcher.text();
    if (target.kind != Kind::Body)
        return offRule("'xpath' has no word but for bodies", matcher, scope);
    if (!matcher.next)
        return leaf(target, RuleOperator::XPath, path);
    if (!path.starts_with('/'))
        return offRule("an 'xpath' with 'doMatch' has to begin with a slash here", matcher, scope);
    return chained({Kind::BodyXPath, path, {}}, matcher, scope);
}

Rule jwtRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope)
{
    const auto expected = scope.json(*matcher.value, "the value of 'jwt'");
    const JsonObject *parts = expected ? expected->ifObject() : nullptr;
    if (!parts || target.kind != Kind::Header
        || !text::equalsIgnoreCase(target.name, "Authorization"))
        return offRule("'jwt' has no word but for the header Authorization and a JSON object",
                       matcher, scope);
    std::vector<Rule> rules;
    for (const JsonMember &part : *parts) {
        const JsonObject *claims = part.value.ifObject();
        if (part.name != "payload" || !claims) {
            scope.notServed("of a 'jwt' the 'payload' alone is compared", matcher.at);
            continue;
        }
        for (const JsonMember &claim : *claims)
            rules.push_back(
                leaf({Kind::Jwt, claim.name, {}}, RuleOperator::Json, claim.value, partOptions()));
    }
    return rules.empty() ? leaf(target, RuleOperator::Absent, false) : allOf(std::move(rules));
}

} // namespace understudy::formats::hoverfly
