// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/model/edit.h"
#include "core/model/server.h"

#include <string>
#include <vector>

namespace understudy {

/// A finding about the document. `endpointId` and `responseId` say whose it is (empty: the server's
/// or the endpoint's own), `folder` the folder's where it is a folder's, `field` is the way to the
/// key as the file writes it: "path", "status", "headers", "behaviour.latency.head.lognormal.p99",
/// "behaviour.faults.2.offset" (lists by index from 0).
struct Finding
{
    Severity severity = Severity::Error;
    std::string endpointId;
    std::string responseId;
    std::string field;
    std::string message;
    ItemPath folder; ///< itemAt() finds the folder; empty: none
    /// It is about a file beside the document, which may be mended without an edit.
    bool isOutside = false;
    SourceMark origin{}; ///< where the file that was imported says it

    bool operator==(const Finding &) const = default;
};

/// Checks what single values cannot show: paths that parse, statuses in range, header names that
/// are tokens and values without line breaks, ids that are unique, buckets that exist, latencies
/// and faults that are possible (core/model/behaviour_checks.h). An empty result means that the
/// server can be compiled. Regular expressions are the engine's to check.
std::vector<Finding> validate(const Server &server);

/// Whose a finding is, for people: "GET /users › 200", the folder's name, "fallback"; empty: the
/// server's.
std::string findingOwner(const Server &server, const Finding &finding);

} // namespace understudy
