// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

namespace understudy {

/// How much work matching may still do. A unit is about a nanosecond: a byte that is looked at; a
/// step of a matcher costs several. Counted, not measured, so that the same request is decided the
/// same way on every machine. Not shared between threads.
class WorkBudget
{
public:
    explicit WorkBudget(std::uint64_t units)
        : m_left(units)
    {}

    /// Takes `units`; false, and nothing is left, if there are not that many.
    bool spend(std::uint64_t units)
    {
        const bool enough = units <= m_left;
        m_left -= std::min(units, m_left);
        return enough;
    }

    std::uint64_t left() const { return m_left; }

    /// Whether something may be tried whose work is not counted, and is `atMost` units: as long as
    /// all that has been tried comes to no more than a condition may cost.
    bool mayTry(std::uint64_t atMost);

private:
    friend class WorkShare;

    std::uint64_t m_left;
    std::uint64_t m_tried = 0;
};

/// What one condition may cost, about 60 ms; it takes megabytes with a hostile expression to get
/// there.
constexpr std::uint64_t kConditionWork = 60'000'000;
/// What all matching for one request may cost.
constexpr std::uint64_t kRequestWork = 3 * kConditionWork;

inline bool WorkBudget::mayTry(std::uint64_t atMost)
{
    if (atMost > kConditionWork - std::min(m_tried, kConditionWork))
        return false;
    m_tried += atMost;
    return true;
}

/// The part of a larger budget that one matcher may use; what it used is taken from the larger one
/// when this goes out of scope.
class WorkShare
{
public:
    explicit WorkShare(WorkBudget &whole, std::uint64_t atMost = kConditionWork)
        : m_whole(whole)
        , m_given(std::min(atMost, whole.left()))
        , m_own(m_given)
    {
        m_own.m_tried = whole.m_tried;
    }
    ~WorkShare()
    {
        m_whole.spend(m_given - m_own.left());
        m_whole.m_tried = m_own.m_tried;
    }
    WorkShare(const WorkShare &) = delete;
    WorkShare &operator=(const WorkShare &) = delete;

    WorkBudget &budget() { return m_own; }

private:
    WorkBudget &m_whole;
    std::uint64_t m_given;
    WorkBudget m_own;
};

/// What a matcher found out. `Undecided`: its budget was spent before it knew. A condition that is
/// undecided has failed, and so has its negation.
enum class MatchVerdict { No, Yes, Undecided };

constexpr MatchVerdict verdictOf(bool holds)
{
    return holds ? MatchVerdict::Yes : MatchVerdict::No;
}
constexpr MatchVerdict negationOf(MatchVerdict verdict)
{
    if (verdict == MatchVerdict::Undecided)
        return verdict;
    return verdictOf(verdict == MatchVerdict::No);
}

} // namespace understudy
