// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/model/behaviour.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace understudy {

/// Durations that a `samples` latency draws from, in ascending order.
using LatencySamples = std::vector<Duration>;

/// Reads the durations of a samples file: one a line (`12ms`, or a bare number of milliseconds;
/// with several columns the first; a first line that is no duration is a heading; blank lines and
/// `#` comments are skipped), or a HAR, whose entries' `timings.wait`, else `time`, are taken.
/// Errors: Parse with the line; Invalid when there is no duration in it.
Result<LatencySamples> parseLatencySamples(std::string_view text);
/// The same from a file that a mock file in `folder` names; it lies inside of it unless
/// `allowOutside`. Errors also: NotFound, Access, Limit, System.
Result<LatencySamples> readLatencySamples(const std::filesystem::path &folder,
                                          const std::string &file, bool allowOutside);

/// A latency model as a distribution: what the server draws from and what the desktop plots.
/// Immutable; any thread.
class LatencyDistribution
{
public:
    /// `samples` is needed for a SampledLatency of a file alone; without it that is always 0.
    explicit LatencyDistribution(LatencyModel model,
                                 std::shared_ptr<const LatencySamples> samples = nullptr);

    /// The duration that a drawn number (core/base/draw.h) stands for: the quantile at its unit
    /// fraction.
    Duration draw(std::uint64_t drawn) const;
    /// The duration that a share `p` in [0, 1] of all draws does not exceed; never negative. A
    /// normal model is cut at 0, a log-normal one at `max`.
    Duration quantile(double p) const;
    /// The share of draws that are at most `value`.
    double cumulative(Duration value) const;
    /// Probability density at `value`, per second; 0 for fixed and sampled models.
    double density(Duration value) const;

    const LatencyModel &model() const { return m_model; }

private:
    LatencyModel m_model;
    std::shared_ptr<const LatencySamples> m_samples;
    double m_mu = 0;    ///< lognormal: of the logarithm of microseconds
    double m_sigma = 0; ///< lognormal
};

} // namespace understudy
