// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/latency.h"

namespace understudy {

Duration fixedLatency(const Behaviour &behaviour)
{
    if (!behaviour.latency.head)
        return {};
    const auto *fixed = std::get_if<FixedLatency>(&*behaviour.latency.head);
    return fixed ? fixed->value : Duration{};
}

} // namespace understudy
