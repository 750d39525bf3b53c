// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/model/server.h"

#include <string>
#include <vector>

namespace understudy {

/// A finding about the document. `endpointId` and `responseId` say whose it is (empty: the server's
/// or the endpoint's own), `field` is the key as the file writes it: "path", "status", "headers",
/// "when", "behaviour.latency".
struct Finding
{
    Severity severity = Severity::Error;
    std::string endpointId;
    std::string responseId;
    std::string field;
    std::string message;

    bool operator==(const Finding &) const = default;
};

/// Checks what single values cannot show: paths that parse, statuses in range, header names that
/// are tokens and values without line breaks, ids that are unique, buckets that exist, latencies
/// that are possible (p99 above the median, from below to). An empty result means that the server
/// can be compiled. Regular expressions are the engine's to check.
std::vector<Finding> validate(const Server &server);

} // namespace understudy
