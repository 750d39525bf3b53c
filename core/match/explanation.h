// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace understudy {

/// One condition as it was tried: what was looked at, what was asked for, what was there.
struct ConditionTrace
{
    std::string subject;  ///< "header.Accept", "method", "path", "state.cart"
    std::string expected; ///< "contains json"
    std::string actual;   ///< the value as text; "(absent)" where there is none
    bool passed = false;
    /// Nobody knows whether it holds, `actual` says why: it has failed, whether negated or not.
    bool undecided = false;
    bool operator==(const ConditionTrace &) const = default;
};

/// One endpoint, or one response of it, as it was considered for a request.
struct CandidateTrace
{
    std::string endpointId;
    std::string endpointLabel;
    std::string responseId; ///< empty: the endpoint as a whole
    std::string responseLabel;
    bool chosen = false;
    std::string reason;  ///< one sentence: "all 2 conditions hold", "times used up (2 of 2)", …
    double distance = 0; ///< 0 = would have matched; near misses are ordered by it, up to 1
    std::vector<ConditionTrace> conditions;
    bool operator==(const CandidateTrace &) const = default;
};

/// Why a request got the answer it got: the candidates in the order they were tried, or, for a
/// request that no endpoint answered, the nearest misses, nearest first. Immutable once made;
/// shared between threads.
struct Explanation
{
    std::string summary; ///< one sentence for a table cell or a log line
    std::vector<CandidateTrace> candidates;
    std::vector<std::string> log{}; ///< lines that scripts wrote on the way
    bool operator==(const Explanation &) const = default;
    std::size_t heapSize() const;
};

} // namespace understudy
