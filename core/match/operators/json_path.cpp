// SPDX-License-Identifier: Apache-2.0
#include "core/match/json_path.h"

#include "core/match/comparison.h"
#include "core/match/operators/read_json.h"
#include "core/match/operators/table.h"

namespace understudy {

namespace {

/// Whether the path yields anything.
class JsonPathOperator final : public Operator
{
public:
    explicit JsonPathOperator(JsonPath path)
        : m_path(std::move(path))
    {}
    std::string_view costly() const override { return "the JSONPath"; }
    bool readsJson() const override { return true; }

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &,
                          WorkBudget &budget) const override
    {
        const ReadJson actual(value, budget);
        if (!actual.value())
            return actual.isSpent() ? MatchVerdict::Undecided : MatchVerdict::No;
        const auto hits = m_path.trySelect(*actual.value(), budget);
        return hits ? verdictOf(!hits->empty()) : MatchVerdict::Undecided;
    }

private:
    JsonPath m_path;
};

} // namespace

Result<OperatorPtr> compileJsonPath(const Condition &condition)
{
    auto path = JsonPath::parse(textOf(condition.value));
    if (!path)
        return path.error();
    return OperatorPtr(std::make_unique<JsonPathOperator>(*std::move(path)));
}

} // namespace understudy
