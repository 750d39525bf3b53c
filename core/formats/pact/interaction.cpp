// SPDX-License-Identifier: Apache-2.0
#include "core/formats/pact/interaction.h"

#include "core/base/text.h"
#include "core/formats/pact/content.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/rule_parts.h"

#include <array>

namespace understudy::formats::pact {

using recorded::fieldOf;
using recorded::textOf;
using yaml::Node;

namespace {

constexpr std::array<std::string_view, 5> kKnownOfAnswer{"status", "headers", "body",
                                                         "matchingRules", "generators"};
constexpr std::array<std::string_view, 12> kKnownOfInteraction{
    "_id",     "type",     "key",           "description",    "request",        "response",
    "pending", "comments", "providerState", "provider_state", "providerStates", "transport"};

std::vector<std::string> statesOf(const Node &node)
{
    std::vector<std::string> out;
    for (const std::string_view key : {"providerState", "provider_state"}) {
        if (const std::string state = textOf(&node, key); !state.empty())
            out.push_back(state);
    }
    for (const Node &state : recorded::listOf(&node, "providerStates")) {
        if (const std::string name = textOf(&state, "name"); !name.empty())
            out.push_back(name);
    }
    return out;
}

void translateAnswer(const Node &node, bool isVersion4, Response &out, Translation &scope)
{
    scope.setStatus(out, fieldOf(&node, "status"));
    std::string mediaType;
    const Node *headers = recorded::mapOf(&node, "headers");
    for (std::size_t i = 0; headers && i < headers->items.size(); ++i) {
        const std::string &name = headers->keys[i].text;
        for (const std::string &value : headerValues(headers->items[i])) {
            recorded::addWrittenHeader(out, name, value, scope.answerScope(headers->keys[i].at));
            if (text::equalsIgnoreCase(name, "Content-Type"))
                mediaType = value;
        }
    }
    const Content content = readContent(node, mediaType, isVersion4);
    const recorded::AnswerScope at = scope.answerScope(content.at);
    if (content.kind == Content::Kind::Text)
        recorded::setText(out, content.text, content.mediaType, at);
    else if (content.kind == Content::Kind::Base64)
        recorded::setBase64(out, content.text, content.mediaType, at);
    else if (content.kind == Content::Kind::Json) {
        out.body = jsonBody(content.json);
        if (!http::findHeader(out.headers, "Content-Type") && http::isFieldValue(content.mediaType))
            out.headers.push_back({"Content-Type", content.mediaType});
    }
    scope.noteOthers(node, kKnownOfAnswer, "a response");
}

/// Values that Pact would make anew each time.
void noteGenerators(const Node *part, const Translation &scope)
{
    const Node *generators = fieldOf(part, "generators");
    if (generators && !generators->items.empty())
        scope.notServed("its generators have no effect: values are as they are written",
                        generators->start);
}

} // namespace

Interaction readInteraction(const Node &node, bool isVersion4, Notes &notes)
{
    const Node *request = recorded::mapOf(&node, "request");
    const Node *response = recorded::mapOf(&node, "response");
    Translation scope(notes, subjectOf(request), "interaction");
    Interaction out;
    out.at = node.start;
    out.states = statesOf(node);
    out.response.name = recorded::oneLine(textOf(&node, "description"));
    if (!out.states.empty()) {
        JsonArray names;
        for (const std::string &state : out.states)
            names.emplace_back(text::asUtf8(state));
        out.response.extensions.set("x-pact-states", std::move(names));
    }
    if (request)
        out.request = translateRequest(*request, isVersion4, out.endpoint, scope);
    if (response)
        translateAnswer(*response, isVersion4, out.response, scope);
    if (!request || !response)
        scope.switchOff("an interaction has an object 'request' and an object 'response'",
                        node.start);
    noteGenerators(request, scope);
    noteGenerators(response, scope);
    if (const std::string transport = textOf(&node, "transport");
        !transport.empty() && transport != "http" && transport != "https")
        scope.switchOff("its transport " + text::inQuotes(recorded::oneLine(transport))
                            + " is not HTTP",
                        fieldOf(&node, "transport")->start);
    scope.noteOthers(node, kKnownOfInteraction, "an interaction");
    out.isServed = scope.isServed();
    return out;
}

} // namespace understudy::formats::pact
