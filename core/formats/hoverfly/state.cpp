// SPDX-License-Identifier: Apache-2.0
#include "core/formats/hoverfly/state.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/rule_parts.h"

namespace understudy::formats::hoverfly {

using yaml::Node;

namespace {

constexpr std::string_view kFirstState = "Started";

/// As our scenarios have it, which begin in that state.
std::string stateOf(const std::string &key, std::string value)
{
    value = recorded::oneLine(std::move(value));
    return key.starts_with("sequence:") && value == "1" ? std::string(kFirstState) : value;
}

} // namespace

int requireState(const Node &required, Endpoint &endpoint, std::vector<Rule> &rules)
{
    int score = 0;
    for (std::size_t i = 0; i < required.items.size(); ++i) {
        const std::string scenario = recorded::oneLine(required.keys[i].text);
        if (scenario.empty())
            continue;
        ++score;
        std::string state
            = stateOf(scenario, recorded::textOf(&required.items[i]).value_or(std::string()));
        if (!endpoint.requires_)
            endpoint.requires_ = ScenarioState{scenario, std::move(state)};
        else
            rules.push_back(
                leaf(RuleTarget::Kind::State, scenario, RuleOperator::Equals, std::move(state)));
    }
    return score;
}

void changeState(const Node &response, Response &out, const Translation &scope)
{
    const auto change = [&](const std::string &key, std::string state, yaml::Mark at) {
        const std::string scenario = recorded::oneLine(key);
        if (scenario.empty())
            return;
        if (out.sets)
            scope.notServed("a response sets one state here; " + text::inQuotes(scenario)
                                + " stays as it is",
                            at);
        else
            out.sets = ScenarioState{scenario, stateOf(scenario, std::move(state))};
    };
    if (const Node *next = recorded::mapOf(&response, "transitionsState")) {
        for (std::size_t i = 0; i < next->items.size(); ++i)
            change(next->keys[i].text, recorded::textOf(&next->items[i]).value_or(std::string()),
                   next->keys[i].at);
    }
    for (const Node &key : recorded::listOf(&response, "removesState"))
        change(recorded::textOf(&key).value_or(std::string()), std::string(kFirstState), key.start);
}

} // namespace understudy::formats::hoverfly
