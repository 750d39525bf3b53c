// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/conditions.h"

namespace understudy {

namespace {

/// The time inside the current turn of a repeating window.
Duration inTurn(const FaultWindow &window, Duration sinceStart)
{
    if (!window.repeat || window.repeat->count() <= 0 || sinceStart < window.from)
        return sinceStart;
    return window.from + (sinceStart - window.from) % *window.repeat;
}

} // namespace

bool holdsForCount(const Fault &fault, std::uint64_t count)
{
    return (!fault.first || count <= *fault.first) && (!fault.until || count <= *fault.until)
           && (!fault.after || count > *fault.after)
           && (!fault.every || (*fault.every > 0 && count % *fault.every == 0));
}

bool isOpen(const FaultWindow &window, Duration sinceStart)
{
    const Duration at = inTurn(window, sinceStart);
    return at >= window.from && at < window.to;
}

std::optional<Duration> untilChange(const FaultWindow &window, Duration sinceStart)
{
    const Duration at = inTurn(window, sinceStart);
    if (at < window.from)
        return window.from - at;
    if (at < window.to)
        return window.to - at;
    if (!window.repeat || window.repeat->count() <= 0)
        return std::nullopt;
    return window.from + *window.repeat - at;
}

} // namespace understudy
