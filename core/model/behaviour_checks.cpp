// SPDX-License-Identifier: Apache-2.0
#include "core/model/behaviour_checks.h"

#include "core/base/text.h"
#include "core/model/behaviour_labels.h"
#include "core/model/fault_catalogue.h"
#include "core/model/fault_keys.h"

#include <algorithm>
#include <array>
#include <limits>

namespace understudy {

namespace {

using Scope = BehaviourContext::Scope;

template<class List, class T>
bool holds(const List &list, const T &value)
{
    return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

/// Collects findings; `m_at` is the part of the block that is being looked at.
class Findings
{
public:
    void begin(std::string at) { m_at = std::move(at); }
    void error(std::string_view key, std::string message)
    {
        std::string field = m_at;
        if (!key.empty())
            field += (field.empty() ? "" : ".") + std::string(key);
        m_findings.push_back({std::move(field), std::move(message)});
    }
    /// A duration that has to be longer than 0.
    void needsTime(std::string_view key, const std::optional<Duration> &value)
    {
        if (value && *value <= Duration{})
            error(key, text::inQuotes(key) + " must be longer than 0");
    }
    template<class T>
    void needsSome(std::string_view key, const std::optional<T> &value, std::string_view cure)
    {
        if (value && *value == T{})
            error(key, text::inQuotes(key) + " must be more than 0" + std::string(cure));
    }
    std::vector<BehaviourFinding> take() { return std::move(m_findings); }

private:
    std::string m_at;
    std::vector<BehaviourFinding> m_findings;
};

// --- Latency ---

struct LatencyCheck
{
    Findings &out;

    void operator()(const FixedLatency &m) const { notNegative("", m.value); }
    void operator()(const UniformLatency &m) const
    {
        notNegative("uniform", m.from);
        if (m.from > m.to)
            out.error("uniform", "the first duration (" + formatDuration(m.from)
                                     + ") must not be longer than the second ("
                                     + formatDuration(m.to) + "); swap them");
    }
    void operator()(const NormalLatency &m) const
    {
        notNegative("normal.mean", m.mean);
        notNegative("normal.deviation", m.deviation);
    }
    void operator()(const LognormalLatency &m) const
    {
        const auto longerThanMedian = [&](std::string_view key, Duration value) {
            out.error("lognormal." + std::string(key),
                      std::string(key) + " (" + formatDuration(value)
                          + ") must be longer than the median (" + formatDuration(m.median) + ")");
        };
        if (m.median <= Duration{}) {
            out.error("lognormal.median", "the median must be longer than 0");
            return;
        }
        if (m.p99 && *m.p99 <= m.median)
            longerThanMedian("p99", *m.p99);
        if (m.max && *m.max <= m.median)
            longerThanMedian("max", *m.max);
        if (m.p99.has_value() == m.sigma.has_value())
            out.error("lognormal", "'lognormal' takes 'median' and either 'p99' or 'sigma'");
        if (m.sigma && !(*m.sigma >= 0 && *m.sigma <= 100))
            out.error("lognormal.sigma", "'sigma' is a number from 0 to 100");
    }
    void operator()(const SampledLatency &m) const
    {
        const bool hasFile = !text::trim(m.file).empty();
        if (!hasFile && m.values.empty())
            out.error("samples", "'samples' needs the name of a file with durations, or a list of "
                                 "durations");
        if (hasFile && !m.values.empty())
            out.error("samples", "'samples' takes the name of a file or a list, not both");
        if (m.values.size() > kMostSamples)
            out.error("samples", "'samples' takes at most " + std::to_string(kMostSamples)
                                     + " durations, not " + std::to_string(m.values.size())
                                     + ": write them into a file, one a line, and name that");
        if (std::any_of(m.values.begin(), m.values.end(), isNegative))
            out.error("samples", kNotNegative);
    }

private:
    static constexpr const char *kNotNegative = "a latency must not be negative";

    static bool isNegative(Duration value) { return value < Duration{}; }
    void notNegative(std::string_view key, Duration value) const
    {
        if (isNegative(value))
            out.error(key, kNotNegative);
    }
};

void checkLatency(Findings &out, const Latency &latency, Scope scope)
{
    const auto model = [&](std::string_view place, const std::optional<LatencyModel> &value) {
        out.begin("latency." + std::string(place));
        if (value)
            std::visit(LatencyCheck{out}, *value);
    };
    model("connect", latency.connect);
    model("head", latency.head);
    model("body", latency.body);
    out.begin("latency");
    if (latency.connect && scope != Scope::Server && scope != Scope::Any)
        out.error("connect", "a connection waits before its requests are known: 'connect' belongs "
                             "into the server's behaviour");
}

// --- Throttle ---

void checkThrottle(Findings &out, const Throttle &throttle)
{
    out.begin("throttle");
    constexpr std::string_view cure = "; a fault of kind 'stall' lets nothing through";
    out.needsSome("download", throttle.download, cure);
    out.needsSome("upload", throttle.upload, cure);
    if (throttle.chunks.has_value() != throttle.over.has_value())
        out.error("", "'chunks' and 'over' go together");
    if (throttle.slice.has_value() != throttle.pause.has_value())
        out.error("", "'slice' and 'pause' go together");
    if (throttle.chunks && throttle.slice)
        out.error("slice", "'chunks' and 'slice' are two ways to cut a body up: leave one out");
    out.needsSome("chunks", throttle.chunks, "");
    out.needsSome("slice", throttle.slice, "");
}

// --- Faults ---

class FaultCheck
{
public:
    FaultCheck(Findings &out, const Fault &fault, const BehaviourContext &context)
        : m_out(out)
        , m_fault(fault)
        , m_context(context)
        , m_traits(faultTraits(fault.kind))
        , m_name(faultKindName(fault.kind))
    {}

    void run()
    {
        keys();
        place();
        scope();
        values();
        body();
        counts();
        window();
    }

private:
    /// What the kind takes and cannot do without.
    void keys()
    {
        for (const FaultKey &key : faultKeys()) {
            const bool has = hasKey(m_fault, key);
            if (has && !holds(m_traits.keys, key.name))
                m_out.error(key.name, "a fault of kind " + text::inQuotes(m_name) + " takes no "
                                          + text::inQuotes(key.name));
            else if (!has && holds(m_traits.needed, key.name))
                m_out.error(key.name, "a fault of kind " + text::inQuotes(m_name) + " needs "
                                          + text::inQuotes(key.name));
        }
        if (!m_fault.variant.empty() && !m_traits.variants.empty()
            && !holds(m_traits.variants, m_fault.variant))
            m_out.error("variant", text::inQuotes(m_name) + " has no variant "
                                       + text::inQuotes(m_fault.variant));
    }

    void place()
    {
        if (m_fault.at && !holds(m_traits.places, *m_fault.at)) {
            std::string message = m_traits.places.empty()
                                      ? text::inQuotes(m_name) + " takes no 'at'"
                                      : text::inQuotes(m_name) + " can happen at ";
            for (std::size_t i = 0; i < m_traits.places.size(); ++i)
                message += (i > 0 ? ", " : "") + std::string(faultPlaceName(m_traits.places[i]));
            m_out.error("at", std::move(message));
        }
        if (m_fault.offset && m_traits.places.size() > 1 && m_fault.at != FaultPlace::Body)
            m_out.error("offset", "'offset' counts bytes of the body: it needs 'at: body'");
    }

    void scope()
    {
        const FaultMoment moment = faultMoment(m_fault);
        if (m_fault.kind == FaultKind::Tls) {
            if (m_context.scope != Scope::Server && m_context.scope != Scope::Any)
                m_out.error("kind",
                            "a TLS handshake is over before its requests are known: this fault "
                            "belongs into the server's behaviour, where 'when: {host: …}' picks "
                            "the host name");
            else if (!m_context.tls)
                m_out.error("kind",
                            "this server speaks no TLS: add 'tls: self-signed' to 'listen'");
        }
        if (moment == FaultMoment::Request && m_context.scope == Scope::Response
            && m_context.responses > 1)
            m_out.error("kind", faultLabel(m_fault)
                                    + " is decided before one of the responses is chosen: it "
                                      "belongs into the endpoint's behaviour");
    }

    void values()
    {
        if (m_fault.status && (*m_fault.status < 200 || *m_fault.status > 999))
            m_out.error("status", "a status to answer with is a number from 200 to 999, not "
                                      + std::to_string(*m_fault.status)
                                      + (*m_fault.status >= 100 && *m_fault.status < 200
                                             ? ": after a 1xx the client waits for the real answer"
                                             : ""));
        for (const http::HeaderField &field : m_fault.headers) {
            if (!http::isToken(field.name))
                m_out.error("headers", text::inQuotes(field.name) + " is not a header name");
            else if (!http::isFieldValue(field.value))
                m_out.error("headers", "the value of " + text::inQuotes(field.name)
                                           + " holds a line break or another control character");
        }
        for (const FaultKey &key : faultKeys())
            enough(key);
        if (!m_fault.key.empty() && !http::isToken(m_fault.key))
            m_out.error("key", "'key' is 'all', 'client' or the name of a header, not "
                                   + text::inQuotes(m_fault.key));
        if (m_fault.rate && !(*m_fault.rate >= 0 && *m_fault.rate <= 1))
            m_out.error("rate", "'rate' is a share from 0 % to 100 %");
    }

    /// What cannot be 0.
    void enough(const FaultKey &key)
    {
        const std::string cure
            = key.insteadOfZero.empty() ? std::string() : "; " + std::string(key.insteadOfZero);
        switch (key.unit) {
        case FaultUnit::Time:
            m_out.needsTime(key.name,
                            m_fault.*std::get<std::optional<Duration> Fault::*>(key.member));
            break;
        case FaultUnit::Rate:
            m_out.needsSome(key.name,
                            m_fault.*std::get<std::optional<ByteCount> Fault::*>(key.member), cure);
            break;
        case FaultUnit::Count:
        case FaultUnit::Ordinal:
            m_out.needsSome(key.name,
                            m_fault.*std::get<std::optional<std::uint64_t> Fault::*>(key.member),
                            cure);
            break;
        default:
            break;
        }
    }

    /// Bytes that the body does not have.
    void body()
    {
        if (!m_context.longestBody)
            return;
        const std::uint64_t length = *m_context.longestBody;
        const std::string text
            = "the body has " + std::to_string(length) + (length == 1 ? " byte" : " bytes");
        const bool cuts = m_fault.kind == FaultKind::Truncate;
        if (m_fault.offset
            && (m_fault.offset->value > length || (cuts && m_fault.offset->value == length)))
            m_out.error("offset",
                        "'offset' (" + formatSize(*m_fault.offset) + ") is past the end: " + text);
        if (m_fault.count && m_fault.kind == FaultKind::Corrupt && *m_fault.count > length)
            m_out.error("count", "'count' (" + std::to_string(*m_fault.count)
                                     + ") is more than there is: " + text);
    }

    /// Whether there is a request that satisfies all of them.
    void counts()
    {
        m_out.needsSome("first", m_fault.first, ": requests count from 1");
        m_out.needsSome("every", m_fault.every, ": requests count from 1");
        m_out.needsSome("until", m_fault.until, ": requests count from 1");
        if (m_fault.first == 0U || m_fault.every == 0U || m_fault.until == 0U)
            return;
        constexpr std::uint64_t endless = std::numeric_limits<std::uint64_t>::max();
        const std::uint64_t last
            = std::min(m_fault.first.value_or(endless), m_fault.until.value_or(endless));
        const std::uint64_t step = m_fault.every.value_or(1);
        // The first multiple of `every` behind `after`, found without an overflow.
        const std::uint64_t steps = m_fault.after.value_or(0) / step;
        if (steps < last / step)
            return;
        std::string given;
        const auto add = [&](std::string_view key, const std::optional<std::uint64_t> &value) {
            if (value)
                given += (given.empty() ? "'" : ", '") + std::string(key) + ": "
                         + std::to_string(*value) + "'";
        };
        add("first", m_fault.first);
        add("every", m_fault.every);
        add("after", m_fault.after);
        add("until", m_fault.until);
        const std::string_view key = m_fault.after ? "after" : "every";
        m_out.error(key, "this can never happen: no request satisfies " + given + " together");
    }

    void window()
    {
        if (!m_fault.during)
            return;
        const FaultWindow &during = *m_fault.during;
        if (during.from < Duration{}) {
            m_out.error("during.from", "'from' must not be negative");
        } else if (during.from >= during.to) {
            m_out.error("during", "'during' ends before it begins");
        } else if (during.repeat && *during.repeat < during.to - during.from) {
            m_out.error("during.repeat", "'repeat' (" + formatDuration(*during.repeat)
                                             + ") must not be shorter than the window itself ("
                                             + formatDuration(during.to - during.from)
                                             + "): it counts from one beginning to the next");
        }
    }

    Findings &m_out;
    const Fault &m_fault;
    const BehaviourContext &m_context;
    const FaultTraits &m_traits;
    std::string m_name;
};

} // namespace

std::vector<BehaviourFinding> checkBehaviour(const Behaviour &behaviour,
                                             const BehaviourContext &context)
{
    Findings out;
    checkLatency(out, behaviour.latency, context.scope);
    if (behaviour.throttle)
        checkThrottle(out, *behaviour.throttle);
    for (std::size_t i = 0; i < behaviour.faults.size(); ++i) {
        out.begin("faults." + std::to_string(i));
        FaultCheck(out, behaviour.faults[i], context).run();
    }
    return out.take();
}

} // namespace understudy
