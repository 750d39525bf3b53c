// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace understudy::wiremock {

enum class Rounding { HalfUp, HalfEven };

/// With so many digits behind the point.
std::string fixed(long double value, int digits, Rounding rounding);
/// With a comma before every third digit of the whole part: "1,234.5".
std::string withCommas(std::string number);
/// As java.text.DecimalFormat writes a number by a pattern, "#,##0.0#" or "0.00 '€'", in English.
std::string formatNumber(long double value, std::string_view pattern);

} // namespace understudy::wiremock
