// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockserver/delay.h"

#include "core/base/text.h"
#include "core/base/units.h"
#include "core/formats/recorded/fields.h"

#include <algorithm>
#include <array>
#include <utility>

namespace understudy::formats::mockserver {

using recorded::textOf;
using yaml::Node;

namespace {

/// Of java.util.concurrent.TimeUnit, in seconds.
constexpr std::array<std::pair<std::string_view, double>, 7> kTimeUnits{{
    {"NANOSECONDS", 1e-9},
    {"MICROSECONDS", 1e-6},
    {"MILLISECONDS", 1e-3},
    {"SECONDS", 1},
    {"MINUTES", 60},
    {"HOURS", 3'600},
    {"DAYS", 86'400},
}};

Duration durationOf(double value, double unit)
{
    const double longest = std::chrono::duration<double>(kLongestDelay).count();
    return std::chrono::duration_cast<Duration>(
        std::chrono::duration<double>(std::clamp(value * unit, 0.0, longest)));
}

std::optional<LatencyModel> drawnDelay(const Node &distribution, double unit,
                                       const Translation &scope)
{
    const auto time = [&](std::string_view key) {
        return durationOf(recorded::numberOf(&distribution, key).value_or(0), unit);
    };
    const std::string type = textOf(&distribution, "type");
    if (type == "UNIFORM")
        return UniformLatency{time("min"), std::max(time("min"), time("max"))};
    if (type == "GAUSSIAN")
        return NormalLatency{time("mean"), time("stdDev")};
    if (type == "LOG_NORMAL" && time("median") > Duration{} && time("p99") > time("median")) {
        LognormalLatency out;
        out.median = time("median");
        out.p99 = time("p99");
        return out;
    }
    scope.notServed(text::inQuotes(recorded::oneLine(type)) + " is no distribution of delays",
                    distribution.start);
    return std::nullopt;
}

} // namespace

std::optional<LatencyModel> translateDelay(const Node &delay, const Translation &scope)
{
    if (delay.isNull())
        return std::nullopt;
    const std::string name = textOf(&delay, "timeUnit");
    const auto *const unit
        = std::find_if(kTimeUnits.begin(), kTimeUnits.end(),
                       [&](const auto &candidate) { return candidate.first == name; });
    if (!delay.isMap() || (unit == kTimeUnits.end() && !name.empty())) {
        scope.notServed("a delay has a 'timeUnit' such as MILLISECONDS and a 'value'", delay.start);
        return std::nullopt;
    }
    const double seconds = unit == kTimeUnits.end() ? 1e-3 : unit->second;
    if (const Node *distribution = recorded::mapOf(&delay, "distribution"))
        return drawnDelay(*distribution, seconds, scope);
    const Duration fixed = durationOf(recorded::numberOf(&delay, "value").value_or(0), seconds);
    if (fixed == Duration{})
        return std::nullopt;
    return FixedLatency{fixed};
}

} // namespace understudy::formats::mockserver
