// SPDX-License-Identifier: Apache-2.0
#include "core/match/comparison.h"
#include "core/match/operators/table.h"

/// less, lessOrEqual, greater, greaterOrEqual: by exact value, whatever the number's length.
namespace understudy {

namespace {

class NumberOperator final : public Operator
{
public:
    NumberOperator(RuleOperator op, Decimal expected)
        : m_op(op)
        , m_expected(std::move(expected))
    {}

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &,
                          WorkBudget &) const override
    {
        const auto actual = numberOf(value.text);
        return verdictOf(actual && compares(*actual));
    }

private:
    bool compares(const Decimal &actual) const
    {
        switch (m_op) {
        case RuleOperator::Less:
            return actual < m_expected;
        case RuleOperator::LessOrEqual:
            return actual <= m_expected;
        case RuleOperator::Greater:
            return actual > m_expected;
        default:
            return actual >= m_expected;
        }
    }

    RuleOperator m_op;
    Decimal m_expected;
};

} // namespace

Result<OperatorPtr> compileNumber(const Condition &condition)
{
    auto expected = numberIn(condition.value);
    if (!expected)
        return operatorNeeds(condition.op, "a number");
    return OperatorPtr(std::make_unique<NumberOperator>(condition.op, *std::move(expected)));
}

} // namespace understudy
