// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <optional>
#include <string>
#include <string_view>

namespace understudy::http {

/// IMF-fixdate (RFC 9110 section 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT".
std::string formatDate(WallTime time);

/// Reads an IMF-fixdate; nothing for any other text.
std::optional<WallTime> parseDate(std::string_view text);

/// Reads the three forms that a recipient has to accept (RFC 9110 section 5.6.7): IMF-fixdate, that
/// of RFC 850 and that of asctime(). Nothing for any other text.
std::optional<WallTime> parseHttpDate(std::string_view text);

/// Reads what people write for a moment: ISO 8601 ("2026-11-22", "2026-11-22T10:00:00.5+02:00", a
/// missing offset is UTC), IMF-fixdate, or a number of seconds or milliseconds since 1970.
std::optional<WallTime> parseAnyDate(std::string_view text);

} // namespace understudy::http
