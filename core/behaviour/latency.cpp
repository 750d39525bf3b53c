// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/latency.h"

#include "core/base/draw.h"

#include <boost/math/special_functions/erf.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace understudy {

namespace {

// The 99th percentile of the standard normal distribution (faults.md, lognormal).
constexpr double kNormalP99 = 2.326347874;
// Quantiles are taken inside this range; the ends of a normal distribution are infinite.
constexpr double kSmallestShare = 0x1.0p-54;

double microseconds(Duration duration) { return static_cast<double>(duration.count()); }

Duration fromMicroseconds(double value)
{
    constexpr double kLongest = 1e15; // some thirty years
    return Duration(std::llround(std::clamp(value, 0.0, kLongest)));
}

double normalQuantile(double p)
{
    const double inside = std::clamp(p, kSmallestShare, 1.0 - kSmallestShare);
    return -std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * inside);
}

double normalCumulative(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double normalDensity(double z)
{
    return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi);
}

} // namespace

LatencyDistribution::LatencyDistribution(LatencyModel model,
                                         std::shared_ptr<const LatencySamples> samples)
    : m_model(std::move(model))
    , m_samples(std::move(samples))
{
    if (const auto *lognormal = std::get_if<LognormalLatency>(&m_model)) {
        const double median = std::max(1.0, microseconds(lognormal->median));
        m_mu = std::log(median);
        if (lognormal->sigma)
            m_sigma = *lognormal->sigma;
        else if (lognormal->p99)
            m_sigma
                = (std::log(std::max(median, microseconds(*lognormal->p99))) - m_mu) / kNormalP99;
    }
    const auto *sampled = std::get_if<SampledLatency>(&m_model);
    if (sampled && !sampled->values.empty()) {
        LatencySamples own = sampled->values;
        std::sort(own.begin(), own.end());
        m_samples = std::make_shared<const LatencySamples>(std::move(own));
    }
}

Duration LatencyDistribution::draw(std::uint64_t drawn) const { return quantile(toUnit(drawn)); }

Duration LatencyDistribution::quantile(double p) const
{
    if (const auto *fixed = std::get_if<FixedLatency>(&m_model))
        return fixed->value;
    if (const auto *uniform = std::get_if<UniformLatency>(&m_model)) {
        // Both ends are drawn: each of the whole microseconds from..to has the same share.
        const double width = microseconds(uniform->to - uniform->from) + 1.0;
        const auto steps = static_cast<Duration::rep>(std::floor(std::clamp(p, 0.0, 1.0) * width));
        return std::min(uniform->to, uniform->from + Duration(steps));
    }
    if (const auto *normal = std::get_if<NormalLatency>(&m_model)) {
        return fromMicroseconds(microseconds(normal->mean)
                                + microseconds(normal->deviation) * normalQuantile(p));
    }
    if (const auto *lognormal = std::get_if<LognormalLatency>(&m_model)) {
        const Duration value = fromMicroseconds(std::exp(m_mu + m_sigma * normalQuantile(p)));
        return lognormal->max ? std::min(value, *lognormal->max) : value;
    }
    if (!m_samples || m_samples->empty())
        return {};
    const double at = std::floor(std::clamp(p, 0.0, 1.0) * static_cast<double>(m_samples->size()));
    return (*m_samples)[std::min(m_samples->size() - 1, static_cast<std::size_t>(at))];
}

double LatencyDistribution::cumulative(Duration value) const
{
    if (const auto *fixed = std::get_if<FixedLatency>(&m_model))
        return value >= fixed->value ? 1.0 : 0.0;
    if (const auto *uniform = std::get_if<UniformLatency>(&m_model)) {
        const double width = microseconds(uniform->to - uniform->from) + 1.0;
        return std::clamp((microseconds(value - uniform->from) + 1.0) / width, 0.0, 1.0);
    }
    if (value.count() < 0)
        return 0.0;
    if (const auto *normal = std::get_if<NormalLatency>(&m_model)) {
        if (normal->deviation.count() <= 0)
            return value >= normal->mean ? 1.0 : 0.0;
        return normalCumulative(microseconds(value - normal->mean)
                                / microseconds(normal->deviation));
    }
    if (const auto *lognormal = std::get_if<LognormalLatency>(&m_model)) {
        if (lognormal->max && value >= *lognormal->max)
            return 1.0;
        if (m_sigma <= 0.0)
            return value >= lognormal->median ? 1.0 : 0.0;
        return value.count() == 0
                   ? 0.0
                   : normalCumulative((std::log(microseconds(value)) - m_mu) / m_sigma);
    }
    if (!m_samples || m_samples->empty())
        return 1.0;
    const auto above = std::upper_bound(m_samples->begin(), m_samples->end(), value);
    return static_cast<double>(above - m_samples->begin()) / static_cast<double>(m_samples->size());
}

double LatencyDistribution::density(Duration value) const
{
    constexpr double kMicrosecondsPerSecond = 1e6;
    if (const auto *uniform = std::get_if<UniformLatency>(&m_model)) {
        const bool inside = value >= uniform->from && value <= uniform->to;
        const double width = microseconds(uniform->to - uniform->from);
        return inside && width > 0 ? kMicrosecondsPerSecond / width : 0.0;
    }
    if (value.count() < 0)
        return 0.0;
    if (const auto *normal = std::get_if<NormalLatency>(&m_model)) {
        const double deviation = microseconds(normal->deviation);
        if (deviation <= 0)
            return 0.0;
        return normalDensity(microseconds(value - normal->mean) / deviation) / deviation
               * kMicrosecondsPerSecond;
    }
    if (const auto *lognormal = std::get_if<LognormalLatency>(&m_model)) {
        if (value.count() == 0 || m_sigma <= 0.0 || (lognormal->max && value > *lognormal->max))
            return 0.0;
        const double x = microseconds(value);
        return normalDensity((std::log(x) - m_mu) / m_sigma) / (x * m_sigma)
               * kMicrosecondsPerSecond;
    }
    return 0.0;
}

} // namespace understudy
