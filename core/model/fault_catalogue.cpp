// SPDX-License-Identifier: Apache-2.0
#include "core/model/fault_catalogue.h"

#include <algorithm>

namespace understudy {

namespace {

using P = FaultPlace;

/// One entry a kind, in the order of FaultKind. What clients see is said as faults.md says it.
std::vector<FaultTraits> makeCatalogue()
{
    using enum FaultKind;
    using G = FaultGroup;
    return {
        {Status,
         "status",
         G::Answer,
         "Answer with a status",
         "an ordinary answer with this status",
         {},
         {"status", "headers", "body"},
         {"status"},
         {}},
        {RateLimit,
         "rate-limit",
         G::Answer,
         "Limit the rate",
         "429 with Retry-After once its quota is used up",
         {},
         {"limit", "per", "key"},
         {"limit", "per"},
         {}},
        {Close,
         "close",
         G::Connection,
         "Close the connection",
         "an empty reply, or a body shorter than announced",
         {P::Accept, P::Head, P::Body},
         {"offset"},
         {},
         {}},
        {Reset,
         "reset",
         G::Connection,
         "Reset the connection",
         "connection reset",
         {P::Accept, P::Request, P::Head, P::Body},
         {"offset"},
         {},
         {}},
        {Stall,
         "stall",
         G::Connection,
         "Stall",
         "nothing more comes: a time-out",
         {P::Accept, P::Head, P::Body},
         {"offset", "for"},
         {},
         {}},
        {Refuse,
         "refuse",
         G::Connection,
         "Refuse connections",
         "connection refused",
         {},
         {"for"},
         {},
         {}},
        {Blackhole,
         "blackhole",
         G::Connection,
         "Accept no connection",
         "connects slowly, or not in time",
         {},
         {"for"},
         {},
         {}},
        {HalfClose,
         "half-close",
         G::Connection,
         "Close the sending side",
         "the end of the answer half way; what it sends is still read",
         {P::Body},
         {},
         {},
         {}},
        {Truncate,
         "truncate",
         G::Body,
         "Truncate the body",
         "a body shorter than its Content-Length",
         {P::Body},
         {"offset"},
         {},
         {}},
        {Garbage,
         "garbage",
         G::Protocol,
         "Send garbage",
         "bytes that are no HTTP, or a random body",
         {P::Head, P::Body},
         {},
         {},
         {}},
        {MalformedChunk,
         "malformed-chunk",
         G::Protocol,
         "Break a chunk",
         "a protocol error in the chunked body",
         {},
         {},
         {},
         {}},
        {MalformedHead,
         "malformed-head",
         G::Protocol,
         "Break the head",
         "a protocol error in the head",
         {},
         {"variant"},
         {"variant"},
         {"status-line", "header", "duplicate-length", "wrong-length", "nul"}},
        {BadEncoding,
         "bad-encoding",
         G::Body,
         "Wrong content coding",
         "an error when it unpacks the body",
         {},
         {},
         {},
         {}},
        {BadCharset,
         "bad-charset",
         G::Body,
         "Wrong charset",
         "text that is not valid UTF-8",
         {},
         {},
         {},
         {}},
        {Corrupt,
         "corrupt",
         G::Body,
         "Corrupt the body",
         "a body of the right length with wrong bytes",
         {P::Body},
         {"count"},
         {},
         {}},
        {Dribble,
         "dribble",
         G::Body,
         "Dribble the body",
         "a body that comes a byte at a time",
         {P::Body},
         {"pace"},
         {"pace"},
         {}},
        {SlowRead,
         "slow-read",
         G::Connection,
         "Read slowly",
         "a slow upload",
         {P::Request},
         {"upload"},
         {"upload"},
         {}},
        {NoRead,
         "no-read",
         G::Connection,
         "Do not read the body",
         "a broken pipe while it uploads, or a time-out",
         {P::Request},
         {"variant"},
         {},
         {"answer", "stall"}},
        {KeepaliveRace,
         "keepalive-race",
         G::Connection,
         "Close on reuse",
         "a reset or an end when it uses the connection again",
         {},
         {},
         {},
         {}},
        {ExpectRefuse,
         "expect-refuse",
         G::Protocol,
         "Refuse Expect: 100-continue",
         "417 to Expect: 100-continue, or no answer to it",
         {},
         {"variant"},
         {},
         {"refuse", "silent"}},
        {RedirectLoop,
         "redirect-loop",
         G::Answer,
         "Redirect in a loop",
         "too many redirects",
         {},
         {"hops"},
         {},
         {}},
        {ClockSkew,
         "clock-skew",
         G::Answer,
         "Skew the clock",
         "dates and expiries that are off",
         {},
         {"by"},
         {"by"},
         {}},
        {Duplicate,
         "duplicate",
         G::Protocol,
         "Answer twice",
         "a second answer that it never asked for, on reuse",
         {},
         {},
         {},
         {}},
        {Tls,
         "tls",
         G::Tls,
         "Break TLS",
         "the TLS error that fits",
         {P::Handshake},
         {"variant"},
         {"variant"},
         {"expired", "not-yet-valid", "self-signed", "wrong-host", "untrusted-chain", "alert",
          "stall", "cut", "old-version"}},
    };
}

} // namespace

std::span<const FaultTraits> faultCatalogue()
{
    static const std::vector<FaultTraits> catalogue = makeCatalogue();
    return catalogue;
}

const FaultTraits &faultTraits(FaultKind kind)
{
    return faultCatalogue()[static_cast<std::size_t>(kind)];
}

std::string_view faultKindName(FaultKind kind) { return faultTraits(kind).name; }

std::optional<FaultKind> faultKindFromName(std::string_view name)
{
    for (const FaultTraits &traits : faultCatalogue()) {
        if (traits.name == name)
            return traits.kind;
    }
    return std::nullopt;
}

const std::vector<FaultKind> &allFaultKinds()
{
    static const std::vector<FaultKind> kinds = [] {
        std::vector<FaultKind> out;
        for (const FaultTraits &traits : faultCatalogue())
            out.push_back(traits.kind);
        return out;
    }();
    return kinds;
}

std::optional<FaultPlace> faultPlace(const Fault &fault)
{
    const std::vector<FaultPlace> &places = faultTraits(fault.kind).places;
    if (places.empty())
        return std::nullopt;
    if (fault.at)
        return fault.at;
    const bool head = std::find(places.begin(), places.end(), FaultPlace::Head) != places.end();
    return head ? FaultPlace::Head : places.front();
}

FaultMoment faultMoment(const Fault &fault)
{
    if (fault.kind == FaultKind::Refuse || fault.kind == FaultKind::Blackhole)
        return FaultMoment::Schedule;
    if (fault.kind == FaultKind::ExpectRefuse)
        return FaultMoment::Request;
    const std::optional<FaultPlace> place = faultPlace(fault);
    if (place == FaultPlace::Accept)
        return FaultMoment::Accept;
    if (place == FaultPlace::Handshake)
        return FaultMoment::Handshake;
    return place == FaultPlace::Request ? FaultMoment::Request : FaultMoment::Answer;
}

std::string_view faultGroupName(FaultGroup group)
{
    switch (group) {
    case FaultGroup::Answer:
        return "Answer";
    case FaultGroup::Connection:
        return "Connection";
    case FaultGroup::Body:
        return "Body";
    case FaultGroup::Protocol:
        return "Protocol";
    case FaultGroup::Tls:
        return "TLS";
    }
    return {};
}

} // namespace understudy
