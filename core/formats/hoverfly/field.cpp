// SPDX-License-Identifier: Apache-2.0
#include "core/formats/hoverfly/field.h"

#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/hoverfly/document.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/rule_parts.h"

#include <algorithm>
#include <array>

namespace understudy::formats::hoverfly {

using recorded::fieldOf;
using yaml::Node;
using Kind = RuleTarget::Kind;

namespace {

/// What schemas before v5 call them.
struct OldName
{
    std::string_view key;
    std::string_view kind;
};
constexpr std::array kOldNames{
    OldName{"exactMatch", "exact"},
    OldName{"globMatch", "glob"},
    OldName{"regexMatch", "regex"},
    OldName{"jsonMatch", "json"},
    OldName{"jsonPartialMatch", "jsonpartial"},
    OldName{"jsonPathMatch", "jsonpath"},
    OldName{"xmlMatch", "xml"},
    OldName{"xpathMatch", "xpath"},
};

void addMatchers(const Node &node, std::vector<FieldMatcher> &out)
{
    const Node *value = fieldOf(&node, "value");
    if (node.isScalar() && !node.isNull()) { // headers of schema v4
        out.push_back({"glob", &node, nullptr, nullptr, node.start});
    } else if (value || fieldOf(&node, "matcher")) {
        std::string kind = text::toLower(recorded::textOf(&node, "matcher"));
        out.push_back({kind.empty() ? "exact" : std::move(kind), value, fieldOf(&node, "config"),
                       recorded::mapOf(&node, "doMatch"), node.start});
    } else {
        for (const OldName &old : kOldNames) {
            const Node *found = fieldOf(&node, old.key);
            if (found && !found->isNull())
                out.push_back({std::string(old.kind), found, nullptr, nullptr, found->start});
        }
    }
}

/// Values of a name that was sent several times are compared as one text, with semicolons.
Rule exactly(const RuleTarget &target, const FieldMatcher &matcher, Translation &)
{
    const std::string text = matcher.text();
    Rule rule = leaf(target, RuleOperator::Equals, text);
    if (target.kind == Kind::Body && text.empty())
        return anyOf(
            {leaf(target, RuleOperator::Absent, true), leaf(target, RuleOperator::Empty, true)});
    const bool isNamed = target.kind == Kind::Header || target.kind == Kind::Query;
    if (!isNamed || text.find(';') == std::string::npos)
        return rule;
    JsonArray parts;
    for (const std::string_view part : text::split(text, ';'))
        parts.emplace_back(part);
    return anyOf({std::move(rule), leaf(target, RuleOperator::HasExactly, std::move(parts))});
}

Rule negation(const RuleTarget &target, const FieldMatcher &matcher, Translation &)
{
    return noneOf({leaf(target, RuleOperator::Equals, matcher.text())});
}

Rule globbed(const RuleTarget &target, const FieldMatcher &matcher, Translation &)
{
    const std::string text = matcher.text();
    if (text.find('*') == std::string::npos)
        return leaf(target, RuleOperator::Equals, text);
    return leaf(target, RuleOperator::Matches, "^(?:" + globPattern(text) + ")\\z");
}

Rule searched(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope)
{
    if (!Regex::compile(matcher.text()))
        scope.switchOff("the expression " + text::inQuotes(recorded::oneLine(matcher.text()))
                            + " cannot be read here",
                        matcher.at);
    return leaf(target, RuleOperator::Matches, matcher.text());
}

/// `["a", "b"]`, in that order and no others, unless its configuration says otherwise.
Rule array(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope)
{
    JsonArray values;
    for (const Node &item : matcher.value->items)
        values.emplace_back(recorded::textOf(&item).value_or(std::string()));
    const auto isSet = [&](std::string_view key) { return recorded::isTrue(matcher.config, key); };
    if (!isSet("ignoreOrder") && values.size() > 1)
        scope.changed("the order of the values of an 'array' is not compared", matcher.at);
    if (isSet("ignoreOccurrences") && !isSet("ignoreUnknown"))
        scope.changed("how often a value of an 'array' occurs is compared all the same",
                      matcher.at);
    return leaf(target, isSet("ignoreUnknown") ? RuleOperator::Includes : RuleOperator::HasExactly,
                std::move(values));
}

/// Fields of a form, each with matchers of its own.
Rule form(const RuleTarget &, const FieldMatcher &matcher, Translation &scope)
{
    std::vector<Rule> rules;
    for (std::size_t i = 0; matcher.value->isMap() && i < matcher.value->items.size(); ++i) {
        const RuleTarget field{Kind::Form, matcher.value->keys[i].text, {}};
        rules.push_back(leaf(field, RuleOperator::Absent, false));
        for (const FieldMatcher &inner : matchersOf(&matcher.value->items[i])) {
            if (inner.kind == "form")
                scope.switchOff("a 'form' within a 'form' is not compared", inner.at);
            else
                rules.push_back(matcherRule(field, inner, scope));
        }
    }
    return rules.empty() ? always() : allOf(std::move(rules));
}

struct MatcherRow
{
    std::string_view kind;
    Rule (*translate)(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope);
};

constexpr std::array kFieldMatchers{
    MatcherRow{"exact", exactly},         MatcherRow{"negate", negation},
    MatcherRow{"negation", negation},     MatcherRow{"glob", globbed},
    MatcherRow{"regex", searched},        MatcherRow{"array", array},
    MatcherRow{"containsexactly", array}, MatcherRow{"form", form},
    MatcherRow{"json", jsonRule},         MatcherRow{"jsonpartial", jsonPartialRule},
    MatcherRow{"jsonpath", jsonPathRule}, MatcherRow{"xml", xmlRule},
    MatcherRow{"xpath", xpathRule},       MatcherRow{"jwt", jwtRule},
};

Rule oneRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope)
{
    const auto *const row
        = std::find_if(kFieldMatchers.begin(), kFieldMatchers.end(),
                       [&](const MatcherRow &candidate) { return candidate.kind == matcher.kind; });
    if (row != kFieldMatchers.end() && matcher.value)
        return row->translate(target, matcher, scope);
    scope.switchOff(matcher.value ? "the matcher " + text::inQuotes(recorded::oneLine(matcher.kind))
                                        + " has no word here"
                                  : "a matcher has no value",
                    matcher.at);
    return never();
}

} // namespace

std::string FieldMatcher::text() const { return recorded::textOf(value).value_or(std::string()); }

std::vector<FieldMatcher> matchersOf(const Node *field)
{
    std::vector<FieldMatcher> out;
    if (!field || field->isNull())
        return out;
    if (!field->isList())
        addMatchers(*field, out);
    for (const Node &item : field->items) {
        if (field->isList())
            addMatchers(item, out);
    }
    return out;
}

std::string globPattern(std::string_view glob)
{
    std::string out;
    bool isFirst = true;
    for (const std::string_view part : text::split(glob, '*')) {
        out += isFirst ? asPattern(part) : "[\\s\\S]*" + asPattern(part);
        isFirst = false;
    }
    return out;
}

Rule matcherRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope)
{
    std::vector<Rule> rules;
    std::vector<FieldMatcher> chain{matcher};
    while (!chain.empty()) {
        const FieldMatcher one = chain.front();
        rules.push_back(oneRule(target, one, scope));
        // Those that find a value hand it on, all others what they were given.
        const bool goesOn = one.next && one.kind != "jsonpath" && one.kind != "xpath";
        chain = goesOn ? matchersOf(one.next) : std::vector<FieldMatcher>();
    }
    return allOf(std::move(rules));
}

} // namespace understudy::formats::hoverfly
