// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/files.h"
#include "core/behaviour/behaviour_chain.h"
#include "core/engine/outbound_request.h"
#include "core/http/http1_writer.h"
#include "core/match/explanation.h"
#include "core/traffic/exchange.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy {

/// A stretch of a file to be sent as body.
struct FileSlice
{
    std::filesystem::path path; ///< for people
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::shared_ptr<const files::RegularFile> file{}; ///< open since it was looked at
};

/// What is to be answered and why: the result of steps 4 to 7 of design.md section 3.
struct AnswerPlan
{
    std::shared_ptr<const http::PreparedResponse> answer; ///< never null
    std::string extraHeaders;      ///< header lines that depend on the request, each with CR LF
    std::optional<FileSlice> file; ///< instead of the answer's body
    bool sendsBody = true;         ///< false for HEAD
    /// A fixed latency that is all the behaviour there is: from the last byte of the request to the
    /// first of the answer. Its record is in `record`.
    Duration latency{};
    std::shared_ptr<const BehaviourRecord> record;
    /// Everything else that happens on purpose; it points into the compiled server.
    std::optional<Decision> decision;

    MatchKind match = MatchKind::NoEndpoint;
    std::uint64_t ordinal = 0;
    std::shared_ptr<const std::string> endpointId;
    std::shared_ptr<const std::string> endpointLabel;
    std::shared_ptr<const std::string> responseId;
    std::shared_ptr<const std::string> responseLabel;
    std::shared_ptr<const Explanation> why;
    std::vector<OutboundRequest> callbacks; ///< to be sent when the answer has gone out
    Duration asked{};                       ///< for how long a template or a script keeps it back
    std::vector<std::string> log;           ///< lines that scripts wrote
    std::string error; ///< what could not be served as configured, e.g. a missing body file
};

} // namespace understudy
