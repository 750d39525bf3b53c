// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/engine/compiled_server.h"
#include "core/http/request.h"
#include "core/model/server.h"

#include <string>
#include <string_view>

namespace understudy {

/// What a response would send.
struct Preview
{
    int status = 200;
    std::string head;  ///< status line and header lines, each with CR LF
    std::string body;  ///< empty where it is a file that is sent as it is
    std::string file;  ///< its path; empty for others
    std::string error; ///< what could not be served as configured, e.g. a template that fails
};

/// What a response of an endpoint would send for a request, whatever its rules say, without a
/// fault or a latency: as the first answer of a server that has just started, buckets as the
/// document has them. Nothing is changed by it. Costs what compiling that one endpoint costs. Any
/// thread.
///
/// Errors: NotFound if there is no such endpoint or response, or if the request does not reach it;
/// what CompiledServer::compile() refuses.
Result<Preview> previewResponse(Server server, const std::string &endpointId,
                                const std::string &responseId, const http::Request &request,
                                const CompileOptions &options, WallTime now);

/// How the conditions of a response hold for a request, and why; empty for a response that has
/// none. Everything else as with previewResponse().
Result<std::vector<ConditionTrace>> checkConditions(Server server, const std::string &endpointId,
                                                    const std::string &responseId,
                                                    const http::Request &request,
                                                    const CompileOptions &options, WallTime now);

} // namespace understudy
