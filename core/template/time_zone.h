// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/instant.h"

#include <optional>
#include <string_view>

namespace understudy::handlebars {

/// How many minutes east of Greenwich a zone's clocks are at that moment: "UTC", "GMT+10",
/// "+02:00", or a name of the time zone database ("Europe/Berlin"), which is read from this machine
/// (TZif, RFC 8536). Nothing for a zone that is not known. Any thread.
std::optional<int> zoneOffset(std::string_view zone, Instant at);

} // namespace understudy::handlebars
