// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy {

/// A decimal number of any size, exactly: what numbers are compared by, wherever a request, a rule
/// or a file gives them as text. 1, 1.0 and 10e-1 are equal, and so are 0 and -0.
class Decimal
{
public:
    /// A whole text: a sign (also `+`), digits with or without a point ("12", "1.", ".5"), an
    /// exponent. Nothing else: no blanks, no "inf". Exponents of more than 18 digits are held to
    /// be as large as 18 digits say.
    static std::optional<Decimal> parse(std::string_view text);
    static Decimal of(std::int64_t value);

    bool isNegative() const { return m_isNegative; }
    bool isZero() const { return m_digits.empty(); }
    bool isWhole() const { return m_exponent >= static_cast<std::int64_t>(m_digits.size()); }
    /// Exactly, for divisors of up to 9 digits; as doubles say it for longer ones. Never of zero.
    bool isMultipleOf(const Decimal &divisor) const;
    /// "12.9"; with an exponent where it is very large or small. The same text for equal numbers.
    std::string text() const;
    /// The nearest double; infinite where it is too large for one.
    double toDouble() const;

    std::strong_ordering operator<=>(const Decimal &other) const;
    bool operator==(const Decimal &other) const = default;

private:
    // The value is 0.digits * 10^exponent, without zeros at either end; zero has no digits.
    bool m_isNegative = false;
    std::int64_t m_exponent = 0;
    std::string m_digits;
};

} // namespace understudy
