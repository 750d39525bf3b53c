// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace understudy::handlebars {

/// A moment as JavaScript counts: milliseconds since 1970. A clock of nanoseconds ends in the year
/// 2262, and mock data does not.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

} // namespace understudy::handlebars
