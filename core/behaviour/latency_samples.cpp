// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"
#include "core/base/text.h"
#include "core/base/units.h"
#include "core/behaviour/latency.h"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace understudy {

namespace {

namespace json = boost::json;

constexpr double kMicrosecondsPerMillisecond = 1000.0;
constexpr double kLongest = 1e9; // milliseconds: some eleven days

std::optional<double> number(std::string_view text)
{
    double value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

Duration fromMilliseconds(double value)
{
    return Duration(std::llround(value * kMicrosecondsPerMillisecond));
}

/// `12ms`, or a bare number of milliseconds.
std::optional<Duration> parseSample(std::string_view cell)
{
    if (const auto bare = number(cell)) {
        const bool isSane = *bare >= 0 && *bare <= kLongest;
        return isSane ? std::optional(fromMilliseconds(*bare)) : std::nullopt;
    }
    const auto duration = parseDuration(cell);
    return duration && duration->count() >= 0 ? std::optional(*duration) : std::nullopt;
}

std::string_view firstColumn(std::string_view line)
{
    return text::trim(line.substr(0, line.find_first_of(",;\t")));
}

Result<LatencySamples> parseLines(std::string_view text)
{
    LatencySamples samples;
    int number = 0;
    bool isFirst = true;
    for (const std::string_view raw : text::split(text, '\n')) {
        ++number;
        const std::string_view cell = firstColumn(text::trim(raw));
        if (cell.empty() || cell.starts_with('#'))
            continue;
        if (const auto sample = parseSample(cell)) {
            samples.push_back(*sample);
        } else if (!isFirst) {
            return Error{ErrorCode::Syntax,
                         "'" + std::string(cell)
                             + "' is not a duration; write one a line, such as 12ms, or a number "
                               "of milliseconds",
                         {{}, number, 1}};
        }
        isFirst = false;
    }
    return samples;
}

std::optional<double> asNumber(const json::value *value)
{
    if (!value || !value->is_number())
        return std::nullopt;
    return value->to_number<double>();
}

/// HAR 1.2: `time` of an entry is the whole exchange, `timings.wait` what the server took to begin
/// its answer; -1 means unknown.
LatencySamples fromHar(const json::value &document)
{
    LatencySamples samples;
    boost::system::error_code ec;
    const json::value *entries = document.find_pointer("/log/entries", ec);
    if (!entries || !entries->is_array())
        return samples;
    for (const json::value &entry : entries->get_array()) {
        auto wait = asNumber(entry.find_pointer("/timings/wait", ec));
        if (!wait || *wait < 0)
            wait = asNumber(entry.find_pointer("/time", ec));
        if (wait && *wait >= 0 && *wait <= kLongest)
            samples.push_back(fromMilliseconds(*wait));
    }
    return samples;
}

} // namespace

Result<LatencySamples> parseLatencySamples(std::string_view text)
{
    LatencySamples samples;
    if (text::trim(text).starts_with('{')) {
        boost::system::error_code ec;
        const json::value document = json::parse(text, ec);
        if (ec)
            return Error{ErrorCode::Syntax, "the HAR is not JSON: " + ec.message(), {}};
        samples = fromHar(document);
    } else {
        auto lines = parseLines(text);
        if (!lines)
            return lines.error();
        samples = *std::move(lines);
    }
    if (samples.empty())
        return Error{ErrorCode::Invalid, "there is no duration in it", {}};
    std::sort(samples.begin(), samples.end());
    return samples;
}

Result<LatencySamples> readLatencySamples(const std::filesystem::path &folder,
                                          const std::string &file, bool allowOutside)
{
    const auto problem = [&](Error error) {
        error.where.file = (folder / file).string();
        return error;
    };
    const auto opened = files::openInside(folder, file, allowOutside);
    if (!opened && opened.error().code == ErrorCode::NotFound)
        return problem({ErrorCode::NotFound, "the samples file is not there", {}});
    if (!opened)
        return problem({opened.error().code, "the samples file " + opened.error().message, {}});
    const auto text = opened->readAll();
    if (!text)
        return problem({text.error().code, "the samples file " + text.error().message, {}});
    auto samples = parseLatencySamples(*text);
    return samples ? std::move(samples) : problem(samples.error());
}

} // namespace understudy
