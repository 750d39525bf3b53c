// SPDX-License-Identifier: Apache-2.0
#include "core/formats/har/recorded_times.h"

#include <algorithm>

namespace understudy::formats::har {

namespace {

Duration longestOf(const std::vector<Duration> &times)
{
    return times.empty() ? Duration{} : *std::max_element(times.begin(), times.end());
}

/// In ascending order.
SampledLatency samplesOf(std::vector<Duration> times, const std::string &what,
                         const std::string &subject, Notes &notes)
{
    std::sort(times.begin(), times.end());
    SampledLatency out;
    if (times.size() <= kMostSamples) {
        out.values = std::move(times);
        return out;
    }
    for (std::size_t i = 0; i < kMostSamples; ++i)
        out.values.push_back(times[i * (times.size() - 1) / (kMostSamples - 1)]);
    notes.changed(subject, std::to_string(times.size()) + ' ' + what + " were recorded; "
                               + std::to_string(kMostSamples)
                               + " of them, evenly from the shortest to the longest, are samples");
    return out;
}

} // namespace

void RecordedTimes::add(const Entry &entry)
{
    if (entry.wait)
        m_waits.push_back(*entry.wait);
    if (entry.receive)
        m_receives.push_back(*entry.receive);
}

bool RecordedTimes::areEmpty() const { return longestOf(m_waits) == Duration{}; }

Latency RecordedTimes::latency(const std::string &subject, Notes &notes) const
{
    Latency out;
    if (longestOf(m_waits) > Duration{})
        out.head = samplesOf(m_waits, "waits", subject, notes);
    if (longestOf(m_receives) >= std::chrono::milliseconds(1))
        out.body = samplesOf(m_receives, "times of bodies", subject, notes);
    return out;
}

} // namespace understudy::formats::har
