// SPDX-License-Identifier: Apache-2.0
#include "core/match/comparison.h"
#include "core/match/json_difference.h"
#include "core/match/operators/table.h"

namespace understudy {

namespace {

bool isSet(const JsonObject &options, std::string_view name)
{
    const JsonValue *value = options.find(name);
    return value && value->isTrue();
}

class JsonOperator final : public Operator
{
public:
    JsonOperator(JsonValue expected, JsonComparison how)
        : m_expected(std::move(expected))
        , m_how(how)
    {}
    bool readsJson() const override { return true; }
    std::string whyNot(const TargetValue &value, const MatchContext &,
                       WorkBudget &budget) const override
    {
        return value.json ? firstDifference(*value.json, m_expected, m_how, budget) : "no JSON";
    }

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &,
                          WorkBudget &budget) const override
    {
        return value.json ? equalsJson(*value.json, m_expected, m_how, budget) : MatchVerdict::No;
    }

private:
    JsonValue m_expected;
    JsonComparison m_how;
};

} // namespace

Result<OperatorPtr> compileJson(const Condition &condition)
{
    const JsonComparison how{isSet(condition.options, "ignoreArrayOrder"),
                             isSet(condition.options, "ignoreExtraFields")};
    return OperatorPtr(std::make_unique<JsonOperator>(condition.value, how));
}

} // namespace understudy
