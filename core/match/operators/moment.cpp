// SPDX-License-Identifier: Apache-2.0
#include "core/match/comparison.h"
#include "core/match/operators/table.h"

/// before, after, sameTime: dates in any of the ways they are written, and `now` with an offset.
namespace understudy {

namespace {

class MomentOperator final : public Operator
{
public:
    MomentOperator(RuleOperator op, std::string expected)
        : m_op(op)
        , m_expected(std::move(expected))
    {}

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &context,
                          WorkBudget &) const override
    {
        const auto actual = momentOf(value.text, context.now);
        const auto expected = momentOf(m_expected, context.now);
        return verdictOf(actual && expected && compares(*actual, *expected));
    }

private:
    bool compares(WallTime actual, WallTime expected) const
    {
        if (m_op == RuleOperator::Before)
            return actual < expected;
        return m_op == RuleOperator::After ? actual > expected : actual == expected;
    }

    RuleOperator m_op;
    std::string m_expected;
};

} // namespace

Result<OperatorPtr> compileMoment(const Condition &condition)
{
    std::string expected = textOf(condition.value);
    if (!momentOf(expected, {}))
        return operatorNeeds(condition.op,
                             "a date such as 2026-11-22T10:00:00Z, or 'now' with an offset");
    return OperatorPtr(std::make_unique<MomentOperator>(condition.op, std::move(expected)));
}

} // namespace understudy
