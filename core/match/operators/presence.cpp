// SPDX-License-Identifier: Apache-2.0
#include "core/match/operators/table.h"

/// absent and empty; with `false` they ask for the opposite.
namespace understudy {

namespace {

bool isTrue(const JsonValue &value) { return !value.isBool() || value.isTrue(); }

bool isEmpty(const TargetValue &value)
{
    if (value.json) {
        if (const JsonArray *array = value.json->ifArray())
            return array->empty();
        if (const JsonObject *object = value.json->ifObject())
            return object->empty();
        if (value.json->isNull())
            return true;
    }
    return value.text.empty();
}

class AbsentOperator final : public Operator
{
public:
    explicit AbsentOperator(bool wanted)
        : m_wanted(wanted)
    {}
    MatchVerdict holds(const std::vector<TargetValue> &values, const MatchContext &,
                       WorkBudget &) const override
    {
        return verdictOf(values.empty() == m_wanted);
    }
    bool asksForPresence() const override { return true; }

private:
    bool m_wanted;
};

class EmptyOperator final : public Operator
{
public:
    explicit EmptyOperator(bool wanted)
        : m_wanted(wanted)
    {}

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &,
                          WorkBudget &) const override
    {
        return verdictOf(isEmpty(value) == m_wanted);
    }

private:
    bool m_wanted;
};

} // namespace

Result<OperatorPtr> compilePresence(const Condition &condition)
{
    const bool wanted = isTrue(condition.value);
    if (condition.op == RuleOperator::Absent)
        return OperatorPtr(std::make_unique<AbsentOperator>(wanted));
    return OperatorPtr(std::make_unique<EmptyOperator>(wanted));
}

} // namespace understudy
