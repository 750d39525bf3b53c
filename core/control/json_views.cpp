// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/json_views.h"

#include "core/base/text.h"
#include "core/control/fault_requests.h"
#include "core/model/edit.h"
#include "core/model/fault_catalogue.h"
#include "core/traffic/injected_latency.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace understudy::control {
namespace {

namespace json = boost::json;

/// JSON is UTF-8; heads may hold any byte. ISO 8859-1 loses none.
std::string utf8(std::string_view bytes)
{
    if (text::isUtf8(bytes))
        return std::string(bytes);
    std::string converted;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            converted += c;
        } else {
            converted += static_cast<char>(0xC0 | (byte >> 6));
            converted += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return converted;
}

/// RFC 3339 in UTC with microseconds.
std::string timeText(WallTime time)
{
    const auto micros
        = std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
    const auto whole = static_cast<std::time_t>(micros / 1'000'000);
    std::tm parts{};
    gmtime_r(&whole, &parts);
    char buffer[64];
    const std::size_t length = std::strftime(buffer, sizeof buffer, "%FT%T", &parts);
    std::snprintf(buffer + length, sizeof buffer - length, ".%06dZ",
                  static_cast<int>(micros % 1'000'000));
    return buffer;
}

std::string_view stateName(ServerState state)
{
    switch (state) {
    case ServerState::Running:
        return "running";
    case ServerState::Failed:
        return "failed";
    case ServerState::Stopped:
        break;
    }
    return "stopped";
}

std::string_view severityName(Severity severity)
{
    switch (severity) {
    case Severity::Note:
        return "note";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        break;
    }
    return "error";
}

json::value shared(const std::shared_ptr<const std::string> &value)
{
    return value ? json::value(utf8(*value)) : json::value(nullptr);
}

json::object bodyJson(const CapturedBody &body)
{
    json::object view{{"size", body.size}, {"cut", body.cut}, {"dropped", body.dropped}};
    if (!body.content)
        return view;
    if (text::isUtf8(*body.content))
        view["text"] = *body.content;
    else
        view["base64"] = text::encodeBase64(*body.content);
    return view;
}

json::object headerJson(http::HeaderView header)
{
    return {{"name", utf8(header.name)}, {"value", utf8(header.value)}};
}

json::object requestJson(const Exchange &exchange)
{
    json::array headers;
    for (std::size_t i = 0; i < exchange.request.headerCount(); ++i)
        headers.push_back(headerJson(exchange.request.header(i)));
    json::object view{{"method", utf8(exchange.request.method())},
                      {"target", utf8(exchange.request.target())},
                      {"version", exchange.request.version() == 10 ? "1.0" : "1.1"},
                      {"headers", std::move(headers)},
                      {"head", utf8(exchange.request.raw())},
                      {"body", bodyJson(exchange.requestBody)}};
    if (!exchange.rawInput.empty())
        view["rawInput"] = utf8(exchange.rawInput);
    return view;
}

json::object responseJson(const Exchange &exchange)
{
    json::array headers;
    for (const http::HeaderView &header : responseHeaders(exchange))
        headers.push_back(headerJson(header));
    return {{"status", exchange.status},
            {"headers", std::move(headers)},
            {"head", utf8(exchange.responseHead)},
            {"body", bodyJson(exchange.responseBody)}};
}

json::value durationJson(const std::optional<Duration> &duration)
{
    return duration ? json::value(duration->count()) : json::value(nullptr);
}

json::object timingsJson(const Timings &timings)
{
    return {{"acceptedBefore", durationJson(timings.acceptedBefore)},
            {"handshake", durationJson(timings.handshake)},
            {"requestComplete", timings.requestComplete.count()},
            {"matched", timings.matched.count()},
            {"firstByteOut", timings.firstByteOut.count()},
            {"complete", timings.complete.count()},
            {"plannedLatency", timings.plannedLatency.count()},
            {"plannedTransfer", timings.plannedTransfer.count()}};
}

json::object candidateJson(const CandidateTrace &candidate)
{
    json::array conditions;
    for (const ConditionTrace &condition : candidate.conditions) {
        conditions.push_back({{"subject", utf8(condition.subject)},
                              {"expected", utf8(condition.expected)},
                              {"actual", utf8(condition.actual)},
                              {"passed", condition.passed}});
    }
    return {{"endpointId", utf8(candidate.endpointId)},
            {"endpoint", utf8(candidate.endpointLabel)},
            {"responseId", utf8(candidate.responseId)},
            {"response", utf8(candidate.responseLabel)},
            {"chosen", candidate.chosen},
            {"reason", utf8(candidate.reason)},
            {"distance", candidate.distance},
            {"conditions", std::move(conditions)}};
}

json::object whyJson(const Exchange &exchange)
{
    json::array candidates;
    if (exchange.why)
        std::ranges::transform(exchange.why->candidates, std::back_inserter(candidates),
                               candidateJson);
    json::object out{{"summary", utf8(exchange.reason())}, {"candidates", std::move(candidates)}};
    if (exchange.why && !exchange.why->log.empty()) {
        json::array lines;
        for (const std::string &line : exchange.why->log)
            lines.emplace_back(utf8(line));
        out["log"] = std::move(lines);
    }
    return out;
}

json::array hitsJson(const Workbench &workbench)
{
    json::array endpoints;
    for (const ServerStatus &status : workbench.statuses()) {
        const auto document = workbench.document(status.id);
        if (!document)
            continue;
        forEachEndpoint(*document, [&](const EndpointVisit &visit) {
            endpoints.push_back({{"server", utf8(status.id)},
                                 {"endpoint", utf8(visit.endpoint.id)},
                                 {"label", utf8(endpointLabel(visit.endpoint))},
                                 {"hits", workbench.hits(status.id, visit.endpoint.id)}});
        });
    }
    return endpoints;
}

} // namespace

