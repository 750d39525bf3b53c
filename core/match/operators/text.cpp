// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"

#include "core/match/comparison.h"
#include "core/match/operators/table.h"

#include <cstring>

/// equalsIgnoreCase, contains, startsWith, endsWith: of texts as they are.
namespace understudy {

namespace {

/// In a time that grows with the text alone; std::string::find compares the whole of a long needle
/// at every place.
bool containsText(const std::string &text, const std::string &needle)
{
    return memmem(text.data(), text.size(), needle.data(), needle.size()) != nullptr;
}

class TextOperator final : public Operator
{
public:
    TextOperator(RuleOperator op, std::string expected)
        : m_op(op)
        , m_expected(std::move(expected))
    {}

protected:
    MatchVerdict holdsFor(const TargetValue &value, const MatchContext &,
                          WorkBudget &) const override
    {
        return verdictOf(compares(value.text));
    }

private:
    bool compares(const std::string &actual) const
    {
        switch (m_op) {
        case RuleOperator::EqualsIgnoreCase:
            return text::equalsIgnoreCase(actual, m_expected);
        case RuleOperator::StartsWith:
            return actual.starts_with(m_expected);
        case RuleOperator::EndsWith:
            return actual.ends_with(m_expected);
        default:
            return containsText(actual, m_expected);
        }
    }

    RuleOperator m_op;
    std::string m_expected;
};

} // namespace

Result<OperatorPtr> compileText(const Condition &condition)
{
    return OperatorPtr(std::make_unique<TextOperator>(condition.op, textOf(condition.value)));
}

} // namespace understudy
