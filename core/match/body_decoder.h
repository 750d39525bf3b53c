// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace understudy {

/// A body grows to this at most when its coding is removed, so that a small one cannot fill the
/// memory.
inline constexpr std::size_t kDecodedLimit = 32U * 1024 * 1024;

/// Removes the codings of a Content-Encoding value, the last one first (RFC 9110 section 8.4): gzip
/// and x-gzip, deflate (with the zlib wrapper or, as many send it, without), br, identity. Nothing
/// if there is none to remove. Errors: Unsupported for another coding, Syntax for broken data,
/// Limit beyond `limit` bytes; `partial`, if given, then holds what came out of it.
Result<std::optional<std::string>> removeCodings(std::string_view contentEncoding,
                                                 std::string_view bytes,
                                                 std::size_t limit = kDecodedLimit,
                                                 std::string *partial = nullptr);

/// The charset a body is written in: the one of its Content-Type, or what a byte order mark tells
/// where the type is a text's or not given. Empty: nothing to convert.
std::string charsetOf(std::string_view contentType, std::string_view body);

/// A body, its codings removed, as UTF-8. Nothing if it is that already, or its charset is not
/// known.
std::optional<std::string> bodyAsUtf8(std::string_view contentType, std::string_view body);

} // namespace understudy
