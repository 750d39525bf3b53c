// SPDX-License-Identifier: Apache-2.0
#include "core/model/fault_catalogue.h"

#include "core/base/text.h"

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
         G::Answer,
         "Answer with a status",
         "an ordinary answer with this status",
         {},
         {"status", "headers", "body"},
         {"status"},
         {}},
        {RateLimit,
         G::Answer,
         "Limit the rate",
         "429 with Retry-After once its quota is used up",
         {},
         {"limit", "per", "key"},
         {"limit", "per"},
         {}},
        {Close,
         G::Connection,
         "Close the connection",
         "an empty reply, or a body shorter than announced",
         {P::Accept, P::Head, P::Body},
         {"offset"},
         {},
         {}},
        {Reset,
         G::Connection,
         "Reset the connection",
         "connection reset",
         {P::Accept, P::Request, P::Head, P::Body},
         {"offset"},
         {},
         {}},
        {Stall,
         G::Connection,
         "Stall",
         "nothing more comes: a time-out",
         {P::Accept, P::Head, P::Body},
         {"offset", "for"},
         {},
         {}},
        {Refuse, G::Connection, "Refuse connections", "connection refused", {}, {"for"}, {}, {}},
        {Blackhole,
         G::Connection,
         "Accept no connection",
         "connects slowly, or not in time",
         {},
         {"for"},
         {},
         {}},
        {HalfClose,
         G::Connection,
         "Close the sending side",
         "the end of the answer half way; what it sends is still read",
         {P::Body},
         {},
         {},
         {}},
        {Truncate,
         G::Body,
         "Truncate the body",
         "a body shorter than its Content-Length",
         {P::Body},
         {"offset"},
         {},
         {}},
        {Garbage,
         G::Protocol,
         "Send garbage",
         "bytes that are no HTTP, or a random body",
         {P::Head, P::Body},
         {},
         {},
         {}},
        {MalformedChunk,
         G::Protocol,
         "Break a chunk",
         "a protocol error in the chunked body",
         {},
         {},
         {},
         {}},
        {MalformedHead,
         G::Protocol,
         "Break the head",
         "a protocol error in the head",
         {},
         {"variant"},
         {"variant"},
         {"status-line", "header", "duplicate-length", "wrong-length", "nul"}},
        {BadEncoding,
         G::Body,
         "Wrong content coding",
         "an error when it unpacks the body",
         {},
         {},
         {},
         {}},
        {BadCharset, G::Body, "Wrong charset", "text that is not valid UTF-8", {}, {}, {}, {}},
        {Corrupt,
         G::Body,
         "Corrupt the body",
         "a body of the right length with wrong bytes",
         {P::Body},
         {"count"},
         {},
         {}},
        {Dribble,
         G::Body,
         "Dribble the body",
         "a body that comes a byte at a time",
         {P::Body},
         {"pace"},
         {"pace"},
         {}},
        {SlowRead,
         G::Connection,
         "Read slowly",
         "a slow upload",
         {P::Request},
         {"upload"},
         {"upload"},
         {}},
        {NoRead,
         G::Connection,
         "Do not read the body",
         "a broken pipe while it uploads, or a time-out",
         {P::Request},
         {"variant"},
         {},
         {"answer", "stall"}},
        {KeepaliveRace,
         G::Connection,
         "Close on reuse",
         "a reset or an end when it uses the connection again",
         {},
         {},
         {},
         {}},
        {ExpectRefuse,
         G::Protocol,
         "Refuse Expect: 100-continue",
         "417 to Expect: 100-continue, or no answer to it",
         {},
         {"variant"},
         {},
         {"refuse", "silent"}},
        {RedirectLoop, G::Answer, "Redirect in a loop", "too many redirects", {}, {"hops"}, {}, {}},
        {ClockSkew,
         G::Answer,
         "Skew the clock",
         "dates and expiries that are off",
         {},
         {"by"},
         {"by"},
         {}},
        {Duplicate,
         G::Protocol,
         "Answer twice",
         "a second answer that it never asked for, on reuse",
         {},
         {},
         {},
         {}},
        {Tls,
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

/// As the file writes it, with a sign where it goes back in time.
std::string signedDuration(Duration value)
{
    return value < Duration{} ? "-" + formatDuration(-value) : formatDuration(value);
}

/// "20%" as "20 %", "10s" as "10 s": for people.
std::string spaced(const std::string &text)
{
    const std::size_t unit = text.find_last_of("0123456789.");
    if (unit == std::string::npos || unit + 1 == text.size())
        return text;
    return text.substr(0, unit + 1) + " " + text.substr(unit + 1);
}

/// Joins what is not empty by ", ".
class Parts
{
public:
    void add(std::string part)
    {
        if (part.empty())
            return;
        m_text += (m_text.empty() ? "" : ", ") + std::move(part);
    }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

struct LatencyNamer
{
    std::string operator()(const FixedLatency &m) const { return formatDuration(m.value); }
    std::string operator()(const UniformLatency &m) const
    {
        return "uniform " + formatDuration(m.from) + " to " + formatDuration(m.to);
    }
    std::string operator()(const NormalLatency &m) const
    {
        return "normal, mean " + formatDuration(m.mean) + ", deviation "
               + formatDuration(m.deviation);
    }
    std::string operator()(const LognormalLatency &m) const
    {
        std::string text = "log-normal, median " + formatDuration(m.median);
        if (m.p99)
            text += ", p99 " + formatDuration(*m.p99);
        if (m.sigma)
            text += ", sigma " + formatDecimal(*m.sigma);
        if (m.max)
            text += ", at most " + formatDuration(*m.max);
        return text;
    }
    std::string operator()(const SampledLatency &m) const { return "samples of " + m.file; }

    static std::string formatDecimal(double value)
    {
        // Three digits say enough, and jsonNumber() would write 1.0 for 1.
        std::string text = std::to_string(value);
        text.resize(std::min(text.size(), text.find('.') + 4));
        while (text.ends_with('0'))
            text.pop_back();
        if (text.ends_with('.'))
            text.pop_back();
        return text;
    }
};

/// What tells two faults of a kind apart at a glance.
std::string faultDetail(const Fault &fault)
{
    switch (fault.kind) {
    case FaultKind::Status:
        return fault.status ? std::to_string(*fault.status) : std::string();
    case FaultKind::RateLimit:
        return fault.limit && fault.per
                   ? std::to_string(*fault.limit) + " per " + formatDuration(*fault.per)
                   : std::string();
    case FaultKind::ClockSkew:
        return fault.by ? signedDuration(*fault.by) : std::string();
    case FaultKind::SlowRead:
        return fault.upload ? formatByteRate(*fault.upload) : std::string();
    default:
        return fault.variant;
    }
}

} // namespace

const FaultTraits &faultTraits(FaultKind kind)
{
    static const std::vector<FaultTraits> catalogue = makeCatalogue();
    return catalogue[static_cast<std::size_t>(kind)];
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

std::string faultLabel(const Fault &fault)
{
    std::string text(faultKindName(fault.kind));
    if (const std::string detail = faultDetail(fault); !detail.empty())
        text += " " + detail;
    if (faultTraits(fault.kind).places.size() > 1)
        text += " at " + std::string(faultPlaceName(*faultPlace(fault)));
    if (fault.duration)
        text += " for " + formatDuration(*fault.duration);
    return text;
}

std::string faultConditions(const Fault &fault)
{
    Parts parts;
    const auto counted = [&](std::string_view word, const std::optional<std::uint64_t> &count) {
        if (count)
            parts.add(std::string(word) + " " + std::to_string(*count));
    };
    if (fault.rate)
        parts.add(spaced(formatShare(*fault.rate)));
    counted("first", fault.first);
    counted("every", fault.every);
    counted("after", fault.after);
    counted("until", fault.until);
    if (fault.during) {
        std::string window = "from " + spaced(formatDuration(fault.during->from)) + " to "
                             + spaced(formatDuration(fault.during->to));
        if (fault.during->repeat)
            window += ", again every " + spaced(formatDuration(*fault.during->repeat));
        parts.add(std::move(window));
    }
    if (fault.when)
        parts.add("when its rules hold");
    return parts.take();
}

std::string latencyLabel(const LatencyModel &model) { return std::visit(LatencyNamer{}, model); }

std::string throttleLabel(const Throttle &throttle)
{
    Parts parts;
    if (!throttle.profile.empty())
        parts.add("profile " + throttle.profile);
    if (throttle.download)
        parts.add("download " + formatByteRate(*throttle.download));
    if (throttle.upload)
        parts.add("upload " + formatByteRate(*throttle.upload));
    if (throttle.chunks) {
        parts.add(std::to_string(*throttle.chunks) + (*throttle.chunks == 1 ? " chunk" : " chunks")
                  + (throttle.over ? " over " + formatDuration(*throttle.over) : std::string()));
    }
    if (throttle.slice) {
        parts.add("slices of " + formatSize(*throttle.slice)
                  + (throttle.pause ? " every " + formatDuration(*throttle.pause) : std::string()));
    }
    return parts.take();
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
