// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/regex.h"
#include "core/formats/mockoon/rules.h"

#include <optional>
#include <string>
#include <vector>

namespace understudy::formats::mockoon {

/// One Mockoon rule as it was read, and how its value is compared. Refers to what it was made with.
class RuleComparison
{
public:
    RuleComparison(const ObjectReader &rule, const RuleScope &scope, Notes &notes);

protected:
    /// Nothing, and a note.
    std::optional<Rule> notServed(const std::string &why) const;

    bool isRegex() const { return m_operator == "regex" || m_operator == "regex_i"; }
    /// The last step of a path into a list: a number, or `length`.
    static bool isIndexOrLength(const std::string &step);
    /// The steps of a dot path or of a JSONPath without wildcards or filters.
    std::optional<std::vector<std::string>> lookupSteps() const;

    /// The rule for one target.
    std::optional<Rule> compared(RuleTarget target) const;
    /// The same value may stand in any of the targets.
    std::optional<Rule> comparedAny(std::vector<RuleTarget> targets) const;
    /// `isElement`: of a list, where null is the text "null".
    Rule onTarget(RuleTarget target, bool isElement = false) const;

    const ObjectReader &m_rule;
    const RuleScope &m_scope;
    Notes &m_notes;
    std::string m_target;
    std::string m_operator;
    std::string m_modifier;
    std::string m_value;
    std::string m_pattern;        ///< for PCRE2
    std::optional<Regex> m_regex; ///< of m_pattern
};

/// A rule on the body, with a path into it or without. Nothing (and a note) if it cannot be
/// expressed.
std::optional<Rule> bodyRule(const RuleComparison &rule);

} // namespace understudy::formats::mockoon
