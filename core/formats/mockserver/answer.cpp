// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockserver/answer.h"

#include "core/base/text.h"
#include "core/formats/mockserver/body.h"
#include "core/formats/mockserver/delay.h"
#include "core/formats/recorded/fields.h"
#include "core/http/header_list.h"
#include "core/http/status.h"

#include <array>

namespace understudy::formats::mockserver {

using recorded::fieldOf;
using recorded::textOf;
using yaml::Node;

namespace {

constexpr std::string_view kJsonType = "application/json";
constexpr std::string_view kXmlType = "application/xml; charset=utf-8";

constexpr std::array<std::string_view, 7> kKnownOfResponse{
    "statusCode", "reasonPhrase", "headers", "cookies", "body", "delay", "connectionOptions"};
constexpr std::array<std::string_view, 3> kKnownOfOptions{"closeSocket", "keepAliveOverride",
                                                          "chunkSize"};
constexpr std::array<std::string_view, 3> kKnownOfError{"delay", "dropConnection", "responseBytes"};

/// Calls `add(name, value, mark)` for each value of a map or a list of named values.
template<class Add>
void eachNamed(const Node *named, Add add)
{
    const auto values = [&](const std::string &name, const Node *value, yaml::Mark at) {
        if (!value)
            return;
        if (!value->isList())
            add(name, textOf(value).value_or(std::string()), at);
        for (const Node &item : value->items) {
            if (value->isList())
                add(name, textOf(&item).value_or(std::string()), at);
        }
    };
    if (!named)
        return;
    for (std::size_t i = 0; i < named->items.size(); ++i) {
        const Node &item = named->items[i];
        if (named->isMap()) {
            values(named->keys[i].text, &item, named->keys[i].at);
        } else {
            const Node *several = fieldOf(&item, "values");
            values(textOf(&item, "name"), several ? several : fieldOf(&item, "value"), item.start);
        }
    }
}

/// A Content-Type that the body brings along, where the headers say none.
void ensureType(Response &response, std::string_view type)
{
    if (!type.empty() && http::isFieldValue(type)
        && !http::findHeader(response.headers, "Content-Type"))
        response.headers.push_back({"Content-Type", std::string(type)});
}

void translateContent(const Node &body, Response &response, const Translation &scope)
{
    const TypedBody typed = typedBody(body);
    const std::string ownType = body.isMap() ? textOf(&body, "contentType") : std::string();
    const std::string text = typed.value ? textOf(typed.value).value_or(std::string()) : "";
    if (typed.value != &body)
        ensureType(response, ownType);
    if (typed.type == "FILE") {
        scope.setFile(response, textOf(&body, "filePath"), body.start);
    } else if (typed.type == "JSON" && typed.value) {
        ensureType(response, kJsonType);
        // A text that is JSON is sent as it is written.
        const bool isText = typed.value->isScalar() && typed.value->style != Node::Style::Plain;
        response.body = isText ? Body::text(text) : jsonBody(yaml::toJson(*typed.value));
    } else if (typed.type == "XML") {
        ensureType(response, kXmlType);
        response.body = Body::text(text);
    } else if (typed.type == "BINARY") {
        recorded::setBase64(response, text, "application/octet-stream",
                            scope.answerScope(body.start));
    } else if (typed.type == "STRING") {
        response.body = text.empty() ? Body() : Body::text(text);
    } else {
        scope.notServed("a body of the type " + text::inQuotes(recorded::oneLine(typed.type))
                            + " is not sent",
                        body.start);
    }
}

void connectionOptions(const Node &options, Response &response, const Translation &scope)
{
    if (recorded::isTrue(&options, "closeSocket")
        || textOf(&options, "keepAliveOverride") == "false")
        response.headers.push_back({"Connection", "close"});
    if (const auto size = recorded::numberOf(&options, "chunkSize"); size && *size > 0) {
        response.headers.push_back({"Transfer-Encoding", "chunked"});
        scope.changed("the body is sent in chunks, but of other sizes",
                      fieldOf(&options, "chunkSize")->start);
    }
    scope.noteOthers(options, kKnownOfOptions, "'connectionOptions'");
}

} // namespace

void translateResponse(const Node &action, Response &response, const Translation &scope)
{
    scope.setStatus(response, fieldOf(&action, "statusCode"));
    recorded::setReason(response, textOf(&action, "reasonPhrase"));
    eachNamed(fieldOf(&action, "headers"),
              [&](const std::string &name, const std::string &value, yaml::Mark at) {
                  recorded::addWrittenHeader(response, name, value, scope.answerScope(at));
              });
    eachNamed(fieldOf(&action, "cookies"),
              [&](const std::string &name, const std::string &value, yaml::Mark at) {
                  recorded::addWrittenHeader(response, "Set-Cookie", name + '=' + value,
                                             scope.answerScope(at));
              });
    if (const Node *body = fieldOf(&action, "body"); body && !body->isNull())
        translateContent(*body, response, scope);
    if (const Node *delay = fieldOf(&action, "delay"))
        response.behaviour.latency.head = translateDelay(*delay, scope);
    if (const Node *options = recorded::mapOf(&action, "connectionOptions"))
        connectionOptions(*options, response, scope);
    scope.noteOthers(action, kKnownOfResponse, "a response");
}

void translateError(const Node &action, Response &response, const Translation &scope)
{
    Fault fault;
    fault.kind = FaultKind::Close;
    fault.at = FaultPlace::Head;
    const Node *bytes = fieldOf(&action, "responseBytes");
    if (bytes && !bytes->isNull()) {
        fault.kind = FaultKind::Garbage;
        scope.changed("'responseBytes': bytes that are no HTTP are sent, but other ones",
                      bytes->start);
    }
    response.behaviour.faults.push_back(std::move(fault));
    if (const Node *delay = fieldOf(&action, "delay"))
        response.behaviour.latency.head = translateDelay(*delay, scope);
    scope.noteOthers(action, kKnownOfError, "an error");
}

} // namespace understudy::formats::mockserver
