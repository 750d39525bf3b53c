// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/response_rules.h"

#include "core/formats/as_pattern.h"

#include <utility>

namespace understudy::formats::openapi {

namespace {

Rule matches(RuleTarget target, std::string regex)
{
    Condition condition;
    condition.op = RuleOperator::Matches;
    condition.value = std::move(regex);
    RuleLeaf leaf;
    leaf.target = std::move(target);
    leaf.conditions.push_back(std::move(condition));
    return {std::move(leaf)};
}

Rule headerMatches(std::string_view header, std::string regex)
{
    return matches({RuleTarget::Kind::Header, std::string(header), {}}, std::move(regex));
}

std::string_view withoutParameters(std::string_view type) { return type.substr(0, type.find(';')); }

} // namespace

// A preference may stand anywhere in the header, with quotes or without.
Rule prefersCode(int status)
{
    return headerMatches("Prefer", "\\bcode=\"?" + std::to_string(status) + "\\b");
}

Rule prefersNoOtherCode(int status)
{
    RuleGroup none;
    none.kind = RuleGroup::Kind::None;
    none.rules.push_back(
        headerMatches("Prefer", "\\bcode=\"?(?!" + std::to_string(status) + "\\b)\\d"));
    return {std::move(none)};
}

Rule prefersExample(std::string_view name)
{
    return headerMatches("Prefer", "\\bexample=\"?" + asPattern(name) + "\"?\\s*(?:[,;]|$)");
}

Rule prefersDynamic() { return headerMatches("Prefer", "\\bdynamic=\"?true\\b"); }

Rule accepts(std::string_view type, std::string_view usual)
{
    const std::string own = asPattern(withoutParameters(type));
    const std::string other = asPattern(withoutParameters(usual));
    const std::string first = "^\\s*" + own + "\\s*(?:[,;]|$)";
    const std::string only = "^(?!.*(?:" + other + "|\\*/\\*)).*" + own + "\\s*(?:[,;]|$)";
    return headerMatches("Accept", "(?i)" + first + "|" + only);
}

Rule pathParameterMatches(std::string_view name, std::string regex)
{
    return matches({RuleTarget::Kind::PathParameter, std::string(name), {}}, std::move(regex));
}

} // namespace understudy::formats::openapi
