// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/formats/wiremock/answer.h"

#include <algorithm>
#include <charconv>

namespace understudy::formats::wiremock {

namespace {

Duration millisecondsIn(const Node &map, std::string_view key)
{
    constexpr std::int64_t kMost = 1'000'000'000;
    return std::chrono::milliseconds(
        std::clamp<std::int64_t>(numberIn(map, key).value_or(0), 0, kMost));
}

double decimalIn(const Node &map, std::string_view key)
{
    const std::string text = textIn(map, key);
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

std::optional<LatencyModel> translateDelay(const Node &distribution, StubScope &scope)
{
    const std::string type = textIn(distribution, "type");
    if (type == "fixed")
        return FixedLatency{millisecondsIn(distribution, "milliseconds")};
    if (type == "uniform") {
        const Duration lower = millisecondsIn(distribution, "lower");
        return UniformLatency{lower, std::max(lower, millisecondsIn(distribution, "upper"))};
    }
    if (type == "lognormal") {
        LognormalLatency out;
        out.median = millisecondsIn(distribution, "median");
        out.sigma = decimalIn(distribution, "sigma");
        if (member(distribution, "maxValue"))
            out.max = millisecondsIn(distribution, "maxValue");
        return out;
    }
    scope.notes.notServed(scope.subject, text::inQuotes(type) + " is no distribution of delays",
                          distribution.start);
    return std::nullopt;
}

} // namespace understudy::formats::wiremock
