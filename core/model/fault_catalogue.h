// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/behaviour.h"

#include <span>
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
    std::string_view name; ///< as the file writes it
    FaultGroup group;
    std::string_view title;               ///< "Reset the connection"
    std::string_view clientSees;          ///< one line, as the catalogue says it
    std::vector<FaultPlace> places;       ///< what `at` may say; empty: no `at`
    std::vector<std::string_view> keys;   ///< besides kind, at and the conditions
    std::vector<std::string_view> needed; ///< of those keys, which must be there
    std::vector<std::string_view> variants;
};

/// In the order of FaultKind.
std::span<const FaultTraits> faultCatalogue();
const FaultTraits &faultTraits(FaultKind kind);

/// Names as the file writes them: "rate-limit", "half-close", …
std::string_view faultKindName(FaultKind kind);
std::optional<FaultKind> faultKindFromName(std::string_view name);
const std::vector<FaultKind> &allFaultKinds();

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

std::string_view faultGroupName(FaultGroup group); ///< "Answer", "Connection", …

} // namespace understudy
