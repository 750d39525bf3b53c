// SPDX-License-Identifier: Apache-2.0
#include "core/template/wiremock/java_number.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace understudy::wiremock {

namespace {

constexpr int kMostDigits = 18;

/// A pattern of DecimalFormat, read.
struct Pattern
{
    std::string before;
    std::string behind;
    std::size_t leastWhole = 0;
    std::size_t leastFraction = 0;
    std::size_t mostFraction = 0;
    bool hasCommas = false;
    bool isPercent = false;
};

Pattern patternOf(std::string_view text)
{
    Pattern out;
    bool isBehindPoint = false;
    bool hasDigits = false;
    bool hasWhole = false;
    bool isQuoted = false;
    for (const char c : text.substr(0, text.find(';'))) {
        const bool isDigit = !isQuoted && (c == '0' || c == '#' || c == ',' || c == '.');
        if (c == '\'') {
            isQuoted = !isQuoted;
        } else if (isDigit && out.behind.empty()) {
            hasDigits = true;
            if (c == '.')
                isBehindPoint = true;
            else if (c == ',')
                out.hasCommas = true;
            else if (isBehindPoint)
                ++out.mostFraction;
            else if (c == '0')
                ++out.leastWhole;
            hasWhole |= !isBehindPoint;
            if (c == '0' && isBehindPoint)
                ++out.leastFraction;
        } else {
            out.isPercent |= !isQuoted && c == '%';
            (hasDigits ? out.behind : out.before) += c;
        }
    }
    // "#.##" writes 0.5 with its nought, ".##" does not.
    if (hasWhole && out.leastWhole == 0)
        out.leastWhole = 1;
    return out;
}

} // namespace

std::string fixed(long double value, int digits, Rounding rounding)
{
    const long double factor = std::pow(10.0L, digits);
    long double scaled = value * factor;
    // What a decimal of up to 15 digits lacks in binary is less than this.
    constexpr long double kDust = 1e-12L;
    constexpr long double kMostDust = 1e-6L;
    const long double nearest = std::round(scaled * 2) / 2;
    if (std::fabs(scaled - nearest) < std::clamp(kDust * std::fabs(scaled), kDust, kMostDust))
        scaled = nearest;
    scaled = rounding == Rounding::HalfUp ? std::round(scaled) : std::nearbyint(scaled);
    std::array<char, 400> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.*Lf", digits, scaled / factor);
    std::string out(text.data(), static_cast<std::size_t>(
                                     std::clamp(length, 0, static_cast<int>(text.size()) - 1)));
    return out.find_first_of("123456789") == std::string::npos && out.starts_with('-')
               ? out.substr(1)
               : out;
}

std::string withCommas(std::string number)
{
    constexpr std::size_t kGroup = 3;
    const std::size_t first = number.starts_with('-') ? 1 : 0;
    std::size_t at = std::min(number.find('.'), number.size());
    while (at > first + kGroup) {
        at -= kGroup;
        number.insert(at, 1, ',');
    }
    return number;
}

std::string formatNumber(long double value, std::string_view pattern)
{
    const Pattern form = patternOf(pattern);
    const bool isNegative = value < 0;
    const long double size = std::fabs(value) * (form.isPercent ? 100 : 1);
    std::string digits = fixed(size, std::min(static_cast<int>(form.mostFraction), kMostDigits),
                               Rounding::HalfEven);
    std::size_t point = digits.find('.');
    if (point != std::string::npos) {
        while (digits.ends_with('0') && digits.size() - point - 1 > form.leastFraction)
            digits.pop_back();
        if (digits.ends_with('.'))
            digits.pop_back();
    }
    point = std::min(digits.find('.'), digits.size());
    if (form.leastWhole == 0 && digits.starts_with("0.")) {
        digits.erase(0, 1);
    } else if (point < form.leastWhole) {
        digits.insert(0, form.leastWhole - point, '0');
    }
    if (form.hasCommas)
        digits = withCommas(std::move(digits));
    return (isNegative ? "-" : "") + form.before + digits + form.behind;
}

} // namespace understudy::wiremock
