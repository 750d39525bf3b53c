// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/export_rules.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/mockoon/export_path.h"
#include "core/model/operator_catalogue.h"

#include <algorithm>
#include <array>

namespace understudy::formats::mockoon {

namespace {

using Kind = RuleTarget::Kind;

struct TargetName
{
    Kind kind;
    std::string_view name; ///< Mockoon's
};

constexpr std::array kTargets{
    TargetName{Kind::Query, "query"},
    TargetName{Kind::Header, "header"},
    TargetName{Kind::Cookie, "cookie"},
    TargetName{Kind::PathParameter, "params"},
    TargetName{Kind::Body, "body"},
    TargetName{Kind::BodyJsonPath, "body"},
    TargetName{Kind::Form, "body"},
    TargetName{Kind::Method, "method"},
    TargetName{Kind::Path, "path"},
    TargetName{Kind::Count, "request_number"},
    TargetName{Kind::Expression, "templating"},
};

std::string scalarText(const JsonValue &value)
{
    const std::string *text = value.ifString();
    return text ? *text : writeJson(value);
}

/// PCRE2's words for what JavaScript has others for; it has none for flags inside.
std::string jsPattern(std::string_view pattern)
{
    constexpr std::string_view kDots = "(?s)";
    const bool dotIsAny = pattern.starts_with(kDots);
    if (dotIsAny)
        pattern.remove_prefix(kDots.size());
    std::string out;
    bool isInClass = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\' && i + 1 < pattern.size()) {
            const char next = pattern[++i];
            if (next == 'z' || next == 'Z')
                out += '$';
            else if (next == 'A')
                out += '^';
            else
                out += {c, next};
            continue;
        }
        isInClass = c == '[' || (isInClass && c != ']');
        if (c == '.' && dotIsAny && !isInClass)
            out += "[\\s\\S]";
        else
            out += c;
    }
    return out;
}

/// Flags inside, atomic groups, recursion, possessive quantifiers, properties, POSIX classes.
bool hasNoWordInJs(std::string_view pattern)
{
    if (pattern.starts_with("(?s)"))
        pattern.remove_prefix(4);
    for (std::size_t i = 0; i + 2 < pattern.size(); ++i) {
        if (pattern.substr(i, 2) == "(?"
            && std::string_view(":=!<").find(pattern[i + 2]) == std::string_view::npos)
            return true;
    }
    for (const std::string_view part :
         {"\\p", "\\P", "\\h", "\\R", "\\K", "\\Q", "\\G", "[[:", "++", "*+", "?+", "(*"}) {
        if (pattern.find(part) != std::string_view::npos)
            return true;
    }
    return false;
}

/// An operator with its value; nothing where there is no word for it.
struct Comparison
{
    std::string_view op;
    std::string value;
    bool inverted = false;
};

std::optional<Comparison> comparisonOf(const Condition &condition)
{
    const std::string text = scalarText(condition.value);
    const bool isOn = !condition.value.isBool() || condition.value.isTrue();
    switch (condition.op) {
    case RuleOperator::Equals:
        return Comparison{"equals", text};
    case RuleOperator::EqualsIgnoreCase:
        return Comparison{"regex_i", '^' + asPattern(text) + '$'};
    case RuleOperator::Contains:
        return Comparison{"regex", asPattern(text)};
    case RuleOperator::StartsWith:
        return Comparison{"regex", '^' + asPattern(text)};
    case RuleOperator::EndsWith:
        return Comparison{"regex", asPattern(text) + '$'};
    case RuleOperator::Matches:
        if (text.starts_with("(?i)") && !hasNoWordInJs(std::string_view(text).substr(4)))
            return Comparison{"regex_i", jsPattern(std::string_view(text).substr(4))};
        if (hasNoWordInJs(text))
            return std::nullopt;
        return Comparison{"regex", jsPattern(text)};
    case RuleOperator::Absent:
        return Comparison{"null", {}, !isOn};
    case RuleOperator::HasExactly:
        if (const JsonArray *list = condition.value.ifArray(); list && list->size() == 1)
            return Comparison{"equals", scalarText(list->front())};
        return std::nullopt;
    case RuleOperator::OneOf: {
        std::string any;
        const JsonArray *list = condition.value.ifArray();
        for (std::size_t i = 0; list && i < list->size(); ++i)
            any += (i > 0 ? "|" : "") + asPattern(scalarText((*list)[i]));
        return Comparison{"regex", "^(" + any + ")$"};
    }
    default:
        return std::nullopt;
    }
}

