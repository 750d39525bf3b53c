// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/http/request.h"
#include "core/match/explanation.h"
#include "core/traffic/behaviour_record.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy {

/// How a request found its answer.
enum class MatchKind {
    Matched,    ///< an endpoint answered
    NoEndpoint, ///< no endpoint has this method and path
    NoRule,     ///< an endpoint has, but the rules of no response held
    Preflight,  ///< a CORS preflight, answered by the server
    Proxied,    ///< passed on upstream
    BadRequest, ///< refused before matching: malformed, over a limit, too slow
    NoRequest,  ///< a fault ended the connection, or its handshake, before there was a request
    Callback,   ///< a request of ours, which an answer caused
    Recorded    ///< read from a file that others recorded: nothing was matched here
};

/// As machines read it: "matched", "noEndpoint", …
std::string_view matchName(MatchKind kind);
std::optional<MatchKind> matchKindFromName(std::string_view name);

/// A body as the journal keeps it. `content` is null when it is no longer held or never was; `size`
/// is what went over the wire all the same.
struct CapturedBody
{
    std::shared_ptr<const std::string> content;
    std::uint64_t size = 0;
    bool isShared
        = false; ///< the content belongs to the mock file's compiled answer, not to this exchange
    bool cut = false;       ///< `content` is only the beginning
    bool dropped = false;   ///< taken away again because memory ran out
    bool isDecoded = false; ///< the coding that its head names is removed, as recordings have it
};

/// A body as the journal keeps it, cut to `limit` bytes.
CapturedBody captureBody(std::string body, std::size_t limit);

/// Moments of one exchange, as offsets from `Exchange::received` (the first byte of the request).
struct Timings
{
    /// The connection was accepted so long before `received`; only for its first request.
    std::optional<Duration> acceptedBefore;
    std::optional<Duration> handshake; ///< what the TLS handshake took; only for the first request
    Duration requestComplete{};
    Duration matched{};
    Duration firstByteOut{};
    Duration complete{};
    Duration plannedLatency{};  ///< asked for from requestComplete to firstByteOut
    Duration plannedTransfer{}; ///< asked for from firstByteOut to complete: body latency, throttle
};

/// One request with everything that became of it. Immutable once in the journal, shared by all
/// threads.
struct Exchange
{
    WallTime received{};
    Timings timings;
    std::shared_ptr<const std::string> serverId; ///< never null once in a journal
    std::shared_ptr<const std::string> serverName;
    std::string client;           ///< "127.0.0.1:50312"
    std::string tls;              ///< "TLS 1.3, shop.localhost"; empty without TLS
    std::uint64_t connection = 0; ///< number of the connection in its server, from 1
    std::uint64_t ordinal = 0;    ///< number of the request at its endpoint, from 1; 0 if unmatched

    http::RequestHead request; ///< empty method if the head could not be parsed
    std::string rawInput;      ///< BadRequest: what arrived, as far as kept (at most 4 KiB)
    CapturedBody requestBody;

    int status = 0;           ///< 0: nothing was sent; of a callback: nothing was answered
    std::string responseHead; ///< bytes as sent, status line to empty line
    CapturedBody responseBody;

    MatchKind match = MatchKind::NoEndpoint;
    std::uint64_t cause = 0; ///< Callback: its place in the journal; 0: not known
    std::shared_ptr<const std::string> endpointId; ///< null if none
    std::shared_ptr<const std::string> endpointLabel;
    std::shared_ptr<const std::string> responseId;
    std::shared_ptr<const std::string> responseLabel;
    std::shared_ptr<const Explanation>
        why; ///< null: there was nothing to decide (one endpoint, no rules)
    /// What was drawn and done on purpose; null if nothing was.
    std::shared_ptr<const BehaviourRecord> behaviour;
    bool isBehaviourShared = false; ///< it belongs to the compiled server, not to this exchange
    std::string
        error; ///< what went wrong on the way, e.g. "client closed before the answer was sent"

    /// Bytes that this exchange alone keeps alive; the journal's budget counts them.
    std::size_t memorySize() const;
    /// "endpoint › response", "✕ no endpoint", "✕ no rule", …: the cell of the Match column.
    std::string matchText() const;
    /// One sentence that explains the answer, made from `match` and `why`.
    std::string reason() const;
};

/// The request as it can be asked again: without what of its body is no longer held.
http::Request requestOf(const Exchange &exchange);

/// Header fields of the sent answer, parsed from `responseHead`.
std::vector<http::HeaderView> responseHeaders(const Exchange &exchange);

} // namespace understudy
