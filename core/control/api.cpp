// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/api.h"

#include "core/base/text.h"
#include "core/control/api_call.h"
#include "core/control/fault_requests.h"
#include "core/control/json_views.h"
#include "core/control/metrics.h"
#include "core/control/token.h"
#include "core/control/traffic_query.h"
#include "core/http/uri.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace understudy::control {
namespace {

namespace json = boost::json;

std::vector<std::string> segmentsOf(std::string_view path)
{
    std::vector<std::string> segments;
    for (const std::string_view segment :
         text::split(path.substr(std::min<std::size_t>(1, path.size())), '/'))
        segments.push_back(http::percentDecode(segment));
    return segments;
}

} // namespace

/// One line of the table of routes; a segment `*` captures.
struct ControlApi::Route
{
    std::string_view method;
    std::vector<std::string_view> segments;
    ApiReply (ControlApi::*handler)(const Call &) const;
    bool isOpen = false; ///< answered without a token

    bool matches(const std::vector<std::string> &path) const
    {
        return std::ranges::equal(
            segments, path, [](std::string_view pattern, const std::string &segment) {
                return pattern == segment || (pattern == "*" && !segment.empty());
            });
    }
};

const std::vector<ControlApi::Route> &ControlApi::routes()
{
    static const std::vector<Route> table{
        {"GET", {"healthz"}, &ControlApi::health, true},
        {"GET", {"metrics"}, &ControlApi::metrics},
        {"GET", {"v1", "servers"}, &ControlApi::servers},
        {"GET", {"v1", "servers", "*"}, &ControlApi::server},
        {"POST", {"v1", "servers", "*", "start"}, &ControlApi::startServer},
        {"POST", {"v1", "servers", "*", "stop"}, &ControlApi::stopServer},
        {"POST", {"v1", "servers", "*", "reload"}, &ControlApi::reloadServer},
        {"POST", {"v1", "servers", "*", "restart-sequence"}, &ControlApi::restartSequence},
        {"PUT", {"v1", "servers", "*", "seed"}, &ControlApi::setSeed},
        {"GET", {"v1", "servers", "*", "scenarios"}, &ControlApi::scenarios},
        {"PUT", {"v1", "servers", "*", "scenarios", "*"}, &ControlApi::setScenario},
        {"DELETE", {"v1", "servers", "*", "scenarios", "*"}, &ControlApi::resetScenario},
        {"GET", {"v1", "servers", "*", "buckets"}, &ControlApi::buckets},
        {"GET", {"v1", "servers", "*", "buckets", "*"}, &ControlApi::bucket},
        {"PUT", {"v1", "servers", "*", "buckets", "*"}, &ControlApi::setBucket},
        {"DELETE", {"v1", "servers", "*", "buckets", "*"}, &ControlApi::resetBucket},
        {"GET", {"v1", "servers", "*", "clock"}, &ControlApi::clock},
        {"PUT", {"v1", "servers", "*", "clock"}, &ControlApi::setClock},
        {"DELETE", {"v1", "servers", "*", "clock"}, &ControlApi::resetClock},
        {"GET", {"v1", "faults"}, &ControlApi::faults},
        {"PUT", {"v1", "faults"}, &ControlApi::setFaults},
        {"GET", {"v1", "traffic"}, &ControlApi::traffic},
        {"DELETE", {"v1", "traffic"}, &ControlApi::clearTraffic},
        {"GET", {"v1", "traffic", "*"}, &ControlApi::exchange},
        {"GET", {"v1", "counters"}, &ControlApi::counters},
    };
    return table;
}

ControlApi::ControlApi(Workbench &workbench, ReloadFunction reload, std::string token,
                       const Clock &clock)
    : m_workbench(workbench)
    , m_reload(std::move(reload))
    , m_token(std::move(token))
    , m_clock(clock)
{}

ApiReply ControlApi::handle(const ApiRequest &request) const
{
    const std::vector<std::string> path = segmentsOf(request.path);
    const Route *found = nullptr;
    std::string allowed;
    for (const Route &route : routes()) {
        if (!route.matches(path))
            continue;
        if (route.method == request.method)
            found = &route;
        allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
    }
    // Who has no token learns nothing, not even which paths there are.
    if (!(found && found->isOpen) && !isAuthorized(request.authorization)) {
        ApiReply reply = errorReply(401, "unauthorized",
                                    "send the header Authorization: Bearer TOKEN; "
                                    "the token was shown when the control plane started");
        reply.headers.push_back({"WWW-Authenticate", "Bearer realm=\"understudy\""});
        return reply;
    }
    if (allowed.empty())
        return errorReply(404, "notFound", "there is no " + request.path);
    if (!found) {
        ApiReply reply = errorReply(405, "methodNotAllowed", request.path + " takes " + allowed);
        reply.headers.push_back({"Allow", allowed});
        return reply;
    }
    Call call;
    bool isFirst = true;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (found->segments[i] == "*")
            (std::exchange(isFirst, false) ? call.argument : call.name) = path[i];
    }
    call.query = http::parseQuery(request.query);
    call.body = request.body;
    return (this->*found->handler)(call);
}

bool ControlApi::isAuthorized(std::string_view authorization) const
{
    // RFC 9110 section 11.1: the scheme's name has no letter case.
    constexpr std::string_view scheme = "Bearer ";
    return text::equalsIgnoreCase(authorization.substr(0, scheme.size()), scheme)
           && isSameSecret(text::trim(authorization.substr(scheme.size())), m_token);
}

