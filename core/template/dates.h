// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/instant.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::handlebars {

/// An instant as a calendar and a clock show it, `offset` minutes east of Greenwich.
struct CivilTime
{
    std::int64_t year = 1970;
    int month = 1; ///< from 1
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int millisecond = 0;
    int weekday = 4; ///< from Sunday, 0
    int dayOfYear = 1;
    int offset = 0;
    Instant instant{};
};

CivilTime civilTime(Instant time, int offsetMinutes);
/// In this machine's time zone, as that was then.
CivilTime localTime(Instant time);
/// The instant of a date and a time at an offset; parts that are too large or negative carry over
/// into the next ones (as in JavaScript's Date).
Instant instantOf(std::int64_t year, std::int64_t month, std::int64_t day, std::int64_t hour,
                  std::int64_t minute, std::int64_t second, std::int64_t millisecond,
                  int offsetMinutes);
/// The same in this machine's time zone.
Instant localInstantOf(std::int64_t year, std::int64_t month, std::int64_t day, std::int64_t hour,
                       std::int64_t minute, std::int64_t second, std::int64_t millisecond);

/// A text as JavaScript's Date reads it: ISO 8601 (a date alone is UTC, with a time and no offset
/// it is local), what Date itself writes, and dates of mail and HTTP (RFC 5322). Nothing for
/// others.
std::optional<Instant> parseDate(std::string_view text);

/// As the tokens of Unicode's date patterns say (date-fns 2; reference/mockoon.md section 6.8), in
/// English. Letters that are no token stay.
std::string formatDate(const CivilTime &time, std::string_view pattern);

/// As JavaScript's Date writes itself: "Tue Feb 01 2022 00:00:00 GMT+0000 (Coordinated Universal
/// Time)", in this machine's time zone.
std::string javaScriptDate(Instant time);

} // namespace understudy::handlebars
