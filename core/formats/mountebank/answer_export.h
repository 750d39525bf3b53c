// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/model/server.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace understudy::formats::mountebank {

/// What an export of one response knows, and where it says what has no word there.
struct AnswerScope
{
    const Server &server;
    const std::vector<const Folder *> &folders; ///< outer before inner
    const Endpoint &endpoint;
    const std::filesystem::path &files; ///< where body files are looked for
    Notes &notes;
    std::string subject;

    void noWord(const std::string &what, const std::string &so = "it is left out")
    {
        notes.notServed(subject, what + " has no word in mountebank; " + so);
    }
};

/// A response with its behaviours, as a stub lists it; nothing where it has no word there, which is
/// noted.
std::optional<JsonObject> answerOf(const Response &response, AnswerScope &scope);

/// Latency and faults of a response and of what it stands in.
struct WrittenBehaviour
{
    std::int64_t wait = 0; ///< in milliseconds
    std::string fault;     ///< empty: none
};
WrittenBehaviour behaviourOf(const Response &response, AnswerScope &scope);

/// The tags of a template as tokens that `copies` fill; what has no word there is noted.
std::string withTokens(const std::string &text, Dialect dialect, JsonArray &copies,
                       AnswerScope &scope);

} // namespace understudy::formats::mountebank
