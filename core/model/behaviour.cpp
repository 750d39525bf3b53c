// SPDX-License-Identifier: Apache-2.0
#include "core/model/behaviour.h"

#include <array>

namespace understudy {

namespace {

constexpr std::array<std::string_view, 5> kPlaces{"accept", "request", "head", "body", "handshake"};

} // namespace

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
