// SPDX-License-Identifier: Apache-2.0
#include "core/match/explanation.h"

namespace understudy {

std::size_t Explanation::heapSize() const
{
    std::size_t size
        = sizeof(*this) + summary.capacity() + candidates.capacity() * sizeof(CandidateTrace);
    for (const CandidateTrace &c : candidates) {
        size += c.endpointId.capacity() + c.endpointLabel.capacity() + c.responseId.capacity()
                + c.responseLabel.capacity() + c.reason.capacity()
                + c.conditions.capacity() * sizeof(ConditionTrace);
        for (const ConditionTrace &t : c.conditions)
            size += t.subject.capacity() + t.expected.capacity() + t.actual.capacity();
    }
    for (const std::string &line : log)
        size += sizeof(std::string) + line.capacity();
    return size;
}

} // namespace understudy