std::string_view errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Syntax:
        return "syntax";
    case ErrorCode::Invalid:
        return "invalid";
    case ErrorCode::NotFound:
        return "notFound";
    case ErrorCode::Access:
        return "access";
    case ErrorCode::InUse:
        return "inUse";
    case ErrorCode::Limit:
        return "limit";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::Cancelled:
        return "cancelled";
    case ErrorCode::System:
        break;
    }
    return "system";
}

json::object statusJson(const ServerStatus &status)
{
    json::object view{{"id", utf8(status.id)},
                      {"name", utf8(status.name)},
                      {"state", stateName(status.state)},
                      {"address", utf8(status.address)},
                      {"port", status.port},
                      {"url", utf8(status.url)},
                      {"seed", std::to_string(status.seed)},
                      {"seedChosen", status.seedChosen},
                      {"requests", status.requests},
                      {"connections", status.connections},
                      {"endpoints", status.endpoints}};
    if (!status.error.empty())
        view["error"] = utf8(status.error);
    return view;
}

json::array problemsJson(const std::vector<Problem> &problems)
{
    json::array list;
    for (const Problem &problem : problems) {
        list.push_back({{"severity", severityName(problem.severity)},
                        {"message", utf8(problem.error.message)},
                        {"file", utf8(problem.error.where.file)},
                        {"line", problem.error.where.line},
                        {"column", problem.error.where.column}});
    }
    return list;
}

json::object exchangeSummaryJson(const JournalEntry &entry)
{
    const Exchange &exchange = *entry.exchange;
    json::value fault = nullptr;
    if (exchange.behaviour && exchange.behaviour->fault)
        fault = faultKindName(exchange.behaviour->fault->kind);
    return {{"sequence", entry.sequence},
            {"received", timeText(exchange.received)},
            {"server", shared(exchange.serverId)},
            {"client", exchange.client},
            {"method", utf8(exchange.request.method())},
            {"target", utf8(exchange.request.target())},
            {"status", exchange.status},
            {"match", matchName(exchange.match)},
            {"cause", exchange.cause == 0 ? json::value(nullptr) : json::value(exchange.cause)},
            {"endpoint", shared(exchange.endpointId)},
            {"response", shared(exchange.responseId)},
            {"fault", std::move(fault)},
            {"latency", injectedLatency(exchange).count()},
            {"duration", exchange.timings.complete.count()},
            {"requestBytes", exchange.requestBody.size},
            {"responseBytes", exchange.responseBody.size}};
}

json::object exchangeJson(const JournalEntry &entry)
{
    const Exchange &exchange = *entry.exchange;
    json::object view = exchangeSummaryJson(entry);
    // The full form replaces the short cells of the same name where there is more to say.
    view["server"] = {{"id", shared(exchange.serverId)}, {"name", shared(exchange.serverName)}};
    view["endpoint"]
        = {{"id", shared(exchange.endpointId)}, {"label", shared(exchange.endpointLabel)}};
    view["connection"] = exchange.connection;
    view["ordinal"] = exchange.ordinal;
    view["request"] = requestJson(exchange);
    view["response"] = responseJson(exchange);
    view["chosen"]
        = {{"id", shared(exchange.responseId)}, {"label", shared(exchange.responseLabel)}};
    view["tls"] = exchange.tls.empty() ? json::value(nullptr) : json::value(utf8(exchange.tls));
    view["behaviour"] = behaviourJson(exchange.behaviour.get());
    view["timings"] = timingsJson(exchange.timings);
    view["why"] = whyJson(exchange);
    view["error"] = utf8(exchange.error);
    return view;
}

json::object countersJson(const Workbench &workbench)
{
    const JournalCounters counters = workbench.journal().counters();
    json::object classes;
    for (std::size_t i = 1; i < counters.byStatusClass.size(); ++i)
        classes[std::to_string(i) + "xx"] = counters.byStatusClass[i];
    classes["other"] = counters.byStatusClass[0];
    json::object faults;
    for (const auto &[kind, count] : counters.faults)
        faults[faultKindName(kind)] = count;
    return {{"requests", counters.appended},
            {"unmatched", counters.unmatched},
            {"faults", std::move(faults)},
            {"delayed", counters.delayed},
            {"injectedLatency", counters.injectedLatency.count()},
            {"byStatusClass", std::move(classes)},
            {"journal",
             {{"rows", counters.rows},
              {"bytes", counters.bytes},
              {"bytesLimit", counters.bytesLimit},
              {"evicted", counters.evicted},
              {"bodiesDropped", counters.bodiesDropped}}},
            {"endpoints", hitsJson(workbench)}};
}

} // namespace understudy::control
