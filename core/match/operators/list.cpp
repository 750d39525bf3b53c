// SPDX-License-Identifier: Apache-2.0
#include "core/match/operators/equality.h"
#include "core/match/operators/table.h"

/// oneOf, which asks each value; hasExactly and includes, which ask all the values of a target.
namespace understudy {

namespace {

MatchVerdict equalsWithin(const TargetValue &actual, const JsonValue &expected, WorkBudget &budget)
{
    if (!budget.spend(
            workOfEqualsValue(actual.text, expected, actual.json && actual.json->isNumber())))
        return MatchVerdict::Undecided;
    return verdictOf(equalsExpected(actual, expected));
}

class OneOfOperator final : public Operator
{
public:
    explicit OneOfOperator(JsonArray choices)
        : m_choices(std::move(choices))
    {}

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &,
                          WorkBudget &budget) const override
    {
        for (const JsonValue &choice : m_choices) {
            const MatchVerdict one = equalsWithin(value, choice, budget);
            if (one != MatchVerdict::No)
                return one;
        }
        return MatchVerdict::No;
    }

private:
    JsonArray m_choices;
};

/// Every wanted value is among the target's, in any order.
class IncludesOperator final : public Operator
{
public:
    IncludesOperator(JsonArray wanted, bool nothingElse)
        : m_wanted(std::move(wanted))
        , m_nothingElse(nothingElse)
    {}

    MatchVerdict holds(const std::vector<TargetValue> &values, const MatchContext &,
                       WorkBudget &budget) const override
    {
        if (m_nothingElse && m_wanted.size() != values.size())
            return MatchVerdict::No;
        for (const JsonValue &wanted : m_wanted) {
            MatchVerdict any = MatchVerdict::No;
            for (const TargetValue &value : values) {
                any = equalsWithin(value, wanted, budget);
                if (any != MatchVerdict::No)
                    break;
            }
            if (any != MatchVerdict::Yes)
                return any;
        }
        return MatchVerdict::Yes;
    }

private:
    JsonArray m_wanted;
    bool m_nothingElse;
};

} // namespace

Result<OperatorPtr> compileList(const Condition &condition)
{
    const JsonArray *list = condition.value.ifArray();
    if (!list)
        return operatorNeeds(condition.op, "a list of values");
    if (condition.op == RuleOperator::OneOf)
        return OperatorPtr(std::make_unique<OneOfOperator>(*list));
    return OperatorPtr(
        std::make_unique<IncludesOperator>(*list, condition.op == RuleOperator::HasExactly));
}

} // namespace understudy
