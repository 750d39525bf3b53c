// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/response_export.h"

#include <optional>
#include <string>

namespace understudy::formats::mountebank {

/// A response with its behaviours, as a stub lists it; nothing where it has no word there, which is
/// noted.
std::optional<JsonObject> answerOf(const Response &response, ResponseScope &scope);

/// Latency and faults of a response and of what it stands in.
struct WrittenBehaviour
{
    std::int64_t wait = 0; ///< in milliseconds
    std::string fault;     ///< empty: none
};
WrittenBehaviour behaviourOf(const Response &response, ResponseScope &scope);

/// The tags of a template as tokens that `copies` fill; what has no word there is noted.
std::string withTokens(const std::string &text, Dialect dialect, JsonArray &copies,
                       ResponseScope &scope);

} // namespace understudy::formats::mountebank
