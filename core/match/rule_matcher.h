// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/match/condition.h"
#include "core/match/explanation.h"
#include "core/match/target_values.h"
#include "core/model/rule.h"

#include <vector>

namespace understudy {

/// A compiled `when`. Immutable; any thread.
class RuleMatcher
{
public:
    /// Errors: the first broken target or condition of the tree, with the target's name.
    static Result<RuleMatcher> compile(const Rule &rule);

    /// Rules that never hold because they are broken; `reason` is what a trace shows.
    static RuleMatcher off(std::string reason);

    /// Whether the rules hold. Every condition that was looked at is appended to `trace`. A
    /// condition that is undecided leaves a group undecided whose result depends on it (Kleene's
    /// logic); rules that are undecided do not hold.
    bool matches(const MatchContext &context, std::vector<ConditionTrace> &trace) const;

    /// Of rules that hold because others do not (`none`): the conditions that those failed, in
    /// their order. In an `any`, what asks that a value is none (absent, empty, `not`) is left out
    /// beside what asks what it is.
    std::vector<ConditionTrace> violations(const MatchContext &context) const;

    /// What of the values in the tree does nothing, as sentences.
    std::vector<std::string> remarks() const;

private:
    struct Leaf
    {
        CompiledTarget target;
        std::vector<CompiledCondition> conditions;
    };
    struct Node
    {
        RuleGroup::Kind kind = RuleGroup::Kind::All;
        std::vector<Node> children;
        std::vector<Leaf> leaves; ///< exactly one for a leaf node, none for a group
    };

    static Result<Node> compileNode(const Rule &rule);
    static MatchVerdict decideNode(const Node &node, const MatchContext &context,
                                   std::vector<ConditionTrace> &trace);
    static MatchVerdict decideLeaf(const Leaf &leaf, const MatchContext &context,
                                   std::vector<ConditionTrace> &trace);
    static void collectViolations(const Node &node, const MatchContext &context,
                                  std::vector<ConditionTrace> &out);
    static void collectFailures(const Node &node, const MatchContext &context,
                                std::vector<ConditionTrace> &out);
    template<class Use>
    static void forEachLeaf(const Node &node, const Use &use);

    Node m_root;
    std::string m_off; ///< not empty: broken, and why
};

} // namespace understudy
