// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/files.h"
#include "core/behaviour/behaviour_chain.h"
#include "core/match/explanation.h"
#include "core/traffic/exchange.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace understudy {

/// An answer made ready to be written: the bytes of the head without Date, Connection and the empty
/// line, and the body. Immutable and shared: a static answer is prepared once, when its server is
/// compiled.
struct PreparedAnswer
{
    int status = 200;
    std::string head;                        ///< status line and header lines, each with CR LF
    std::shared_ptr<const std::string> body; ///< never null; already in chunks if `isChunked`
    bool hasDate = false;                    ///< the head has a Date of its own
    bool closes = false;                     ///< the head says Connection: close
    bool hasConnection = false;              ///< the head has a Connection header of its own
    bool hasAllowOrigin = false;   ///< the head has an Access-Control-Allow-Origin of its own
    bool hasExposeHeaders = false; ///< the head has an Access-Control-Expose-Headers of its own
    bool exposesAll = false;       ///< that one says `*`
    bool hasAllowCredentials
        = false; ///< the head has an Access-Control-Allow-Credentials of its own
    bool isChunked = false;
    std::string unchunkedHead; ///< isChunked: the head for HTTP/1.0 clients, with Content-Length
    std::shared_ptr<const std::string> unchunkedBody;
    bool isStatic = false; ///< belongs to the compiled server, not to one exchange
};

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
    std::shared_ptr<const PreparedAnswer> answer; ///< never null
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
    std::string error; ///< what could not be served as configured, e.g. a missing body file
};

} // namespace understudy
