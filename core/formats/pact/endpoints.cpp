// SPDX-License-Identifier: Apache-2.0
#include "core/formats/pact/interaction.h"

#include "core/formats/rule_parts.h"

#include <algorithm>
#include <unordered_map>

namespace understudy::formats::pact {

using Kind = RuleTarget::Kind;

namespace {

constexpr const char *kStateHeader = "X-Provider-State";

/// The interactions of one method and path.
using PathGroup = std::vector<Interaction>;

/// With the header, those of other states do not answer.
Rule stateRule(const std::vector<std::string> &states)
{
    const RuleTarget header{Kind::Header, kStateHeader, {}};
    Rule none = leaf(header, RuleOperator::Absent, true);
    if (states.empty())
        return none;
    JsonArray names;
    for (const std::string &state : states)
        names.emplace_back(state);
    return anyOf({std::move(none), leaf(header, RuleOperator::OneOf, std::move(names))});
}

Response answerFor(const Interaction &interaction, bool asksForHeaders, bool asksForState)
{
    Response out = interaction.response;
    std::vector<Rule> rules = interaction.request.rules;
    if (asksForHeaders)
        rules.insert(rules.end(), interaction.request.headers.begin(),
                     interaction.request.headers.end());
    if (asksForState)
        rules.push_back(stateRule(interaction.states));
    if (!rules.empty())
        out.when = allOf(std::move(rules));
    if (!interaction.isServed)
        out.times = 0;
    return out;
}

Endpoint endpointOf(const PathGroup &group)
{
    Endpoint out = group.front().endpoint;
    out.enabled = std::any_of(group.begin(), group.end(),
                              [](const Interaction &one) { return one.isServed; });
    const bool isOne = group.size() == 1;
    const bool hasStates
        = !isOne && std::any_of(group.begin(), group.end(), [](const Interaction &one) {
              return !one.states.empty();
          });
    if (isOne)
        out.name = group.front().response.name;
    for (const Interaction &one : group)
        out.responses.push_back(answerFor(one, !isOne, hasStates));
    if (isOne)
        return out;
    // Then with fewer headers than they ask for, those that ask for the fewest first.
    std::vector<const Interaction *> others;
    for (const Interaction &one : group) {
        if (!one.request.headers.empty())
            others.push_back(&one);
    }
    std::stable_sort(others.begin(), others.end(), [](const Interaction *a, const Interaction *b) {
        return a->request.headers.size() < b->request.headers.size();
    });
    for (const Interaction *one : others) {
        Response response = answerFor(*one, false, hasStates);
        response.name += response.name.empty() ? "" : " (other headers)";
        out.responses.push_back(std::move(response));
    }
    return out;
}

} // namespace

std::vector<Endpoint> makeEndpoints(std::vector<Interaction> interactions, Notes &notes)
{
    std::vector<PathGroup> groups;
    std::unordered_map<std::string, std::size_t> places;
    bool hasHeaders = false;
    for (Interaction &one : interactions) {
        if (!one.request.headers.empty() && !hasHeaders) {
            hasHeaders = true;
            notes.changed({},
                          "headers tell interactions apart and are not required, as in Pact's stub "
                          "server",
                          one.at);
        }
        const std::string key = one.endpoint.methods.front() + ' ' + one.endpoint.path;
        const auto [place, isNew] = places.emplace(key, groups.size());
        if (isNew)
            groups.emplace_back();
        groups[place->second].push_back(std::move(one));
    }
    std::vector<Endpoint> out;
    out.reserve(groups.size());
    for (const PathGroup &group : groups)
        out.push_back(endpointOf(group));
    return out;
}

} // namespace understudy::formats::pact
