// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/stubs.h"

#include "core/base/text.h"
#include "core/formats/endpoint_order.h"
#include "core/formats/wiremock/answer.h"
#include "core/formats/wiremock/request.h"
#include "core/formats/wiremock/webhooks.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace understudy::formats::wiremock {

namespace {

/// What stands beside request and response.
void readScenario(const Node &stub, Endpoint &endpoint, Response &response)
{
    const std::string scenario = textIn(stub, "scenarioName");
    const std::string required = textIn(stub, "requiredScenarioState");
    const std::string next = textIn(stub, "newScenarioState");
    if (scenario.empty())
        return;
    if (!required.empty())
        endpoint.requires_ = ScenarioState{scenario, required};
    if (!next.empty())
        response.sets = ScenarioState{scenario, next};
}

/// What has no word here, so that an export finds it again.
void keepTheRest(const Node &stub, Endpoint &endpoint)
{
    constexpr std::array<std::string_view, 4> kKept{"id", "uuid", "metadata", "persistent"};
    JsonObject kept;
    for (const std::string_view key : kKept) {
        const Node *value = member(stub, key);
        if (value && !(key == "uuid" && stub.find("id")))
            kept.set(key == "uuid" ? "id" : key, yaml::toJson(*value));
    }
    if (!kept.empty())
        endpoint.extensions.set("x-wiremock", std::move(kept));
}

void readUnknown(const Node &stub, StubScope &scope)
{
    constexpr std::array<std::string_view, 15> kKnown{"id",
                                                      "uuid",
                                                      "name",
                                                      "request",
                                                      "response",
                                                      "persistent",
                                                      "priority",
                                                      "scenarioName",
                                                      "requiredScenarioState",
                                                      "newScenarioState",
                                                      "postServeActions",
                                                      "serveEventListeners",
                                                      "metadata",
                                                      "insertionIndex",
                                                      "$schema"};
    for (const Node::Key &key : stub.keys) {
        if (std::find(kKnown.begin(), kKnown.end(), key.text) == kKnown.end())
            scope.notes.notServed(scope.subject, text::inQuotes(key.text) + " is no key of a stub",
                                  key.at);
    }
}

Endpoint translateStub(const FoundStub &found)
{
    const Node &stub = *found.node;
    const Node *request = member(stub, "request");
    StubScope scope{*found.notes, subjectOf(request)};
    Endpoint out;
    out.name = textIn(stub, "name");
    const yaml::Mark at = request ? request->start : stub.start;
    out.origin = {at.line, at.column, found.file};
    RequestPattern pattern = translateRequest(request, scope);
    Answer answer = translateAnswer(member(stub, "response"), scope);
    out.methods = std::move(pattern.methods);
    out.path = std::move(pattern.path);
    if (out.name.empty() && out.path.starts_with("regex:"))
        out.name = pattern.label;
    std::replace_if(
        out.name.begin(), out.name.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    out.enabled = pattern.isServed && answer.isServed;
    if (const Node *priority = member(stub, "priority")) {
        if (const auto number = numberIn(stub, "priority"))
            out.priority = static_cast<int>(
                std::clamp<std::int64_t>(*number, -1'000'000'000, 1'000'000'000));
        else
            scope.notes.changed(scope.subject,
                                "the priority " + text::inQuotes(priority->text)
                                    + " is no number; it is 5",
                                priority->start);
    }
    out.behaviour.latency.head = answer.fixedDelay;
    Response &response = answer.response;
    response.when = std::move(pattern.when);
    response.callbacks = translateWebhooks(stub, scope);
    readScenario(stub, out, response);
    keepTheRest(stub, out);
    readUnknown(stub, scope);
    out.responses.push_back(std::move(response));
    return out;
}

/// Endpoints, and what the order has to know of them.
struct Ordered
{
    std::vector<Endpoint> endpoints;
    std::vector<OrderedEndpoint> shapes;
};

bool mayAnswerTheSame(const OrderedEndpoint &a, const OrderedEndpoint &b)
{
    const auto has = [](const OrderedEndpoint &one, const std::string &method) {
        return std::find(one.methods.begin(), one.methods.end(), method) != one.methods.end();
    };
    const bool shares = has(a, "ANY") || has(b, "ANY")
                        || std::any_of(a.methods.begin(), a.methods.end(),
                                       [&](const std::string &method) { return has(b, method); });
    return shares && canOverlap(a.shapes.front(), b.shapes.front());
}

/// Puts each endpoint before those that are older and may answer the same, and leaves the others
/// where they were.
std::vector<std::size_t> newestFirst(const std::vector<OrderedEndpoint> &shapes)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const auto place = std::find_if(order.begin(), order.end(), [&](std::size_t older) {
            return shapes[older].priority == shapes[i].priority
                   && mayAnswerTheSame(shapes[older], shapes[i]);
        });
        order.insert(place, i);
    }
    return order;
}

} // namespace

std::vector<Item> translateStubs(const std::vector<FoundStub> &stubs)
{
    std::vector<Endpoint> endpoints;
    std::vector<OrderedEndpoint> shapes;
    for (const FoundStub &found : stubs) {
        Endpoint endpoint = translateStub(found);
        auto pattern = parsePathPattern(endpoint.path);
        if (!pattern) {
            found.notes->notServed(endpoint.path, pattern.error().message, found.node->start);
            endpoint.enabled = false;
            endpoint.path = "/";
            pattern = parsePathPattern(endpoint.path);
        }
        shapes.push_back({{*std::move(pattern)}, endpoint.methods, endpoint.priority});
        endpoints.push_back(std::move(endpoint));
    }
    const std::vector<std::size_t> order = newestFirst(shapes);
    std::vector<std::size_t> byPriority = order;
    std::stable_sort(byPriority.begin(), byPriority.end(), [&](std::size_t a, std::size_t b) {
        return shapes[a].priority < shapes[b].priority;
    });
    std::vector<OrderedEndpoint> tried;
    tried.reserve(byPriority.size());
    for (const std::size_t i : byPriority)
        tried.push_back(shapes[i]);
    keepOrder(tried);
    for (std::size_t i = 0; i < byPriority.size(); ++i)
        endpoints[byPriority[i]].priority = tried[i].priority;
    std::vector<Item> items;
    items.reserve(order.size());
    for (const std::size_t i : order)
        items.emplace_back(std::move(endpoints[i]));
    return items;
}

} // namespace understudy::formats::wiremock
