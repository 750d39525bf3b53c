// SPDX-License-Identifier: Apache-2.0
#include "core/model/behaviour_labels.h"

#include "core/model/fault_catalogue.h"

#include <algorithm>

namespace understudy {

namespace {

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
    std::string operator()(const SampledLatency &m) const
    {
        if (m.values.empty())
            return "samples of " + m.file;
        const auto [least, most] = std::minmax_element(m.values.begin(), m.values.end());
        std::string text = std::to_string(m.values.size());
        text += m.values.size() == 1 ? " sample, " : " samples, ";
        text += formatDuration(*least);
        if (*least != *most)
            text += " to " + formatDuration(*most);
        return text;
    }

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

} // namespace understudy
