// SPDX-License-Identifier: Apache-2.0
#include "core/model/presets.h"

#include <algorithm>

namespace understudy {

const NetworkProfile *findNetworkProfile(const std::vector<NetworkProfile> &networks,
                                         std::string_view name)
{
    const auto found = std::find_if(networks.begin(), networks.end(),
                                    [&](const NetworkProfile &p) { return p.name == name; });
    return found == networks.end() ? nullptr : &*found;
}

} // namespace understudy
