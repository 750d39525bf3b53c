// SPDX-License-Identifier: Apache-2.0
#include "core/formats/rule_parts.h"

#include <utility>

namespace understudy::formats {

Rule leaf(RuleTarget target, RuleOperator op, JsonValue value, JsonObject options)
{
    RuleLeaf out;
    out.target = std::move(target);
    out.conditions.push_back({op, std::move(value), std::move(options), false});
    return {std::move(out)};
}

Rule leaf(RuleTarget::Kind kind, std::string name, RuleOperator op, JsonValue value)
{
    return leaf({kind, std::move(name), {}}, op, std::move(value));
}

Rule group(RuleGroup::Kind kind, std::vector<Rule> rules)
{
    if (rules.size() == 1 && kind != RuleGroup::Kind::None)
        return std::move(rules.front());
    return {RuleGroup{kind, std::move(rules)}};
}

Rule anyOf(std::vector<Rule> rules) { return group(RuleGroup::Kind::Any, std::move(rules)); }
Rule allOf(std::vector<Rule> rules) { return group(RuleGroup::Kind::All, std::move(rules)); }
Rule noneOf(std::vector<Rule> rules) { return group(RuleGroup::Kind::None, std::move(rules)); }

Rule always() { return leaf(RuleTarget::Kind::Path, {}, RuleOperator::StartsWith, "/"); }

Rule never() { return noneOf({always()}); }

} // namespace understudy::formats
