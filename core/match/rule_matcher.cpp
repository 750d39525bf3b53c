// SPDX-License-Identifier: Apache-2.0
#include "core/match/rule_matcher.h"

#include "core/base/text.h"

#include <algorithm>
#include <iterator>

namespace understudy {

namespace {

// What a trace keeps of a long value; enough to see what was wrong with it.
constexpr std::size_t kShownBytes = 200;

std::string shown(const std::vector<TargetValue> &values)
{
    if (values.empty())
        return "(absent)";
    std::string out;
    for (const TargetValue &value : values)
        out += (out.empty() ? "" : ", ") + value.text.substr(0, kShownBytes + 1);
    return text::shortened(out, kShownBytes);
}

} // namespace

Result<RuleMatcher> RuleMatcher::compile(const Rule &rule)
{
    auto root = compileNode(rule);
    if (!root)
        return root.error();
    RuleMatcher matcher;
    matcher.m_root = *std::move(root);
    return matcher;
}

RuleMatcher RuleMatcher::off(std::string reason)
{
    RuleMatcher matcher;
    matcher.m_off = std::move(reason);
    return matcher;
}

Result<RuleMatcher::Node> RuleMatcher::compileNode(const Rule &rule)
{
    Node node;
    if (const auto *group = std::get_if<RuleGroup>(&rule.node)) {
        node.kind = group->kind;
        for (const Rule &child : group->rules) {
            auto compiled = compileNode(child);
            if (!compiled)
                return compiled.error();
            node.children.push_back(*std::move(compiled));
        }
        return node;
    }
    const auto &leaf = std::get<RuleLeaf>(rule.node);
    const std::string name = ruleTargetText(leaf.target);
    auto target = CompiledTarget::compile(leaf.target);
    if (!target)
        return Error{target.error().code, name + ": " + target.error().message, {}};
    Leaf compiledLeaf{*std::move(target), {}};
    for (const Condition &condition : leaf.conditions) {
        auto compiled = CompiledCondition::compile(condition);
        if (!compiled)
            return Error{compiled.error().code, name + ": " + compiled.error().message, {}};
        compiledLeaf.conditions.push_back(*std::move(compiled));
    }
    node.leaves.push_back(std::move(compiledLeaf));
    return node;
}

bool RuleMatcher::matches(const MatchContext &context, std::vector<ConditionTrace> &trace) const
{
    if (!m_off.empty()) {
        trace.push_back({"when", "rules that can be read", m_off, false});
        return false;
    }
    return decideNode(m_root, context, trace) == MatchVerdict::Yes;
}

MatchVerdict RuleMatcher::decideLeaf(const Leaf &leaf, const MatchContext &context,
                                     std::vector<ConditionTrace> &trace)
{
    const auto values = leaf.target.values(context);
    MatchVerdict all = MatchVerdict::Yes;
    for (const CompiledCondition &condition : leaf.conditions) {
        ConditionTrace entry;
        entry.subject = ruleTargetText(leaf.target.target());
        entry.expected = condition.text();
        MatchVerdict verdict = MatchVerdict::Undecided;
        if (values)
            verdict = condition.decide(*values, context);
        if (verdict == MatchVerdict::Yes)
            entry.actual = shown(*values);
        else if (verdict == MatchVerdict::No) {
            const std::string why = condition.whyNot(*values, context);
            entry.actual = (why.empty() ? "" : '(' + why + ") ") + shown(*values);
        } else if (!values)
            entry.actual = "(undecided: " + values.error().message + ')';
        else
            entry.actual
                = "(undecided: " + condition.whyUndecided(*values, context) + ") " + shown(*values);
        entry.passed = verdict == MatchVerdict::Yes;
        entry.undecided = verdict == MatchVerdict::Undecided;
        if (verdict == MatchVerdict::No || all == MatchVerdict::Yes)
            all = verdict;
        trace.push_back(std::move(entry));
    }
    return all;
}

MatchVerdict RuleMatcher::decideNode(const Node &node, const MatchContext &context,
                                     std::vector<ConditionTrace> &trace)
{
    if (!node.leaves.empty())
        return decideLeaf(node.leaves.front(), context, trace);
    // Every child is asked, also when the result is already certain: the trace is to show all that
    // was wrong.
    std::size_t held = 0;
    std::size_t undecided = 0;
    for (const Node &child : node.children) {
        const std::size_t from = trace.size();
        const MatchVerdict verdict = decideNode(child, context, trace);
        held += verdict == MatchVerdict::Yes ? 1 : 0;
        undecided += verdict == MatchVerdict::Undecided ? 1 : 0;
        if (node.kind == RuleGroup::Kind::None) {
            for (std::size_t i = from; i < trace.size(); ++i) {
                trace[i].expected = "none of: " + trace[i].expected;
                trace[i].passed = !trace[i].passed && !trace[i].undecided;
            }
        }
    }
    if (node.kind == RuleGroup::Kind::All) {
        if (held + undecided < node.children.size())
            return MatchVerdict::No;
        return undecided > 0 ? MatchVerdict::Undecided : MatchVerdict::Yes;
    }
    MatchVerdict any = verdictOf(held > 0);
    if (held == 0 && undecided > 0)
        any = MatchVerdict::Undecided;
    return node.kind == RuleGroup::Kind::None ? negationOf(any) : any;
}

std::vector<ConditionTrace> RuleMatcher::violations(const MatchContext &context) const
{
    std::vector<ConditionTrace> out;
    if (m_off.empty())
        collectViolations(m_root, context, out);
    return out;
}

void RuleMatcher::collectViolations(const Node &node, const MatchContext &context,
                                    std::vector<ConditionTrace> &out)
{
    for (const Node &child : node.children) {
        if (node.kind == RuleGroup::Kind::None)
            collectFailures(child, context, out);
        else
            collectViolations(child, context, out);
    }
}

void RuleMatcher::collectFailures(const Node &node, const MatchContext &context,
                                  std::vector<ConditionTrace> &out)
{
    const std::size_t from = out.size();
    std::vector<ConditionTrace> trace;
    if (decideNode(node, context, trace) == MatchVerdict::Yes)
        return;
    if (node.children.empty() || node.kind == RuleGroup::Kind::None) {
        std::erase_if(trace, [](const ConditionTrace &condition) { return condition.passed; });
        // What is not there has no value to say more of.
        if (!trace.empty() && trace.front().expected == "present")
            trace.resize(1);
        std::move(trace.begin(), trace.end(), std::back_inserter(out));
        return;
    }
    for (const Node &child : node.children)
        collectFailures(child, context, out);
    if (node.kind == RuleGroup::Kind::All)
        return;
    const auto isException = [](const ConditionTrace &condition) {
        return condition.expected == "absent" || condition.expected == "empty"
               || condition.expected == "equals ''" || condition.expected.starts_with("not ");
    };
    const auto begin = out.begin() + static_cast<std::ptrdiff_t>(from);
    if (!std::all_of(begin, out.end(), isException))
        out.erase(std::remove_if(begin, out.end(), isException), out.end());
}

template<class Use>
void RuleMatcher::forEachLeaf(const Node &node, const Use &use)
{
    for (const Leaf &leaf : node.leaves)
        use(leaf);
    for (const Node &child : node.children)
        forEachLeaf(child, use);
}

std::vector<std::string> RuleMatcher::remarks() const
{
    std::vector<std::string> out;
    forEachLeaf(m_root, [&](const Leaf &leaf) {
        for (const CompiledCondition &condition : leaf.conditions) {
            for (std::string &remark : condition.remarks())
                out.push_back(std::move(remark));
        }
    });
    return out;
}

} // namespace understudy
