// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/notes.h"
#include "core/model/server.h"

#include <string>
#include <string_view>

namespace understudy::formats::recorded {

/// Whom a note about an answer is about, and where it stands.
struct AnswerScope
{
    Notes &notes;
    std::string subject;
    yaml::Mark at;
};

/// Puts a recorded header into an answer, but for what belongs to the connection it came over (its
/// framing, coding, date), which the server makes itself. Several values that a recorder has joined
/// with line breaks become a header each. What cannot be sent is noted.
void addHeader(Response &response, const std::string &name, std::string_view value,
               const AnswerScope &scope);

/// The same in a file that people write, whose bodies are what is on the wire: a coding stays, and
/// what belongs to the connection is noted.
void addWrittenHeader(Response &response, const std::string &name, std::string_view value,
                      const AnswerScope &scope);

/// The text of a recorded body, which recorders keep as UTF-8: a Content-Type that names another
/// charset is changed. `mediaType` is what a body without Content-Type is said to be.
void setText(Response &response, std::string text, std::string_view mediaType,
             const AnswerScope &scope);
/// The same of bytes in base64; kept as a text where they are one. Noted where it is no base64.
void setBase64(Response &response, const std::string &text, std::string_view mediaType,
               const AnswerScope &scope);

/// A reason phrase, kept where it is not the usual one of the status.
void setReason(Response &response, std::string_view reason);

} // namespace understudy::formats::recorded
