// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/behaviour.h"

#include <string_view>
#include <vector>

/// What each kind of fault takes and does (faults.md): the one table that the reader, the checks,
/// the desktop and the help page share.
namespace understudy {

/// How lists group the kinds.
enum class FaultGroup { Answer, Connection, Body, Protocol, Tls };

struct FaultTraits
{
    FaultKind kind;
    FaultGroup group;
    std::string_view title;               ///< "Reset the connection"
    std::string_view clientSees;          ///< one line, as the catalogue says it
    std::vector<FaultPlace> places;       ///< what `at` may say; empty: no `at`
    std::vector<std::string_view> keys;   ///< besides kind, at and the conditions
    std::vector<std::string_view> needed; ///< of those keys, which must be there
    std::vector<std::string_view> variants;
};

const FaultTraits &faultTraits(FaultKind kind);

/// How long the server is away for refuse and blackhole without `for`.
inline constexpr Duration kServerAway = std::chrono::seconds(5);

/// Where a fault happens: its `at`, else the place its kind has by default; nothing for kinds
/// without a place. Close, Reset and Stall without `at` happen at the head.
std::optional<FaultPlace> faultPlace(const Fault &fault);

/// When a fault has to be decided, which is before its effect can begin.
enum class FaultMoment {
    Schedule,  ///< by the clock and by connection: refuse, blackhole
    Accept,    ///< on a new connection: close, reset and stall at accept
    Handshake, ///< the tls faults, when the client's hello has arrived
    Request,   ///< when the head has arrived: reset at request, slow-read, no-read, expect-refuse
    Answer     ///< when the response is chosen: everything else
};
FaultMoment faultMoment(const Fault &fault);

/// "reset at body", "status 503", "tls expired": how lists, tooltips and messages call a fault.
std::string faultLabel(const Fault &fault);
/// Its conditions: "20 %, first 3, from 10 s to 40 s"; empty for always.
std::string faultConditions(const Fault &fault);

/// "50ms", "uniform 10ms to 90ms", "log-normal, median 200ms, p99 2s", "normal, …", "samples of
/// f.csv".
std::string latencyLabel(const LatencyModel &model);
/// "download 50kB/s, upload 20kB/s", "profile slow-3g", "5 chunks over 2s".
std::string throttleLabel(const Throttle &throttle);

std::string_view faultGroupName(FaultGroup group); ///< "Answer", "Connection", …

} // namespace understudy
