// SPDX-License-Identifier: Apache-2.0
#include "core/formats/response_export.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/http/mime_type.h"
#include "core/http/status.h"

#include <algorithm>

namespace understudy::formats {

namespace {

/// What we send where no header says another; empty: nothing.
std::string typeOfBody(const Body &body)
{
    switch (body.kind) {
    case Body::Kind::Text:
        return body.content.empty() ? "" : "text/plain; charset=utf-8";
    case Body::Kind::Json:
        return "application/json";
    case Body::Kind::File:
        return std::string(http::mimeTypeOf(body.content));
    default:
        return {};
    }
}

bool hasHeader(const JsonObject &headers, std::string_view name)
{
    return std::any_of(headers.begin(), headers.end(), [&](const JsonMember &member) {
        return text::equalsIgnoreCase(member.name, name);
    });
}

} // namespace

bool hasStub(const EndpointVisit &visit, ExportReport &report)
{
    const Endpoint &endpoint = visit.endpoint;
    report.subject
        = (endpoint.methods.empty() ? "ANY" : endpoint.methods.front()) + ' ' + endpoint.path;
    if (!visit.enabled)
        report.changed("is switched off; it is left out");
    else if (!endpoint.crud.empty())
        report.noWord("an endpoint of a bucket's operations");
    return visit.enabled && endpoint.crud.empty();
}

bool takesTurnsByTimes(const Endpoint &endpoint)
{
    const std::vector<Response> &responses = endpoint.responses;
    return endpoint.select == Selection::First && !responses.empty() && responses.front().times
           && std::none_of(responses.begin(), responses.end(),
                           [](const Response &one) { return one.when.has_value(); });
}

void addHeader(JsonObject &headers, const std::string &name, std::string value)
{
    JsonValue *before = nullptr;
    for (const JsonMember &member : headers) {
        if (text::equalsIgnoreCase(member.name, name))
            before = headers.mutableFind(member.name);
    }
    if (!before)
        headers.set(name, std::move(value));
    else if (JsonArray *list = before->ifArray())
        list->emplace_back(std::move(value));
    else
        *before = JsonArray{*before, JsonValue(std::move(value))};
}

JsonObject sentHeaders(const Response &response, const Server &server,
                       const std::function<std::string(const std::string &)> &rendered)
{
    JsonObject out;
    for (const http::HeaderField &field : response.headers)
        addHeader(out, field.name, rendered(field.value));
    for (const http::HeaderField &field : server.headers) {
        if (!http::findHeader(response.headers, field.name)
            || text::equalsIgnoreCase(field.name, "Set-Cookie"))
            addHeader(out, field.name, rendered(field.value));
    }
    const Body &body = response.body;
    if (body.kind == Body::Kind::File && body.download)
        addHeader(out, "Content-Disposition",
                  "attachment; filename=\""
                      + std::filesystem::path(body.content).filename().string() + '"');
    const std::string type = typeOfBody(body);
    if (!type.empty() && !hasHeader(out, "Content-Type") && !http::isBodiless(response.status))
        out.set("Content-Type", type);
    return out;
}

std::optional<std::string> bodyFile(const std::string &path, ResponseScope &scope)
{
    auto content = files::readFileInside(scope.files, path);
    if (content)
        return *std::move(content);
    scope.report.notServed(content.error().text() + ": this response is left out");
    return std::nullopt;
}

bool isPlainText(std::string_view bytes)
{
    return text::isUtf8(bytes) && bytes.find('\0') == std::string_view::npos;
}

void forEachBehaviour(const Response &response, const ResponseScope &scope,
                      const std::function<void(const Behaviour &)> &visit)
{
    visit(scope.server.behaviour);
    for (const Folder *folder : scope.folders)
        visit(folder->behaviour);
    visit(scope.endpoint.behaviour);
    visit(response.behaviour);
}

bool replacesEveryAnswer(const Fault &fault)
{
    return !fault.rate && !fault.first && !fault.every && !fault.after && !fault.until
           && !fault.during && !fault.when && !fault.offset
           && (!fault.at || *fault.at == FaultPlace::Head);
}

std::int64_t inMilliseconds(Duration duration)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

std::string dotPathAsJsonPath(std::string_view steps)
{
    std::string out = "$";
    for (const std::string_view step : text::split(steps, '.')) {
        const bool isNumber = step.find_first_not_of("0123456789") == std::string_view::npos;
        out.append(isNumber ? "[" : ".").append(step).append(isNumber ? "]" : "");
    }
    return out;
}

} // namespace understudy::formats
