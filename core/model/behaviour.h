// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/units.h"
#include "core/http/header_list.h"
#include "core/model/rule.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Latency, throttle and faults as the file states them (faults.md). Values only; nothing here
/// draws or waits.
namespace understudy {

struct FixedLatency
{
    Duration value{};
    bool operator==(const FixedLatency &) const = default;
};

/// Every duration in [from, to] alike.
struct UniformLatency
{
    Duration from{};
    Duration to{};
    bool operator==(const UniformLatency &) const = default;
};

/// Cut at 0.
struct NormalLatency
{
    Duration mean{};
    Duration deviation{};
    bool operator==(const NormalLatency &) const = default;
};

/// Given by median and either the 99th percentile or sigma (of the logarithm); `max` cuts what is
/// drawn.
struct LognormalLatency
{
    Duration median{};
    std::optional<Duration> p99;
    std::optional<double> sigma;
    std::optional<Duration> max;
    bool operator==(const LognormalLatency &) const = default;
};

/// So many durations of a sampled latency stand in the mock file itself; a file may have more.
inline constexpr std::size_t kMostSamples = 1000;

/// Drawn with replacement from the durations in a file, or from those that stand here.
struct SampledLatency
{
    std::string file;               ///< empty where there are values
    std::vector<Duration> values{}; ///< at most kMostSamples, in any order
    bool operator==(const SampledLatency &) const = default;
};

using LatencyModel
    = std::variant<FixedLatency, UniformLatency, NormalLatency, LognormalLatency, SampledLatency>;

/// What waits: before the first read of a new connection, before the head, between head and body.
/// A bare `latency: 50ms` is `head`.
struct Latency
{
    std::optional<LatencyModel> connect;
    std::optional<LatencyModel> head;
    std::optional<LatencyModel> body;
    bool operator==(const Latency &) const = default;
};

struct Throttle
{
    std::optional<ByteCount> download; ///< bytes per second
    std::optional<ByteCount> upload;   ///< bytes per second
    std::string profile;               ///< name of a network profile, or empty
    std::optional<std::uint64_t> chunks;
    std::optional<Duration> over;
    std::optional<ByteCount> slice;
    std::optional<Duration> pause;
    JsonObject extensions{}; ///< keys beginning with `x-`, kept as they are
    bool operator==(const Throttle &) const = default;
};

enum class FaultKind {
    Status,
    RateLimit,
    Close,
    Reset,
    Stall,
    Refuse,
    Blackhole,
    HalfClose,
    Truncate,
    Garbage,
    MalformedChunk,
    MalformedHead,
    BadEncoding,
    BadCharset,
    Corrupt,
    Dribble,
    SlowRead,
    NoRead,
    KeepaliveRace,
    ExpectRefuse,
    RedirectLoop,
    ClockSkew,
    Duplicate,
    Tls
};

enum class FaultPlace { Accept, Request, Head, Body, Handshake };

/// A window of time from server start; `repeat` starts it again after that long.
struct FaultWindow
{
    Duration from{};
    Duration to{};
    std::optional<Duration> repeat;
    bool operator==(const FaultWindow &) const = default;
};

/// One entry under `faults`. Which members a kind takes is in faults.md; the reader refuses the
/// others.
struct Fault
{
    FaultKind kind = FaultKind::Status;
    std::optional<FaultPlace> at;
    std::optional<ByteCount> offset;
    std::optional<Duration> duration; ///< `for`
    std::optional<int> status;
    http::HeaderList headers;
    std::string body;
    std::optional<std::uint64_t> limit; ///< rate-limit: so many requests
    std::optional<Duration> per;        ///< rate-limit: in this time
    std::string key;                    ///< rate-limit: header name, `client` or `all`
    std::string variant;                ///< malformed-head, tls
    std::optional<std::uint64_t> count; ///< corrupt: bytes flipped
    std::optional<Duration> pace;       ///< dribble: time per byte
    std::optional<ByteCount> upload;    ///< slow-read: bytes per second
    std::optional<std::uint64_t> hops;  ///< redirect-loop
    std::optional<Duration> by;         ///< clock-skew; may be negative
    // Conditions; all that are given must hold.
    std::optional<double> rate; ///< in [0, 1]
    std::optional<std::uint64_t> first;
    std::optional<std::uint64_t> every;
    std::optional<std::uint64_t> after;
    std::optional<std::uint64_t> until;
    std::optional<FaultWindow> during;
    std::optional<Rule> when;
    JsonObject extensions{}; ///< keys beginning with `x-`, kept as they are

    bool operator==(const Fault &) const = default;
};

struct Behaviour
{
    Latency latency;
    std::optional<Throttle> throttle;
    std::vector<Fault> faults;
    JsonObject extensions; ///< keys beginning with `x-`, kept as they are

    bool operator==(const Behaviour &) const = default;
    bool isEmpty() const { return *this == Behaviour{}; }
};

/// Names as the file writes them; those of kinds stand in core/model/fault_catalogue.h.
std::string_view faultPlaceName(FaultPlace place);
std::optional<FaultPlace> faultPlaceFromName(std::string_view name);

} // namespace understudy
