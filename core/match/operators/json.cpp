// SPDX-License-Identifier: Apache-2.0
#include "core/match/comparison.h"
#include "core/match/json_difference.h"
#include "core/match/json_placeholders.h"
#include "core/match/operators/read_json.h"
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
    JsonOperator(JsonValue expected, JsonComparison how,
                 std::optional<JsonPlaceholders> placeholders)
        : m_expected(std::move(expected))
        , m_how(how)
        , m_placeholders(std::move(placeholders))
    {
        m_how.placeholders = m_placeholders ? &*m_placeholders : nullptr;
    }
    bool readsJson() const override { return true; }
    std::string whyNot(const TargetValue &value, const MatchContext &,
                       WorkBudget &budget) const override
    {
        const ReadJson actual(value, budget);
        return actual.value() ? firstDifference(*actual.value(), m_expected, m_how, budget)
                              : "no JSON";
    }

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &,
                          WorkBudget &budget) const override
    {
        const ReadJson actual(value, budget);
        if (!actual.value())
            return actual.isSpent() ? MatchVerdict::Undecided : MatchVerdict::No;
        return equalsJson(*actual.value(), m_expected, m_how, budget);
    }

private:
    JsonValue m_expected;
    JsonComparison m_how;
    std::optional<JsonPlaceholders> m_placeholders;
};

} // namespace

Result<OperatorPtr> compileJson(const Condition &condition)
{
    JsonComparison how;
    how.ignoreArrayOrder = isSet(condition.options, "ignoreArrayOrder");
    how.ignoreExtraFields = isSet(condition.options, "ignoreExtraFields");
    how.ignoreExtraItems = isSet(condition.options, "ignoreExtraItems");
    std::optional<JsonPlaceholders> placeholders;
    if (isSet(condition.options, "placeholders")) {
        auto compiled = JsonPlaceholders::compile(condition.value);
        if (!compiled)
            return compiled.error();
        placeholders = *std::move(compiled);
    }
    return OperatorPtr(
        std::make_unique<JsonOperator>(condition.value, how, std::move(placeholders)));
}

} // namespace understudy
