// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockserver/expectation.h"

#include "core/base/text.h"
#include "core/formats/mockserver/answer.h"
#include "core/formats/mockserver/request.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/translation.h"

#include <algorithm>
#include <array>

namespace understudy::formats::mockserver {

using recorded::fieldOf;
using recorded::textOf;
using yaml::Node;

namespace {

/// What an expectation does. Those without a translation are off.
struct ActionRow
{
    std::string_view key;
    void (*translate)(const Node &action, Response &response, const Translation &scope);
    std::string_view otherwise; ///< what it would do
};

constexpr std::array kActions{
    ActionRow{"httpResponse", translateResponse, {}},
    ActionRow{"httpError", translateError, {}},
    ActionRow{"httpResponseTemplate", nullptr, "its answer is a template of MockServer"},
    ActionRow{"httpResponseClassCallback", nullptr, "its answer is made by a Java class"},
    ActionRow{"httpResponseObjectCallback", nullptr, "its answer is made by a running program"},
    ActionRow{"httpForward", nullptr, "requests are not passed on by this version"},
    ActionRow{"httpForwardTemplate", nullptr, "requests are not passed on by this version"},
    ActionRow{"httpForwardClassCallback", nullptr, "requests are not passed on by this version"},
    ActionRow{"httpForwardObjectCallback", nullptr, "requests are not passed on by this version"},
    ActionRow{"httpOverrideForwardedRequest", nullptr,
              "requests are not passed on by this version"},
};

constexpr std::array<std::string_view, 16> kKnownOfExpectation{"id",
                                                               "priority",
                                                               "httpRequest",
                                                               "times",
                                                               "timeToLive",
                                                               "httpResponse",
                                                               "httpError",
                                                               "httpResponseTemplate",
                                                               "httpResponseClassCallback",
                                                               "httpResponseObjectCallback",
                                                               "httpForward",
                                                               "httpForwardTemplate",
                                                               "httpForwardClassCallback",
                                                               "httpForwardObjectCallback",
                                                               "httpOverrideForwardedRequest",
                                                               "specUrlOrPayload"};

void act(const Node &node, Response &response, Translation &scope)
{
    bool hasAction = false;
    for (const ActionRow &row : kActions) {
        const Node *action = fieldOf(&node, row.key);
        if (!action || action->isNull())
            continue;
        if (hasAction)
            scope.notServed("it has another action; '" + std::string(row.key)
                                + "' has no effect here",
                            action->start);
        else if (row.translate && !action->isMap())
            scope.switchOff("'" + std::string(row.key) + "' is no object", action->start);
        else if (row.translate)
            row.translate(*action, response, scope);
        else
            scope.switchOff(std::string(row.otherwise) + " ('" + std::string(row.key) + "')",
                            action->start);
        hasAction = true;
    }
    if (!hasAction && !fieldOf(&node, "specUrlOrPayload"))
        scope.switchOff("it has no action such as 'httpResponse'", node.start);
}

/// How often, and how long.
void limit(const Node &node, Response &response, const Translation &scope)
{
    constexpr double kMostTimes = 1e15;
    const Node *times = fieldOf(&node, "times");
    if (times && !recorded::isTrue(times, "unlimited")) {
        if (const auto count = recorded::numberOf(times, "remainingTimes"))
            response.times = static_cast<std::uint64_t>(std::clamp(*count, 0.0, kMostTimes));
        else if (!times->isNull())
            scope.changed("'times' says no number; it answers any number of times", times->start);
    }
    const Node *life = fieldOf(&node, "timeToLive");
    if (life && life->isMap() && !recorded::isTrue(life, "unlimited"))
        scope.notServed("'timeToLive' has no effect: it answers as long as the server runs",
                        life->start);
}

/// Ids that people gave, or a UUID of MockServer's: both stay what they are.
std::string stableId(const Node &node)
{
    constexpr std::size_t kLongest = 80;
    const std::string id = textOf(&node, "id");
    const bool isPlain = std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= '0' && c <= '9') || (text::lower(c) >= 'a' && text::lower(c) <= 'z')
               || c == '-' || c == '_' || c == '.';
    });
    return isPlain && id.size() <= kLongest ? id : std::string();
}

} // namespace

bool isExpectation(const Node &node)
{
    return node.isMap()
           && (node.find("httpRequest") || node.find("specUrlOrPayload")
               || std::any_of(kActions.begin(), kActions.end(),
                              [&](const ActionRow &row) { return node.find(row.key); }));
}

bool isOfALog(const Node &node)
{
    const Node *request = fieldOf(&node, "httpRequest");
    return request && (fieldOf(request, "requestMethod") || fieldOf(request, "requestUrl"));
}

ReadExpectation readExpectation(const Node &node, Notes &notes)
{
    const Node *request = fieldOf(&node, "httpRequest");
    Translation scope(notes, subjectOf(request), "expectation");
    ReadExpectation out;
    Response response;
    if (const Node *spec = fieldOf(&node, "specUrlOrPayload"))
        scope.switchOff("it stands for an OpenAPI document; import that by itself", spec->start);
    translateRequest(request, out.endpoint, response.when, scope);
    const yaml::Mark at = request ? request->start : node.start;
    out.endpoint.origin = {at.line, at.column};
    act(node, response, scope);
    limit(node, response, scope);
    scope.noteOthers(node, kKnownOfExpectation, "an expectation");
    const Node *priority = fieldOf(&node, "priority");
    if (priority && !priority->isNull()) {
        const auto number = recorded::numberOf(*priority);
        if (!number)
            scope.changed("its priority is no number; it is 0", priority->start);
        out.priority = number.value_or(0);
    }
    out.endpoint.id = stableId(node);
    out.endpoint.enabled = scope.isServed();
    out.endpoint.responses.push_back(std::move(response));
    return out;
}

} // namespace understudy::formats::mockserver
