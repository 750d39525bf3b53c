// SPDX-License-Identifier: Apache-2.0
#include "core/formats/hoverfly/delays.h"

#include "core/base/text.h"
#include "core/base/units.h"
#include "core/formats/recorded/fields.h"
#include "core/http/uri.h"

#include <algorithm>
#include <cmath>

namespace understudy::formats::hoverfly {

using recorded::numberOf;
using recorded::textOf;
using yaml::Node;

namespace {

Duration millisecondsOf(double value)
{
    const double longest = std::chrono::duration<double, std::milli>(kLongestDelay).count();
    return std::chrono::duration_cast<Duration>(
        std::chrono::duration<double, std::milli>(std::clamp(value, 0.0, longest)));
}

std::optional<LatencyModel> fixedDelay(double value)
{
    if (!(value > 0))
        return std::nullopt;
    return FixedLatency{millisecondsOf(value)};
}

/// By median and mean: the mean is the median times e to the half of sigma squared.
std::optional<LatencyModel> logNormal(const Node &delay)
{
    const double median = numberOf(&delay, "median").value_or(0);
    const double mean = numberOf(&delay, "mean").value_or(0);
    if (!(median > 0) || !(mean > median))
        return fixedDelay(median);
    LognormalLatency out;
    out.median = millisecondsOf(median);
    constexpr double kWidest = 10;
    out.sigma = std::min(std::sqrt(2 * std::log(mean / median)), kWidest);
    if (const auto max = numberOf(&delay, "max"); max && *max >= median)
        out.max = millisecondsOf(*max);
    return out;
}

} // namespace

std::optional<LatencyModel> delayOf(const Node &response)
{
    if (const Node *drawn = recorded::mapOf(&response, "logNormalDelay"))
        return logNormal(*drawn);
    return fixedDelay(numberOf(&response, "fixedDelay").value_or(0));
}

GlobalDelays::GlobalDelays(const Node *actions, Notes &notes)
    : m_at(actions ? actions->start : yaml::Mark{})
{
    constexpr std::size_t kMostDelays = 200;
    for (const std::string_view key : {"delays", "delaysLogNormal"}) {
        for (const Node &node : recorded::listOf(actions, key)) {
            auto regex = Regex::compile(textOf(&node, "urlPattern"));
            if (!regex) {
                notes.notServed({},
                                "the 'urlPattern' of a delay is no regular expression: "
                                    + regex.error().message,
                                node.start);
                continue;
            }
            if (m_delays.size() == kMostDelays) {
                notes.notServed({},
                                "there are more than 200 delays; this one and what follows is "
                                "left out",
                                node.start);
                return;
            }
            m_delays.push_back({*std::move(regex), textOf(&node, "httpMethod"),
                                key == "delays" ? fixedDelay(numberOf(&node, "delay").value_or(0))
                                                : logNormal(node)});
        }
    }
}

bool GlobalDelays::isFor(const Delay &delay, const std::string &url, const Endpoint &endpoint)
{
    return delay.pattern.matches(url)
           && (delay.method.empty()
               || std::any_of(endpoint.methods.begin(), endpoint.methods.end(),
                              [&](const std::string &method) {
                                  return text::equalsIgnoreCase(method, delay.method);
                              }));
}

void GlobalDelays::apply(const std::string &host, std::vector<Endpoint> &endpoints, Notes &notes)
{
    for (Endpoint &endpoint : endpoints) {
        Response &response = endpoint.responses.front();
        if (m_delays.empty() || response.behaviour.latency.head)
            continue;
        const bool isPattern = endpoint.path.starts_with("regex:");
        if (isPattern && !m_hasSaid) {
            m_hasSaid = true;
            notes.changed({},
                          "the delays of 'globalActions' are compared with the patterns of paths "
                          "as they are written, not with each request's path",
                          m_at);
        }
        const std::string url
            = host + (isPattern ? endpoint.name : http::percentDecode(endpoint.path));
        const auto delay = std::find_if(m_delays.begin(), m_delays.end(), [&](const Delay &one) {
            return isFor(one, url, endpoint);
        });
        if (delay != m_delays.end())
            response.behaviour.latency.head = delay->latency;
    }
}

} // namespace understudy::formats::hoverfly
