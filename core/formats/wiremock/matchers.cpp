// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/matchers.h"

#include "core/base/text.h"
#include "core/formats/rule_parts.h"
#include "core/formats/wiremock/date_matchers.h"
#include "core/formats/wiremock/document_matchers.h"

#include <algorithm>
#include <array>

namespace understudy::formats::wiremock {

namespace {

using Kind = RuleTarget::Kind;

/// One matcher as it stands in a mapping.
struct Asked
{
    const RuleTarget &target;
    const Node &operand;
    const Node &matcher; ///< with the options beside the operand
    StubScope &scope;
};

Rule negated(Rule rule)
{
    auto *only = std::get_if<RuleLeaf>(&rule.node);
    if (!only || only->conditions.size() != 1)
        return noneOf({std::move(rule)});
    only->conditions.front().negated = !only->conditions.front().negated;
    return rule;
}

Rule simple(const Asked &asked, RuleOperator op)
{
    return leaf(asked.target, op, asked.operand.text);
}

std::optional<Rule> equalTo(const Asked &asked)
{
    return simple(asked, flagIn(asked.matcher, "caseInsensitive") ? RuleOperator::EqualsIgnoreCase
                                                                  : RuleOperator::Equals);
}

std::optional<Rule> contains(const Asked &asked) { return simple(asked, RuleOperator::Contains); }

std::optional<Rule> doesNotContain(const Asked &asked) { return negated(*contains(asked)); }

std::optional<Rule> matches(const Asked &asked)
{
    noteIntersection(asked.operand, asked.scope);
    if (isPlainPattern(asked.operand.text))
        return simple(asked, RuleOperator::Equals);
    return leaf(asked.target, RuleOperator::Matches, wholeMatch(asked.operand.text));
}

std::optional<Rule> doesNotMatch(const Asked &asked) { return negated(*matches(asked)); }

/// WireMock takes an empty body for none.
std::optional<Rule> absent(const Asked &asked)
{
    Rule rule = leaf(asked.target, RuleOperator::Absent, true);
    if (asked.target.kind != Kind::Body)
        return rule;
    return anyOf({std::move(rule), leaf(asked.target, RuleOperator::Empty, true)});
}

std::optional<Rule> anything(const Asked &) { return std::nullopt; }

std::optional<Rule> allOfThem(const Asked &asked)
{
    std::vector<Rule> rules;
    for (const Node &part : asked.operand.items) {
        if (auto rule = translateMatcher(asked.target, part, asked.scope))
            rules.push_back(*std::move(rule));
    }
    if (rules.empty())
        return std::nullopt;
    return allOf(std::move(rules));
}

std::optional<Rule> anyOfThem(const Asked &asked)
{
    std::vector<Rule> rules;
    for (const Node &part : asked.operand.items) {
        auto rule = translateMatcher(asked.target, part, asked.scope);
        if (!rule)
            return std::nullopt;
        rules.push_back(*std::move(rule));
    }
    return rules.empty() ? never() : anyOf(std::move(rules));
}

std::optional<Rule> notThat(const Asked &asked)
{
    auto rule = translateMatcher(asked.target, asked.operand, asked.scope);
    return rule ? negated(*std::move(rule)) : never();
}

/// Several values: plain ones as a list; for others each matcher has some value.
std::optional<Rule> severalValues(const Asked &asked, RuleOperator op)
{
    JsonArray values;
    for (const Node &one : asked.operand.items) {
        const Node *equal = member(one, "equalTo");
        if (equal && equal->isScalar() && !flagIn(one, "caseInsensitive"))
            values.emplace_back(equal->text);
    }
    if (values.size() == asked.operand.items.size())
        return values.empty() ? never() : leaf(asked.target, op, std::move(values));
    if (op == RuleOperator::HasExactly)
        asked.scope.notes.changed(asked.scope.subject,
                                  "'hasExactly' with other matchers than equalTo: that there are "
                                  "no more values is not asked here",
                                  asked.operand.start);
    return allOfThem(asked);
}

std::optional<Rule> hasExactly(const Asked &asked)
{
    return severalValues(asked, RuleOperator::HasExactly);
}

std::optional<Rule> includes(const Asked &asked)
{
    return severalValues(asked, RuleOperator::Includes);
}

std::optional<Rule> binaryEqualTo(const Asked &asked)
{
    return simple(asked, RuleOperator::Binary);
}

std::optional<Rule> number(const Asked &asked, RuleOperator op)
{
    return leaf(asked.target, op, JsonNumber{asked.operand.text});
}

std::optional<Rule> equalToNumber(const Asked &asked)
{
    return number(asked, RuleOperator::Equals);
}
std::optional<Rule> less(const Asked &asked) { return number(asked, RuleOperator::Less); }
std::optional<Rule> lessOrEqual(const Asked &a) { return number(a, RuleOperator::LessOrEqual); }
std::optional<Rule> greater(const Asked &asked) { return number(asked, RuleOperator::Greater); }
std::optional<Rule> greaterOrEqual(const Asked &a)
{
    return number(a, RuleOperator::GreaterOrEqual);
}

std::optional<Rule> date(const Asked &asked, RuleOperator op)
{
    return dateRule(asked.target, op, asked.operand, asked.matcher, asked.scope);
}

std::optional<Rule> before(const Asked &asked) { return date(asked, RuleOperator::Before); }
std::optional<Rule> after(const Asked &asked) { return date(asked, RuleOperator::After); }
std::optional<Rule> sameTime(const Asked &asked) { return date(asked, RuleOperator::SameTime); }

template<auto Translate>
std::optional<Rule> document(const Asked &asked)
{
    return Translate(asked.target, asked.operand, asked.matcher, asked.scope);
}

enum class Operand { Text, Any, List, Map };

struct MatcherRow
{
    std::string_view name;
    Operand operand;
    std::optional<Rule> (*translate)(const Asked &asked);
};

constexpr std::array kMatchers{
    MatcherRow{"equalTo", Operand::Text, equalTo},
    MatcherRow{"contains", Operand::Text, contains},
    MatcherRow{"doesNotContain", Operand::Text, doesNotContain},
    MatcherRow{"matches", Operand::Text, matches},
    MatcherRow{"doesNotMatch", Operand::Text, doesNotMatch},
    MatcherRow{"absent", Operand::Any, absent},
    MatcherRow{"anything", Operand::Any, anything},
    MatcherRow{"and", Operand::List, allOfThem},
    MatcherRow{"or", Operand::List, anyOfThem},
    MatcherRow{"not", Operand::Map, notThat},
    MatcherRow{"hasExactly", Operand::List, hasExactly},
    MatcherRow{"includes", Operand::List, includes},
    MatcherRow{"binaryEqualTo", Operand::Text, binaryEqualTo},
    MatcherRow{"equalToNumber", Operand::Text, equalToNumber},
    MatcherRow{"lessThanNumber", Operand::Text, less},
    MatcherRow{"lessThanEqualNumber", Operand::Text, lessOrEqual},
    MatcherRow{"greaterThanNumber", Operand::Text, greater},
    MatcherRow{"greaterThanEqualNumber", Operand::Text, greaterOrEqual},
    MatcherRow{"before", Operand::Text, before},
    MatcherRow{"after", Operand::Text, after},
    MatcherRow{"equalToDateTime", Operand::Text, sameTime},
    MatcherRow{"equalToJson", Operand::Any, document<jsonRule>},
    MatcherRow{"matchesJsonPath", Operand::Any, document<jsonPathRule>},
    MatcherRow{"matchesJsonSchema", Operand::Any, document<jsonSchemaRule>},
    MatcherRow{"equalToXml", Operand::Text, document<xmlRule>},
    MatcherRow{"matchesXPath", Operand::Any, document<xPathRule>},
};

bool fits(const Node &operand, Operand wanted)
{
    switch (wanted) {
    case Operand::Text:
        return operand.isScalar() && !operand.isNull();
    case Operand::List:
        return operand.isList();
    case Operand::Map:
        return operand.isMap();
    case Operand::Any:
        break;
    }
    return true;
}

} // namespace

void noteIntersection(const Node &pattern, StubScope &scope)
{
    if (pattern.text.find("&&[") != std::string::npos)
        scope.notes.changed(
            scope.subject,
            "the expression '" + pattern.text
                + "' intersects classes with &&, which only Java does; here it is read otherwise",
            pattern.start);
}

namespace {

std::optional<Rule> matcherRule(const RuleTarget &target, const Node &matcher, StubScope &scope)
{
    const auto refused = [&](const std::string &why, yaml::Mark at) {
        scope.notes.notServed(scope.subject, why + ", so that this stub never answers", at);
        return never();
    };
    if (!matcher.isMap())
        return refused("a matcher is an object such as {\"equalTo\": \"…\"}", matcher.start);
    // The first key that is an operator decides; all others are its options.
    for (std::size_t i = 0; i < matcher.keys.size(); ++i) {
        const auto row
            = std::find_if(kMatchers.begin(), kMatchers.end(), [&](const MatcherRow &candidate) {
                  return candidate.name == matcher.keys[i].text;
              });
        if (row == kMatchers.end())
            continue;
        if (!fits(matcher.items[i], row->operand))
            return refused("the operand of '" + std::string(row->name)
                               + "' is not what it has to be",
                           matcher.keys[i].at);
        return row->translate({target, matcher.items[i], matcher, scope});
    }
    const std::string named
        = matcher.keys.empty() ? std::string("{}") : text::inQuotes(matcher.keys.front().text);
    return refused(named + " is no matcher of WireMock", matcher.start);
}

} // namespace

std::optional<Rule> translateMatcher(const RuleTarget &target, const Node &matcher,
                                     StubScope &scope)
{
    auto rule = matcherRule(target, matcher, scope);
    if (rule && !rule->origin.isKnown())
        rule->origin = {matcher.start.line, matcher.start.column};
    return rule;
}

} // namespace understudy::formats::wiremock
