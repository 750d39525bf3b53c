// SPDX-License-Identifier: Apache-2.0
#include "core/base/regex.h"

#include "core/match/comparison.h"
#include "core/match/operators/table.h"

namespace understudy {

namespace {

/// PCRE2, anywhere in the text.
class MatchesOperator final : public Operator
{
public:
    explicit MatchesOperator(Regex regex)
        : m_regex(std::move(regex))
    {}
    std::string_view costly() const override { return "the regular expression"; }

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &,
                          WorkBudget &budget) const override
    {
        return m_regex.match(value.text, budget);
    }

private:
    Regex m_regex;
};

} // namespace

Result<OperatorPtr> compileMatches(const Condition &condition)
{
    auto regex = Regex::compile(textOf(condition.value));
    if (!regex)
        return regex.error();
    return OperatorPtr(std::make_unique<MatchesOperator>(*std::move(regex)));
}

} // namespace understudy
