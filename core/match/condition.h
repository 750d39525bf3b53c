// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/work_budget.h"
#include "core/match/operators/table.h"
#include "core/match/target_values.h"
#include "core/model/rule.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy {

/// One operator with its value, plain or negated, ready to be asked. Immutable; any thread.
class CompiledCondition
{
public:
    /// Errors: those of compileOperator.
    static Result<CompiledCondition> compile(const Condition &condition);

    /// Whether the condition holds for the values of a target: for a plain operator if it holds for
    /// one of them, for a negated one if the plain one does not. Undecided where the work budget
    /// was spent first.
    MatchVerdict decide(const std::vector<TargetValue> &values, const MatchContext &context) const;

    /// What was not decided and why, as a sentence for a trace.
    std::string whyUndecided(const std::vector<TargetValue> &values,
                             const MatchContext &context) const;

    /// Where and why a plain condition that does not hold is not met, for a trace; empty where the
    /// values say enough.
    std::string whyNot(const std::vector<TargetValue> &values, const MatchContext &context) const;

    /// What of its value does nothing, as sentences.
    std::vector<std::string> remarks() const { return m_operator->remarks(); }

    /// "contains json", "not equals 5", "present": what a trace shows as expected.
    std::string text() const;

private:
    const std::optional<Error> *unread(const std::vector<TargetValue> &values,
                                       const MatchContext &context) const;

    std::string m_text; ///< the operator and its value
    bool m_negated = false;
    std::shared_ptr<const Operator> m_operator;
};

} // namespace understudy
