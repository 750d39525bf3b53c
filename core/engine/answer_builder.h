// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/conditional.h"
#include "core/http/header_list.h"
#include "core/http/http1_writer.h"

#include <optional>
#include <string>
#include <string_view>

namespace understudy {

/// A plain answer of the server itself: `text` as text/plain.
std::shared_ptr<const http::PreparedResponse> prepareMessage(int status, std::string_view text);

/// What the conditions of a request make of an answer; they are for what would succeed without them
/// (RFC 9110 section 13.2.1).
http::Precondition preconditionOf(const http::Response &parts, const http::RequestHead &request);

/// Whether an answer that is made beforehand has a validator (ETag, Last-Modified) that conditions
/// could ask for.
bool hasValidators(const http::Response &parts);

/// Puts a text body into the charset that its Content-Type announces. Returns what could not be
/// done, as a sentence; nothing where all went well.
std::optional<std::string> encodeBody(http::Response &parts);

/// `base` with `over` laid over it: a field replaces all of the same name (letter case ignored),
/// Set-Cookie is added (as in Mockoon; reference section 7.7).
http::HeaderList mergeHeaders(const http::HeaderList &base, const http::HeaderList &over);

} // namespace understudy
