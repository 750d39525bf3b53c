// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/rule_comparison.h"

#include "core/formats/mockoon/lookup.h"
#include "core/formats/mockoon/rule_parts.h"

namespace understudy::formats::mockoon {

RuleComparison::RuleComparison(const ObjectReader &rule, const RuleScope &scope, Notes &notes)
    : m_rule(rule)
    , m_scope(scope)
    , m_notes(notes)
{
    m_target = rule.choice("target", {},
                           {"body", "query", "header", "cookie", "params", "path", "method",
                            "request_number", "global_var", "data_bucket", "templating"});
    m_operator = rule.choice("operator", "equals",
                             {"equals", "regex", "regex_i", "null", "empty_array", "array_includes",
                              "valid_json_schema"});
    m_modifier = rule.text("modifier");
    m_value = rule.text("value");
}

std::optional<Rule> RuleComparison::notServed(const std::string &why) const
{
    m_notes.notServed(m_rule.subject(), why + "; the rule counts as not holding");
    return std::nullopt;
}

bool RuleComparison::isIndexOrLength(const std::string &step)
{
    return step == "length"
           || (!step.empty() && step.find_first_not_of("0123456789") == std::string::npos);
}

std::optional<std::vector<std::string>> RuleComparison::lookupSteps() const
{
    if (!m_modifier.starts_with('$'))
        return dotPathSteps(m_modifier);
    std::string path = m_modifier.substr(1);
    // `$.a[0]` is `a.0`.
    for (std::size_t at = path.find('['); at != std::string::npos; at = path.find('[')) {
        const std::size_t end = path.find(']', at);
        if (end == std::string::npos || end == at + 1
            || path.find_first_not_of("0123456789", at + 1) != end)
            return std::nullopt;
        path.replace(at, end - at + 1, '.' + path.substr(at + 1, end - at - 1));
    }
    if (!path.starts_with('.') || path.find_first_of("*?@()") != std::string::npos
        || path.find("..") != std::string::npos)
        return std::nullopt;
    return dotPathSteps(std::string_view(path).substr(1));
}

std::optional<Rule> RuleComparison::compared(RuleTarget target) const
{
    return comparedAny({std::move(target)});
}

std::optional<Rule> RuleComparison::comparedAny(std::vector<RuleTarget> targets) const
{
    if (m_operator == "empty_array")
        return never();
    std::vector<Rule> rules;
    rules.reserve(targets.size());
    for (RuleTarget &target : targets)
        rules.push_back(onTarget(std::move(target)));
    // Null must be true of all places, a comparison of one.
    return group(m_operator == "null" ? RuleGroup::Kind::All : RuleGroup::Kind::Any,
                 std::move(rules));
}

Rule RuleComparison::onTarget(RuleTarget target, bool isElement) const
{
    const auto is = [&](RuleOperator op, JsonValue value) {
        RuleLeaf out{target, {{op, std::move(value), {}, false}}};
        return Rule{std::move(out)};
    };
    const bool isJson
        = target.kind == RuleTarget::Kind::BodyJsonPath || target.kind == RuleTarget::Kind::Bucket;
    if (m_operator == "null") {
        std::vector<Rule> rules{is(RuleOperator::Absent, true), is(RuleOperator::Equals, "")};
        if (isJson)
            rules.push_back(is(RuleOperator::Json, nullptr));
        return anyOf(std::move(rules));
    }
    if (isRegex())
        return is(RuleOperator::Matches, m_pattern);
    // As JSON these would be an object or a list.
    if (isJson && (m_value.starts_with('{') || m_value.starts_with('[')))
        return is(RuleOperator::Json, m_value);
    if (isJson && m_value.empty() && !isElement)
        return anyOf({is(RuleOperator::Equals, ""), is(RuleOperator::Json, nullptr)});
    // A JSON null is an empty text there.
    if (isJson && m_value == "null" && !isElement)
        return is(RuleOperator::Json, m_value);
    // JavaScript writes 1.0 as "1", so it is the number that counts, and a text that is the
    // same.
    if (isJson && looksLikeNumber(m_value)) {
        std::vector<Rule> rules{is(RuleOperator::Json, m_value)};
        if (javaScriptNumber(m_value))
            rules.push_back(is(RuleOperator::Json, JsonNumber{m_value}));
        return anyOf(std::move(rules));
    }
    return is(RuleOperator::Equals, m_value);
}

} // namespace understudy::formats::mockoon
