// SPDX-License-Identifier: Apache-2.0
#include "core/match/condition.h"

#include "core/base/text.h"
#include "core/match/comparison.h"
#include "core/model/operator_catalogue.h"

namespace understudy {

namespace {

// A schema may be as long as it likes; a trace is kept for every request.
constexpr std::size_t kShownValueBytes = 200;

/// The operator and its value.
std::string expectation(const Condition &condition)
{
    const OperatorTraits &traits = operatorTraits(condition.op);
    if (traits.value != OperatorValue::Flag) {
        const std::string value = textOf(condition.value);
        return std::string(traits.name) + ' '
               + (value.empty() ? "''" : text::shortened(value, kShownValueBytes));
    }
    if (!condition.value.isBool() || condition.value.isTrue())
        return std::string(traits.name);
    return condition.op == RuleOperator::Absent ? "present" : "not " + std::string(traits.name);
}

} // namespace

Result<CompiledCondition> CompiledCondition::compile(const Condition &condition)
{
    auto compiledOperator = compileOperator(condition);
    if (!compiledOperator)
        return compiledOperator.error();
    CompiledCondition compiled;
    compiled.m_negated = condition.negated;
    compiled.m_text = expectation(condition);
    compiled.m_operator = std::move(compiledOperator).value();
    return compiled;
}

std::string CompiledCondition::text() const { return (m_negated ? "not " : "") + m_text; }

MatchVerdict CompiledCondition::decide(const std::vector<TargetValue> &values,
                                       const MatchContext &context) const
{
    WorkShare share(context.request.work());
    MatchVerdict plain = m_operator->holds(values, context, share.budget());
    // What does not hold for what could be read of a body may hold for all of it.
    if (plain == MatchVerdict::No && unread(values, context))
        plain = MatchVerdict::Undecided;
    return m_negated ? negationOf(plain) : plain;
}

/// Why the condition cannot know all of a body; nullptr if it can.
const std::optional<Error> *CompiledCondition::unread(const std::vector<TargetValue> &values,
                                                      const MatchContext &context) const
{
    if (m_operator->asksForPresence() || values.size() != 1 || !values[0].isBody || values[0].json)
        return nullptr;
    if (const auto &problem = context.request.codingProblem())
        return &problem;
    const auto &problem = context.request.jsonProblem();
    return m_operator->readsJson() && problem ? &problem : nullptr;
}

std::string CompiledCondition::whyUndecided(const std::vector<TargetValue> &values,
                                            const MatchContext &context) const
{
    if (const std::optional<Error> *problem = unread(values, context))
        return (*problem)->message;
    return std::string(m_operator->costly())
           + " takes more work on this value than a condition may";
}

std::string CompiledCondition::whyNot(const std::vector<TargetValue> &values,
                                      const MatchContext &context) const
{
    if (m_negated || values.size() != 1)
        return {};
    // Of its own, so that what explains one condition is not missing to decide another.
    WorkBudget budget(kConditionWork / 16);
    return m_operator->whyNot(values.front(), context, budget);
}

} // namespace understudy
