// SPDX-License-Identifier: Apache-2.0
#include "core/model/behaviour.h"

#include <array>

namespace understudy {

namespace {

constexpr std::array<std::string_view, 24> kKinds{
    "status",        "rate-limit",  "close",           "reset",
    "stall",         "refuse",      "blackhole",       "half-close",
    "truncate",      "garbage",     "malformed-chunk", "malformed-head",
    "bad-encoding",  "bad-charset", "corrupt",         "dribble",
    "slow-read",     "no-read",     "keepalive-race",  "expect-refuse",
    "redirect-loop", "clock-skew",  "duplicate",       "tls"};
static_assert(kKinds.size() == static_cast<std::size_t>(FaultKind::Tls) + 1);

constexpr std::array<std::string_view, 5> kPlaces{"accept", "request", "head", "body", "handshake"};

} // namespace

std::string_view faultKindName(FaultKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<FaultKind> faultKindFromName(std::string_view name)
{
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        if (kKinds[i] == name)
            return static_cast<FaultKind>(i);
    }
    return std::nullopt;
}

const std::vector<FaultKind> &allFaultKinds()
{
    static const std::vector<FaultKind> kinds = [] {
        std::vector<FaultKind> out;
        for (std::size_t i = 0; i < kKinds.size(); ++i)
            out.push_back(static_cast<FaultKind>(i));
        return out;
    }();
    return kinds;
}

std::string_view faultPlaceName(FaultPlace place)
{
    return kPlaces[static_cast<std::size_t>(place)];
}

std::optional<FaultPlace> faultPlaceFromName(std::string_view name)
{
    for (std::size_t i = 0; i < kPlaces.size(); ++i) {
        if (kPlaces[i] == name)
            return static_cast<FaultPlace>(i);
    }
    return std::nullopt;
}

} // namespace understudy
