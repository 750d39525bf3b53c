// SPDX-License-Identifier: Apache-2.0
#include "core/match/operators/equality.h"

#include "core/match/operators/table.h"

namespace understudy {

namespace {

class EqualityOperator final : public Operator
{
public:
    explicit EqualityOperator(JsonValue expected)
        : m_expected(std::move(expected))
    {}

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &,
                          WorkBudget &) const override
    {
        return verdictOf(equalsExpected(value, m_expected));
    }

private:
    JsonValue m_expected;
};

} // namespace

Result<OperatorPtr> compileEquality(const Condition &condition)
{
    return OperatorPtr(std::make_unique<EqualityOperator>(condition.value));
}

} // namespace understudy
