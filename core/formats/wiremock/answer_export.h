// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/response_export.h"

#include <optional>
#include <string>

namespace understudy::formats::wiremock {

/// A response as a response definition; nothing where it has no word there, which is noted.
std::optional<JsonObject> answerOf(const Response &response, ResponseScope &scope);

/// A text with the names of our own templates as those of WireMock; `request` is what the request
/// is called. What has another name is noted.
std::string asTemplate(const std::string &text, Dialect dialect, std::string_view request,
                       ResponseScope &scope);

/// A list of webhooks, as `serveEventListeners` takes it.
JsonArray webhooksOf(const Response &response, ResponseScope &scope);

} // namespace understudy::formats::wiremock
