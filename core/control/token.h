// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace understudy::control {

/// 192 random bits from the operating system as 48 hexadecimal digits.
std::string makeToken();

/// Compares in a time that depends on the length of `given` alone, not on where it differs.
bool isSameSecret(std::string_view given, std::string_view secret);

} // namespace understudy::control
