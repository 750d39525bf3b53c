// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/har/entry.h"
#include "core/model/behaviour.h"

#include <string>
#include <vector>

namespace understudy::formats::har {

/// How long the recorded server took over some requests.
class RecordedTimes
{
public:
    void add(const Entry &entry);
    /// Nothing was waited for, or nobody knows.
    bool areEmpty() const;
    /// The waits as samples before the head, and between head and body the time that the body took,
    /// where it ever took a millisecond or longer. Of more than kMostSamples as many are taken,
    /// evenly from the shortest to the longest, which is noted.
    Latency latency(const std::string &subject, Notes &notes) const;

private:
    std::vector<Duration> m_waits;
    std::vector<Duration> m_receives;
};

} // namespace understudy::formats::har
