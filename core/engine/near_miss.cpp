// SPDX-License-Identifier: Apache-2.0
#include "core/engine/near_miss.h"

#include "core/base/result.h"
#include "core/base/text.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cmath>

namespace understudy {

namespace {

constexpr std::size_t kLookedAt = 1000;
// A path of which more than half differs helps nobody.
constexpr double kFarthest = 0.5;

/// 0 for a segment that would match, up to 1 for one that has nothing in common.
double segmentDistance(std::string_view wanted, std::string_view actual)
{
    if (wanted == actual || wanted.find('{') != std::string_view::npos || wanted == "*")
        return 0;
    const std::size_t longest = std::max({wanted.size(), actual.size(), std::size_t{1}});
    const std::size_t edits = editDistance(wanted, actual, longest);
    return static_cast<double>(edits) / static_cast<double>(longest);
}

double pathDistance(std::string_view pattern, const RequestView &request)
{
    if (pattern.starts_with("regex:"))
        return 1;
    std::vector<std::string_view> wanted
        = text::split(pattern.substr(std::min<std::size_t>(1, pattern.size())), '/');
    if (!wanted.empty() && wanted.back().empty())
        wanted.pop_back();
    const auto &actual = request.segments();
    const std::size_t longest = std::max({wanted.size(), actual.size(), std::size_t{1}});
    const std::size_t shortest = std::min(wanted.size(), actual.size());
    double sum = static_cast<double>(longest - shortest);
    if (sum / static_cast<double>(longest) > kFarthest)
        return 1;
    for (std::size_t i = 0; i < shortest; ++i)
        sum += segmentDistance(wanted[i], actual[i]);
    return sum / static_cast<double>(longest);
}

std::string joined(const std::vector<std::string> &names)
{
    std::string out;
    for (const std::string &name : names)
        out += (out.empty() ? "" : ", ") + name;
    return out;
}

bool takesMethod(const CompiledEndpoint &endpoint, std::string_view method)
{
    return std::any_of(endpoint.methods.begin(), endpoint.methods.end(),
                       [&](const std::string &m) { return m == "ANY" || m == method; });
}

CandidateTrace missOf(const CompiledEndpoint &endpoint, const RequestView &request, bool pathFits,
                      double distance)
{
    CandidateTrace trace;
    trace.endpointId = *endpoint.id;
    trace.endpointLabel = *endpoint.label;
    trace.distance = distance;
    const bool methodFits = takesMethod(endpoint, request.method());
    trace.conditions.push_back(
        {"method", joined(endpoint.methods), std::string(request.method()), methodFits});
    trace.conditions.push_back({"path", endpoint.path, request.path(), pathFits});
    if (pathFits)
        trace.reason = "the path fits, but it answers " + joined(endpoint.methods) + ", not "
                       + std::string(request.method());
    else
        trace.reason = methodFits ? "the path differs" : "path and method differ";
    return trace;
}

} // namespace

std::vector<CandidateTrace> nearMisses(const std::vector<CompiledEndpoint> &endpoints,
                                       const std::vector<std::uint32_t> &otherMethods,
                                       const RequestView &request, std::size_t limit)
{
    struct Scored
    {
        double distance;
        std::uint32_t index;
        bool pathFits;
    };
    std::vector<Scored> scored;
    scored.reserve(otherMethods.size());
    for (const std::uint32_t index : otherMethods)
        scored.push_back({0.1, index, true});
    const std::size_t looked = std::min(endpoints.size(), kLookedAt);
    for (std::uint32_t i = 0; i < looked && scored.size() < kLookedAt; ++i) {
        if (std::find(otherMethods.begin(), otherMethods.end(), i) != otherMethods.end())
            continue;
        double distance = pathDistance(endpoints[i].path, request);
        if (distance > kFarthest)
            continue;
        distance += takesMethod(endpoints[i], request.method()) ? 0 : 0.1;
        // Paths that fit but for a trailing slash or letter case come out as 0; they are still
        // farther than a method.
        scored.push_back({0.15 + 0.8 * distance, i, false});
    }
    const std::size_t shown = std::min(limit, scored.size());
    std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(shown),
                      scored.end(), [](const Scored &a, const Scored &b) {
                          return a.distance != b.distance ? a.distance < b.distance
                                                          : a.index < b.index;
                      });
    std::vector<CandidateTrace> out;
    for (std::size_t i = 0; i < shown; ++i)
        out.push_back(
            missOf(endpoints[scored[i].index], request, scored[i].pathFits, scored[i].distance));
    return out;
}

std::string describeMisses(const RequestView &request, const std::vector<CandidateTrace> &misses,
                           bool asJson)
{
    const std::string what
        = std::string(request.method()) + ' ' + std::string(request.request().head.target());
    if (asJson) {
        boost::json::array list;
        for (const CandidateTrace &miss : misses) {
            boost::json::array conditions;
            for (const ConditionTrace &c : miss.conditions) {
                conditions.push_back(boost::json::object{{"subject", c.subject},
                                                         {"expected", c.expected},
                                                         {"actual", c.actual},
                                                         {"passed", c.passed}});
            }
            boost::json::object entry{{"endpoint", miss.endpointLabel},
                                      {"reason", miss.reason},
                                      {"conditions", conditions}};
            if (!miss.responseLabel.empty())
                entry["response"] = miss.responseLabel;
            list.push_back(std::move(entry));
        }
        return boost::json::serialize(
            boost::json::object{{"error", "no endpoint answers this request"},
                                {"request", what},
                                {"nearest", std::move(list)}});
    }
    std::string out = "No endpoint answers " + what + "\n";
    if (misses.empty())
        return out + "No endpoint is near it either.\n";
    out += "\nNearest:\n";
    for (const CandidateTrace &miss : misses) {
        out += "  " + miss.endpointLabel
               + (miss.responseLabel.empty() ? "" : " › " + miss.responseLabel) + ": " + miss.reason
               + "\n";
        for (const ConditionTrace &c : miss.conditions)
            out += std::string("    ") + (c.passed ? "✓ " : "✕ ") + c.subject + ": expected "
                   + c.expected + ", was " + c.actual + "\n";
    }
    return out;
}

} // namespace understudy
