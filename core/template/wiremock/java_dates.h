// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/template/instant.h"

#include <optional>
#include <string>
#include <string_view>

namespace understudy::wiremock {

/// As java.text.SimpleDateFormat writes a moment by a pattern, in English. `zone` is what `z` says.
/// Errors: Invalid for a letter that means nothing.
Result<std::string> formatJavaDate(handlebars::Instant time, std::string_view pattern,
                                   int offsetMinutes, std::string_view zone);
/// As java.time's DateTimeFormatter reads a text by a pattern: parts that are missing are January
/// 1, midnight, UTC. Nothing where the text is not of that form.
std::optional<handlebars::Instant> parseJavaDate(std::string_view text, std::string_view pattern);

} // namespace understudy::wiremock
