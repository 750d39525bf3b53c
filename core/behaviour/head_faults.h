// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <string>
#include <string_view>

/// Faults that change the head of an answer. `effect` gets the words for the record.
namespace understudy {

/// `variant`: status-line, header, duplicate-length, wrong-length or nul (faults.md,
/// malformed-head).
std::string malformHead(std::string_view head, std::string_view variant, std::string &effect);

/// Date, Expires and the expiry of cookies shifted by `by`; a Date is added where there is none.
std::string skewHead(std::string_view head, Duration by, WallTime now, std::string &effect);

/// For an answer whose end only the end of the connection tells: without Content-Length, with
/// `Connection: close`.
std::string endWithConnection(std::string_view head);

} // namespace understudy
