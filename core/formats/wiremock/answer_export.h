// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/model/server.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace understudy::formats::wiremock {

/// What an export of one response knows, and where it says what has no word there.
struct AnswerScope
{
    const Server &server;
    const std::vector<const Folder *> &folders; ///< outer before inner
    const Endpoint &endpoint;
    const std::filesystem::path &files; ///< where body files are looked for
    Notes &notes;
    std::string subject;
};

/// A response as a response definition; nothing where it has no word there, which is noted.
std::optional<JsonObject> answerOf(const Response &response, AnswerScope &scope);

/// A text with the names of our own templates as those of WireMock; `request` is what the request
/// is called. What has another name is noted.
std::string asTemplate(const std::string &text, Dialect dialect, std::string_view request,
                       AnswerScope &scope);

/// A list of webhooks, as `serveEventListeners` takes it.
JsonArray webhooksOf(const Response &response, AnswerScope &scope);

} // namespace understudy::formats::wiremock
