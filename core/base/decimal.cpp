// SPDX-License-Identifier: Apache-2.0
#include "core/base/decimal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace understudy {

namespace {

constexpr std::int64_t kLargestExponent = 999'999'999'999'999'999;

std::size_t leadingDigits(std::string_view text)
{
    return std::min(text.find_first_not_of("0123456789"), text.size());
}

/// Of an exponent's digits.
std::int64_t boundedInteger(std::string_view digits)
{
    std::int64_t value = 0;
    const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return ec == std::errc{} ? std::min(value, kLargestExponent) : kLargestExponent;
}

} // namespace

std::optional<Decimal> Decimal::parse(std::string_view text)
{
    Decimal out;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        out.m_isNegative = text.front() == '-';
        text.remove_prefix(1);
    }
    const std::string_view whole = text.substr(0, leadingDigits(text));
    text.remove_prefix(whole.size());
    std::string_view fraction;
    if (text.starts_with('.')) {
        fraction = text.substr(1, leadingDigits(text.substr(1)));
        text.remove_prefix(1 + fraction.size());
    }
    if (whole.empty() && fraction.empty())
        return std::nullopt;
    if (!text.empty()) {
        if (text.front() != 'e' && text.front() != 'E')
            return std::nullopt;
        text.remove_prefix(1);
        const bool isNegative = text.starts_with('-');
        if (isNegative || text.starts_with('+'))
            text.remove_prefix(1);
        if (text.empty() || leadingDigits(text) != text.size())
            return std::nullopt;
        out.m_exponent = isNegative ? -boundedInteger(text) : boundedInteger(text);
    }
    out.m_digits.reserve(whole.size() + fraction.size());
    out.m_digits.append(whole).append(fraction);
    out.m_exponent += static_cast<std::int64_t>(whole.size());
    const std::size_t first = out.m_digits.find_first_not_of('0');
    if (first == std::string::npos)
        return Decimal();
    out.m_digits.erase(0, first);
    out.m_exponent -= static_cast<std::int64_t>(first);
    out.m_digits.erase(out.m_digits.find_last_not_of('0') + 1);
    return out;
}

Decimal Decimal::of(std::int64_t value) { return *parse(std::to_string(value)); }

double Decimal::toDouble() const
{
    const std::string text = (m_isNegative ? "-0." : "0.") + (isZero() ? "0" : m_digits) + 'e'
                             + std::to_string(m_exponent);
    double value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec == std::errc::result_out_of_range)
        value = m_exponent > 0 ? std::numeric_limits<double>::infinity() : 0;
    return m_isNegative && value > 0 ? -value : value;
}

bool Decimal::isMultipleOf(const Decimal &divisor) const
{
    if (isZero() || divisor.isZero())
        return isZero() && !divisor.isZero();
    constexpr std::size_t kExactDigits = 9; // products of two rests fit 64 bits
    if (divisor.m_digits.size() > kExactDigits)
        return std::fmod(toDouble(), divisor.toDouble()) == 0;
    // Both are whole numbers that do not end in zero, times a power of ten.
    const auto power = [](const Decimal &d) {
        return d.m_exponent - static_cast<std::int64_t>(d.m_digits.size());
    };
    if (power(*this) < power(divisor))
        return false;
    std::uint64_t by = 0;
    std::from_chars(divisor.m_digits.data(), divisor.m_digits.data() + divisor.m_digits.size(), by);
    const auto times = [by](std::uint64_t a, std::uint64_t b) { return a * b % by; };
    std::uint64_t rest = 0;
    for (const char digit : m_digits)
        rest = (times(rest, 10) + static_cast<std::uint64_t>(digit - '0')) % by;
    std::uint64_t base = 10 % by;
    for (std::int64_t left = power(*this) - power(divisor); left > 0; left /= 2) {
        if (left % 2 != 0)
            rest = times(rest, base);
        base = times(base, base);
    }
    return rest == 0;
}

std::string Decimal::text() const
{
    if (isZero())
        return "0";
    constexpr std::int64_t kPlain = 21; // as JavaScript writes numbers
    const auto size = static_cast<std::int64_t>(m_digits.size());
    std::string out = m_isNegative ? "-" : "";
    if (m_exponent > kPlain || m_exponent < -5) {
        out += m_digits.substr(0, 1);
        if (size > 1)
            out += '.' + m_digits.substr(1);
        return out + 'e' + std::to_string(m_exponent - 1);
    }
    if (m_exponent <= 0)
        return out + "0." + std::string(static_cast<std::size_t>(-m_exponent), '0') + m_digits;
    if (m_exponent >= size)
        return out + m_digits + std::string(static_cast<std::size_t>(m_exponent - size), '0');
    return out + m_digits.substr(0, static_cast<std::size_t>(m_exponent)) + '.'
           + m_digits.substr(static_cast<std::size_t>(m_exponent));
}

std::strong_ordering Decimal::operator<=>(const Decimal &other) const
{
    const auto sign = [](const Decimal &d) { return d.isZero() ? 0 : d.m_isNegative ? -1 : 1; };
    if (sign(*this) != sign(other))
        return sign(*this) <=> sign(other);
    std::strong_ordering size = m_exponent <=> other.m_exponent;
    if (size == std::strong_ordering::equal)
        size = m_digits.compare(other.m_digits) <=> 0;
    return m_isNegative ? 0 <=> size : size;
}

} // namespace understudy
