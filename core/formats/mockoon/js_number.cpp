// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/lookup.h"

#include <array>
#include <charconv>
#include <optional>

namespace understudy::formats::mockoon {

std::optional<double> javaScriptNumber(std::string_view text)
{
    double value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    // ECMA-262, section 6.1.6.1.20, from the shortest digits.
    std::array<char, 64> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                       std::chars_format::scientific);
    std::string_view shortest(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
    std::string out;
    if (shortest.starts_with('-')) {
        out = "-";
        shortest.remove_prefix(1);
    }
    const std::size_t e = shortest.find('e');
    if (e == std::string_view::npos)
        return std::nullopt; // infinite
    std::string digits(1, shortest[0]);
    if (e > 2)
        digits += shortest.substr(2, e - 2);
    const bool isSmall = shortest[e + 1] == '-';
    int exponent = 0;
    std::from_chars(shortest.data() + e + 2, shortest.data() + shortest.size(), exponent);
    const int point = (isSmall ? -exponent : exponent) + 1;
    const int count = static_cast<int>(digits.size());
    if (value == 0)
        out = "0";
    else if (count <= point && point <= 21)
        out += digits + std::string(static_cast<std::size_t>(point - count), '0');
    else if (0 < point && point <= 21)
        out += digits.substr(0, static_cast<std::size_t>(point)) + '.'
               + digits.substr(static_cast<std::size_t>(point));
    else if (-6 < point && point <= 0)
        out += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    else
        out += digits.substr(0, 1) + (count > 1 ? "." + digits.substr(1) : std::string())
               + (point > 0 ? "e+" : "e-") + std::to_string(point > 0 ? point - 1 : 1 - point);
    return out == text ? std::optional(value) : std::nullopt;
}

bool looksLikeNumber(std::string_view text)
{
    double value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    return !text.empty() && ec == std::errc{} && end == text.data() + text.size();
}

} // namespace understudy::formats::mockoon
