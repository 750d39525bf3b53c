// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/work_budget.h"
#include "core/match/target_values.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// What an operator of a rule does. One file holds an operator, or several that compare alike; the
/// table that finds them is core/match/operators/table.h, and what they are called and take is
/// core/model/operator_catalogue.h.
namespace understudy {

/// An operator with its value, ready to be asked. Immutable; any thread.
class Operator
{
public:
    Operator() = default;
    Operator(const Operator &) = delete;
    Operator &operator=(const Operator &) = delete;
    virtual ~Operator() = default;

    /// Whether it holds for the values of a target: for one of them, where the operator does not
    /// look at all of them together. Undecided where the budget was spent first.
    virtual MatchVerdict holds(const std::vector<TargetValue> &values, const MatchContext &context,
                               WorkBudget &budget) const;

    /// What of its value does nothing, as sentences: "the format 'zip' is not known …".
    virtual std::vector<std::string> remarks() const { return {}; }
    /// What takes the work, for an explanation: "the regular expression".
    virtual std::string_view costly() const { return "it"; }
    /// Whether it looks at the JSON of a body, which may not be readable.
    virtual bool readsJson() const { return false; }
    /// Whether it asks if there is a value, and nothing of what the value is.
    virtual bool asksForPresence() const { return false; }

    /// Where and why it does not hold for a value that it did not hold for: "/qty: minimum 1, got
    /// 0"; empty where the value itself says enough.
    virtual std::string whyNot(const TargetValue &value, const MatchContext &context,
                               WorkBudget &budget) const;

protected:
    /// For one value; No where the operator looks at all of them.
    virtual MatchVerdict holdsFor(const TargetValue &value, const MatchContext &context,
                                  WorkBudget &budget) const;
};

using OperatorPtr = std::unique_ptr<const Operator>;

} // namespace understudy
