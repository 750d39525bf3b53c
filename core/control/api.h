// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/http/header_list.h"
#include "core/runtime/workbench.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The REST control plane: what it answers as plain functions (this header), how it listens in
/// control_server.h.
namespace understudy::control {

/// A request to the control plane, transport removed.
struct ApiRequest
{
    std::string method;        ///< "GET"
    std::string path;          ///< percent-encoded as sent: "/v1/servers"
    std::string query;         ///< percent-encoded as sent, without the question mark
    std::string authorization; ///< value of the Authorization header, empty if none
    std::string body;
};

struct ApiReply
{
    int status = 200;
    std::string type = "application/json";
    std::string body;
    http::HeaderList headers; ///< beside Content-Type and Content-Length
};

/// Reads the files of a server again and brings the workbench up to date. Errors among the problems
/// mean that the old version goes on. Called on the thread that handles the request.
using ReloadFunction = std::function<std::vector<Problem>(const std::string &serverId)>;

/// Answers the requests of the control plane. resources/help/control-plane.md describes them to
/// users; every error is
/// `{"error": {"code": …, "message": …}}`. Any thread may call it; it holds no state but its
/// arguments, which must outlive it.
class ControlApi
{
public:
    /// `token` is what clients must send as `Authorization: Bearer …` for everything but /healthz.
    ControlApi(Workbench &workbench, ReloadFunction reload, std::string token, const Clock &clock);

    ApiReply handle(const ApiRequest &request) const;

private:
    struct Call;
    struct Route;
    static const std::vector<Route> &routes();

    ApiReply health(const Call &call) const;
    ApiReply metrics(const Call &call) const;
    ApiReply servers(const Call &call) const;
    ApiReply server(const Call &call) const;
    ApiReply startServer(const Call &call) const;
    ApiReply stopServer(const Call &call) const;
    ApiReply reloadServer(const Call &call) const;
    ApiReply traffic(const Call &call) const;
    ApiReply exchange(const Call &call) const;
    ApiReply clearTraffic(const Call &call) const;
    ApiReply counters(const Call &call) const;
    ApiReply faults(const Call &call) const;
    ApiReply setFaults(const Call &call) const;
    ApiReply restartSequence(const Call &call) const;
    ApiReply setSeed(const Call &call) const;
    ApiReply scenarios(const Call &call) const;
    ApiReply setScenario(const Call &call) const;
    ApiReply resetScenario(const Call &call) const;
    ApiReply buckets(const Call &call) const;
    ApiReply bucket(const Call &call) const;
    ApiReply setBucket(const Call &call) const;
    ApiReply resetBucket(const Call &call) const;
    ApiReply clock(const Call &call) const;
    ApiReply setClock(const Call &call) const;
    ApiReply resetClock(const Call &call) const;

    ApiReply statusReply(const std::string &id) const;
    bool isAuthorized(std::string_view authorization) const;

    Workbench &m_workbench;
    ReloadFunction m_reload;
    std::string m_token;
    const Clock &m_clock;
};

} // namespace understudy::control
