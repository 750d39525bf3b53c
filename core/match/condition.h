// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/regex.h"
#include "core/base/result.h"
#include "core/base/work_budget.h"
#include "core/match/json_path.h"
#include "core/match/target_values.h"
#include "core/match/xpath.h"
#include "core/model/rule.h"

#include <optional>
#include <string>
#include <vector>

namespace understudy {

/// Whether this version answers an operator; conditions with another never hold. False for
/// jsonSchema and xml.
bool isServed(RuleOperator op);

/// One operator with its value, ready to be asked. Immutable; any thread.
class CompiledCondition
{
public:
    /// Errors: Syntax for a broken regular expression, JSONPath or XPath; Invalid for a value the
    /// operator cannot use.
    static Result<CompiledCondition> compile(const Condition &condition);

    /// Whether the condition holds for the values of a target: for a plain operator if it holds for
    /// one of them, for a negated one if the plain one does not. Undecided where the work budget
    /// was spent first, and for an operator this version does not serve.
    MatchVerdict decide(const std::vector<TargetValue> &values, const MatchContext &context) const;

    /// What was not decided and why, as a sentence for a trace.
    std::string whyUndecided(const std::vector<TargetValue> &values,
                             const MatchContext &context) const;

    /// "contains json", "not equals 5": what a trace shows as expected.
    std::string text() const;

    bool isServed() const { return understudy::isServed(m_condition.op); }

private:
    const std::optional<Error> *unread(const std::vector<TargetValue> &values,
                                       const MatchContext &context) const;
    MatchVerdict decideForAll(const std::vector<TargetValue> &values,
                              const MatchContext &context) const;
    MatchVerdict decideForList(const std::vector<TargetValue> &values, WorkBudget &budget) const;
    MatchVerdict decideOneOf(const TargetValue &value, WorkBudget &budget) const;
    MatchVerdict decideForOne(const TargetValue &value, const MatchContext &context,
                              WorkBudget &budget) const;
    bool holdsForOne(const TargetValue &value, const MatchContext &context) const;
    bool holdsAsNumber(const TargetValue &value) const;
    bool holdsAsMoment(std::string_view text, WallTime now) const;

    Condition m_condition;
    std::string m_text; ///< the value as text
    std::optional<Regex> m_regex;
    std::optional<JsonPath> m_jsonPath;
    std::optional<XPath> m_xPath;
    std::string m_binary;
};

} // namespace understudy