/// Flattens a tree under one operator.
class FlatRules
{
public:
    explicit FlatRules(std::string &why)
        : m_why(why)
    {}

    std::optional<ExportedRules> run(const Rule &rule)
    {
        m_out.joint = "AND";
        const auto *group = std::get_if<RuleGroup>(&rule.node);
        const bool isAny = group && group->kind == RuleGroup::Kind::Any;
        const bool isNone = group && group->kind == RuleGroup::Kind::None;
        if (isAny)
            m_out.joint = "OR";
        const bool isDone = group ? all(group->rules, isNone, isAny)
                                  : leaf(std::get<RuleLeaf>(rule.node), false, false);
        if (!isDone)
            return std::nullopt;
        return std::move(m_out);
    }

private:
    bool fail(const std::string &why)
    {
        m_why = why;
        return false;
    }

    bool all(const std::vector<Rule> &rules, bool inverted, bool isAny)
    {
        return std::all_of(rules.begin(), rules.end(), [&](const Rule &rule) {
            if (const auto *one = std::get_if<RuleLeaf>(&rule.node))
                return leaf(*one, inverted, isAny);
            const auto &inner = std::get<RuleGroup>(rule.node);
            // `none` of one rule is that rule inverted; all inside of all is all.
            if (inner.kind == RuleGroup::Kind::None && (!isAny || inner.rules.size() == 1))
                return all(inner.rules, !inverted, isAny);
            if (!inverted && inner.kind == (isAny ? RuleGroup::Kind::Any : RuleGroup::Kind::All))
                return all(inner.rules, false, isAny);
            return fail("rules inside of each other");
        });
    }

    bool leaf(const RuleLeaf &leaf, bool inverted, bool isAny)
    {
        // Several conditions are all to hold.
        if (leaf.conditions.size() > 1 && (isAny || inverted))
            return fail("rules inside of each other");
        return std::all_of(
            leaf.conditions.begin(), leaf.conditions.end(),
            [&](const Condition &condition) { return add(leaf.target, condition, inverted); });
    }

    bool add(const RuleTarget &target, const Condition &condition, bool inverted)
    {
        const auto name = std::find_if(kTargets.begin(), kTargets.end(),
                                       [&](const TargetName &t) { return t.kind == target.kind; });
        const auto comparison = comparisonOf(condition);
        const bool isForeign = target.kind == Kind::Expression && target.path != "mockoon";
        if (name == kTargets.end() || isForeign || !comparison)
            return fail("'" + ruleTargetText(target) + "' with '"
                        + std::string(operatorTraits(condition.op).name) + "'");
        m_out.rules.emplace_back(
            JsonObject{{"target", name->name},
                       {"modifier", target.kind == Kind::PathParameter ? parameterName(target.name)
                                                                       : target.name},
                       // Methods are compared in lower case there.
                       {"value", target.kind == Kind::Method ? text::toLower(comparison->value)
                                                             : comparison->value},
                       {"invert", (comparison->inverted != condition.negated) != inverted},
                       {"operator", comparison->op}});
        return true;
    }

    std::string &m_why;
    ExportedRules m_out;
};

} // namespace

std::optional<ExportedRules> rulesOf(const Rule &rule, std::string &why)
{
    return FlatRules(why).run(rule);
}

} // namespace understudy::formats::mockoon
