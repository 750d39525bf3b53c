// SPDX-License-Identifier: Apache-2.0
#include "core/formats/har/recorded_entry.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"

namespace understudy::formats::har {

using recorded::fieldOf;
using recorded::listOf;
using recorded::mapOf;
using recorded::numberOf;
using recorded::textOf;

namespace {

http::HeaderList headersIn(const yaml::Node *message)
{
    http::HeaderList out;
    for (const yaml::Node &header : listOf(message, "headers"))
        out.push_back({textOf(&header, "name"), textOf(&header, "value")});
    return out;
}

/// -1 stands for what is not known, or does not apply.
std::optional<double> amountOf(const yaml::Node *node, std::string_view key)
{
    const auto number = numberOf(node, key);
    return number && *number >= 0 ? number : std::nullopt;
}

RecordedBody bodyIn(const yaml::Node *content)
{
    RecordedBody out;
    out.mediaType = textOf(content, "mimeType");
    out.text = textOf(fieldOf(content, "text"));
    out.isBase64 = text::equalsIgnoreCase(textOf(content, "encoding"), "base64");
    out.size = amountOf(content, "size");
    // The format has no encoding for the bodies of requests; our own archives have this.
    if (auto bytes = textOf(fieldOf(content, "_base64"))) {
        out.text = std::move(bytes);
        out.isBase64 = true;
    }
    for (const yaml::Node &field : listOf(content, "params"))
        out.fields.push_back({textOf(&field, "name"), textOf(&field, "value"),
                              fieldOf(&field, "fileName") != nullptr});
    return out;
}

RecordedTimings timingsIn(const yaml::Node &entry)
{
    const yaml::Node *timings = mapOf(&entry, "timings");
    RecordedTimings out;
    out.dns = amountOf(timings, "dns");
    out.blocked = amountOf(timings, "blocked");
    out.connect = amountOf(timings, "connect");
    out.ssl = amountOf(timings, "ssl");
    out.send = amountOf(timings, "send");
    out.wait = amountOf(timings, "wait");
    out.receive = amountOf(timings, "receive");
    out.total = amountOf(&entry, "time");
    return out;
}

/// Browsers say in fields of their own why there is no answer.
std::string errorIn(const yaml::Node &entry, const yaml::Node *response)
{
    for (const yaml::Node *place : {response, &entry}) {
        if (std::string error = textOf(place, "_error"); !error.empty())
            return error;
    }
    return {};
}

} // namespace

Result<RecordedEntry> readRecorded(const yaml::Node &node)
{
    const yaml::Node *request = mapOf(&node, "request");
    const yaml::Node *response = mapOf(&node, "response");
    if (!request || !response)
        return Error{ErrorCode::Invalid,
                     std::string("it has no ") + (request ? "'response'" : "'request'"),
                     {{}, node.start.line, node.start.column}};
    RecordedEntry out;
    out.at = node.start;
    out.started = textOf(&node, "startedDateTime");
    out.method = textOf(request, "method");
    out.url = textOf(request, "url");
    out.requestVersion = textOf(request, "httpVersion");
    out.requestHeaders = headersIn(request);
    out.requestBody = bodyIn(mapOf(request, "postData"));
    out.requestSize = amountOf(request, "bodySize");
    out.status = numberOf(response, "status").value_or(0);
    out.reason = textOf(response, "statusText");
    out.responseVersion = textOf(response, "httpVersion");
    out.responseHeaders = headersIn(response);
    out.responseBody = bodyIn(mapOf(response, "content"));
    out.responseSize = amountOf(response, "bodySize");
    out.timings = timingsIn(node);
    out.connection = textOf(&node, "connection");
    out.error = errorIn(node, response);
    out.comment = textOf(&node, "comment");
    return out;
}

} // namespace understudy::formats::har