ApiReply ControlApi::health(const Call &) const { return jsonReply({{"status", "ok"}}); }

ApiReply ControlApi::metrics(const Call &) const
{
    return {200,
            "text/plain; version=0.0.4; charset=utf-8",
            metricsText(m_workbench.statuses(), m_workbench.journal().counters()),
            {}};
}

ApiReply ControlApi::servers(const Call &) const
{
    json::array list;
    for (const ServerStatus &status : m_workbench.statuses())
        list.push_back(statusJson(status));
    return jsonReply({{"servers", std::move(list)}});
}

ApiReply ControlApi::statusReply(const std::string &id) const
{
    const auto status = m_workbench.status(id);
    return status ? jsonReply(statusJson(*status)) : noSuchServer(id);
}

ApiReply ControlApi::server(const Call &call) const { return statusReply(call.argument); }

ApiReply ControlApi::startServer(const Call &call) const
{
    if (!m_workbench.status(call.argument))
        return noSuchServer(call.argument);
    const auto started = m_workbench.start(call.argument);
    return started ? statusReply(call.argument) : errorReply(started.error());
}

ApiReply ControlApi::stopServer(const Call &call) const
{
    if (!m_workbench.status(call.argument))
        return noSuchServer(call.argument);
    m_workbench.stop(call.argument);
    return statusReply(call.argument);
}

ApiReply ControlApi::reloadServer(const Call &call) const
{
    if (!m_workbench.status(call.argument))
        return noSuchServer(call.argument);
    const std::vector<Problem> problems = m_reload(call.argument);
    const auto error = std::ranges::find(problems, Severity::Error, &Problem::severity);
    json::object reply;
    if (error != problems.end()) {
        reply["error"]
            = {{"code", errorCodeName(error->error.code)}, {"message", error->error.text()}};
    } else if (const auto status = m_workbench.status(call.argument)) {
        reply["server"] = statusJson(*status);
    }
    reply["problems"] = problemsJson(problems);
    return jsonReply(reply, error == problems.end() ? 200 : statusOf(error->error.code));
}

ApiReply ControlApi::traffic(const Call &call) const
{
    const auto query = parseTrafficQuery(call.query);
    if (!query) {
        ApiReply reply = errorReply(400, errorCodeName(query.error().code), query.error().message);
        if (query.error().where.column > 0) {
            reply = jsonReply({{"error",
                                {{"code", "invalidFilter"},
                                 {"message", query.error().message},
                                 {"column", query.error().where.column}}}},
                              400);
        }
        return reply;
    }
    const TrafficPage page = readTraffic(m_workbench.journal(), *query, m_clock.wallNow());
    json::array entries;
    for (const JournalEntry &entry : page.entries)
        entries.push_back(exchangeSummaryJson(entry));
    return jsonReply({{"entries", std::move(entries)},
                      {"cursor", page.cursor},
                      {"newest", page.newest},
                      {"missed", page.missed}});
}

ApiReply ControlApi::exchange(const Call &call) const
{
    std::uint64_t sequence = 0;
    const char *end = call.argument.data() + call.argument.size();
    const auto [stopped, problem] = std::from_chars(call.argument.data(), end, sequence);
    if (problem != std::errc{} || stopped != end)
        return errorReply(400, "invalid", "\"" + call.argument + "\" is not a sequence number");
    const JournalEntry entry = m_workbench.journal().at(sequence);
    if (!entry.exchange) {
        return errorReply(404, "notFound",
                          "exchange " + call.argument + " is not in the journal, or no longer");
    }
    return jsonReply(exchangeJson(entry));
}

ApiReply ControlApi::clearTraffic(const Call &) const
{
    m_workbench.journal().clear();
    return {204, {}, {}, {}};
}

ApiReply ControlApi::counters(const Call &) const { return jsonReply(countersJson(m_workbench)); }

ApiReply ControlApi::faults(const Call &) const
{
    return jsonReply(faultsJson(m_workbench.faultSwitches()));
}

ApiReply ControlApi::setFaults(const Call &call) const
{
    const auto change = parseFaultChange(call.body);
    if (!change)
        return errorReply(400, "invalid", change.error().message);
    if (const auto checked = checkFaultScope(m_workbench, change->scope); !checked)
        return errorReply(checked.error());
    m_workbench.faultSwitches().setOff(change->scope, change->off);
    return faults(call);
}

ApiReply ControlApi::restartSequence(const Call &call) const
{
    if (!m_workbench.status(call.argument))
        return noSuchServer(call.argument);
    m_workbench.resetState(call.argument);
    return statusReply(call.argument);
}

ApiReply ControlApi::setSeed(const Call &call) const
{
    const auto status = m_workbench.status(call.argument);
    if (!status)
        return noSuchServer(call.argument);
    const auto seed = parseSeedChange(call.body);
    if (!seed)
        return errorReply(400, "invalid", seed.error().message);
    if (status->state != ServerState::Running)
        return errorReply(409, "notRunning", "start the server first; a start chooses a seed anew");
    const auto set = m_workbench.setSeed(call.argument, *seed);
    return set ? statusReply(call.argument) : errorReply(set.error());
}

} // namespace understudy::control
