// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/answer_plan.h"
#include "core/http/conditional.h"
#include "core/http/header_list.h"

#include <optional>
#include <string>
#include <string_view>

namespace understudy {

/// The parts of an answer before they are put into bytes.
struct AnswerParts
{
    int status = 200;
    std::string reason; ///< empty: the standard phrase
    http::HeaderList headers;
    std::string body;
    /// Sends this Content-Length instead of the body's size; for files and HEAD-only answers.
    std::optional<std::uint64_t> contentLength;
};

/// Puts an answer into bytes after RFC 9112. Content-Length and Transfer-Encoding are made here and
/// those of `headers` are dropped, but `Transfer-Encoding: chunked` asks for chunks, and header
/// fields that `Trailer` names then follow the body. Statuses that never have a body lose it, with
/// its length.
std::shared_ptr<const PreparedAnswer> prepareAnswer(AnswerParts parts, bool isStatic);

/// A plain answer of the server itself: `text` as text/plain.
std::shared_ptr<const PreparedAnswer> prepareMessage(int status, std::string_view text);

/// What the conditions of a request make of an answer; they are for what would succeed without them
/// (RFC 9110 section 13.2.1).
http::Precondition preconditionOf(const AnswerParts &parts, const http::RequestHead &request);

/// Whether an answer that is made beforehand has a validator (ETag, Last-Modified) that conditions
/// could ask for.
bool hasValidators(const AnswerParts &parts);

/// Puts a text body into the charset that its Content-Type announces. Returns what could not be
/// done, as a sentence; nothing where all went well.
std::optional<std::string> encodeBody(AnswerParts &parts);

/// `base` with `over` laid over it: a field replaces all of the same name (letter case ignored),
/// Set-Cookie is added (as in Mockoon; reference section 7.7).
http::HeaderList mergeHeaders(const http::HeaderList &base, const http::HeaderList &over);

} // namespace understudy
