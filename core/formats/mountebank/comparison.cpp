// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mountebank/comparison.h"

#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/mountebank/js_pattern.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/rule_parts.h"

#include <algorithm>
#include <cctype>

namespace understudy::formats::mountebank {

namespace {

using Kind = RuleTarget::Kind;

/// Of a text that is compared with each of its characters apart.
constexpr std::size_t kLongestExcepted = 200;

bool isAsciiText(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool hasCase(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) {
        return std::isalpha(static_cast<unsigned char>(c)) != 0
               || static_cast<unsigned char>(c) >= 0x80;
    });
}

Rule missingOrEmpty(const RuleTarget &target)
{
    return anyOf(
        {leaf(target, RuleOperator::Absent, true), leaf(target, RuleOperator::Equals, "")});
}

/// A text where the letters of both cases count as one.
Rule compareInAnyCase(const RuleTarget &target, Comparison comparison, const std::string &text)
{
    const bool isWhole = comparison == Comparison::Equals || comparison == Comparison::DeepEquals;
    if (isWhole && isAsciiText(text))
        return leaf(target, RuleOperator::EqualsIgnoreCase, text);
    std::string pattern = "(?i)";
    if (isWhole || comparison == Comparison::StartsWith)
        pattern += '^';
    pattern += asPattern(text);
    if (isWhole || comparison == Comparison::EndsWith)
        pattern += "\\z";
    return leaf(target, RuleOperator::Matches, std::move(pattern));
}

RuleOperator plainOperator(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Contains:
        return RuleOperator::Contains;
    case Comparison::StartsWith:
        return RuleOperator::StartsWith;
    case Comparison::EndsWith:
        return RuleOperator::EndsWith;
    case Comparison::Matches:
        return RuleOperator::Matches;
    case Comparison::Equals:
    case Comparison::DeepEquals:
    case Comparison::Exists:
        break;
    }
    return RuleOperator::Equals;
}

Rule refused(const std::string &why, const Node &at, StubScope &scope)
{
    scope.switchOff(why, at.start);
    return never();
}

Rule matchPattern(const RuleTarget &target, const Node &expected, const Parameters &parameters,
                  StubScope &scope)
{
    auto pattern = fromJsPattern(valueText(expected), !parameters.caseSensitive);
    if (!pattern)
        return refused(recorded::oneLine(pattern.error().message), expected, scope);
    const auto regex = Regex::compile(*pattern);
    if (!regex)
        return refused("the regular expression "
                           + text::inQuotes(recorded::oneLine(valueText(expected)))
                           + " cannot be read here: " + regex.error().message,
                       expected, scope);
    Rule rule = leaf(target, RuleOperator::Matches, *std::move(pattern));
    const bool isAlwaysThere
        = target.kind == Kind::Method || target.kind == Kind::Path || target.kind == Kind::Client;
    if (isAlwaysThere || !regex->matches(""))
        return rule;
    return anyOf({leaf(target, RuleOperator::Absent, true), std::move(rule)});
}

/// What `except` finds may stand anywhere in the value, or nowhere.
Rule compareExcepting(const RuleTarget &target, Comparison comparison, const Node &expected,
                      const Parameters &parameters, StubScope &scope)
{
    const auto except = fromJsPattern(parameters.except, false);
    const std::string text = valueText(expected);
    if (!except || comparison == Comparison::Matches || comparison == Comparison::Exists
        || text.size() > kLongestExcepted)
        return refused("'except' has no word here for this predicate", expected, scope);
    const auto regex = Regex::compile(*except, Regex::Anchoring::Search, !parameters.caseSensitive);
    if (!regex || regex->matches(text))
        return refused("'except' has no word here where it finds a part of the value itself",
                       expected, scope);
    const std::string &written = parameters.except;
    const bool isOne = written.find('|') == std::string::npos;
    const bool isAtBegin = isOne && written.starts_with('^');
    const bool isAtEnd = isOne && written.ends_with('$') && !written.ends_with("\\$");
    const std::string any = "(?:" + *except + ")*";
    std::string inner;
    for (std::size_t i = 0; i < text.size(); ++i) {
        // Between characters, not between the bytes of one.
        const bool isWhole
            = i + 1 == text.size() || (static_cast<unsigned char>(text[i + 1]) & 0xC0U) != 0x80U;
        inner += asPattern(std::string_view(text).substr(i, 1));
        if (!isAtBegin && !isAtEnd && isWhole && i + 1 < text.size())
            inner += any;
    }
    const std::string before = isAtEnd ? "" : any;
    const std::string behind = isAtBegin ? "" : any;
    const bool isFromBegin
        = comparison != Comparison::Contains && comparison != Comparison::EndsWith;
    const bool isToEnd = comparison != Comparison::Contains && comparison != Comparison::StartsWith;
    std::string pattern = parameters.caseSensitive ? "" : "(?i)";
    pattern += (isFromBegin ? "^" + before : "") + inner + (isToEnd ? behind + "\\z" : "");
    return leaf(target, RuleOperator::Matches, std::move(pattern));
}

} // namespace

std::string valueText(const Node &scalar)
{
    return scalar.isScalar() && scalar.isNull() ? "null" : scalar.text;
}

Rule presence(const RuleTarget &target, bool wanted)
{
    // An empty list, an empty object and null are values, too.
    RuleLeaf there{target, {{RuleOperator::Absent, false, {}, false}}};
    there.conditions.push_back({RuleOperator::Equals, "", {}, true});
    if (target.kind == Kind::Query || target.kind == Kind::Form || target.kind == Kind::Header)
        there.conditions = {{RuleOperator::Empty, false, {}, false}};
    Rule rule{std::move(there)};
    return wanted ? rule : opposite(std::move(rule));
}

Rule opposite(Rule rule)
{
    if (auto *only = std::get_if<RuleLeaf>(&rule.node); only && only->conditions.size() == 1) {
        only->conditions.front().negated = !only->conditions.front().negated;
        return rule;
    }
    if (auto *group = std::get_if<RuleGroup>(&rule.node);
        group && group->kind == RuleGroup::Kind::None && group->rules.size() == 1) {
        Rule inner = std::move(group->rules.front());
        return inner;
    }
    return noneOf({std::move(rule)});
}

Rule compareValue(const RuleTarget &target, Comparison comparison, const Node &expected,
                  const Parameters &parameters, StubScope &scope)
{
    const std::string text = valueText(expected);
    if (comparison == Comparison::Exists)
        return presence(target, text != "false" && text != "0" && text != "null" && !text.empty());
    if (!parameters.except.empty())
        return compareExcepting(target, comparison, expected, parameters, scope);
    if (comparison == Comparison::Matches)
        return matchPattern(target, expected, parameters, scope);
    const bool isWhole = comparison == Comparison::Equals || comparison == Comparison::DeepEquals;
    if (text.empty())
        return isWhole ? missingOrEmpty(target) : always();
    if (!parameters.caseSensitive && hasCase(text))
        return compareInAnyCase(target, comparison, text);
    // Of numbers in JSON the value counts, and not how it is written.
    const bool isNumber = isWhole && target.kind == Kind::BodyJsonPath
                          && expected.style == Node::Style::Plain
                          && yaml::scalarToJson(expected).isNumber();
    return leaf(target, plainOperator(comparison),
                isNumber ? yaml::scalarToJson(expected) : JsonValue(text));
}

} // namespace understudy::formats::mountebank
