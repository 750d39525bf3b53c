// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::http {

/// `bytes` of that charset as UTF-8, without a byte order mark; what is broken becomes U+FFFD.
/// UTF-16 and UTF-32 without a mark are read in the order their ASCII characters show. Nothing for
/// a charset that the system does not know.
std::optional<std::string> toUtf8(std::string_view bytes, std::string_view charset);

struct EncodedText
{
    std::string bytes;
    std::size_t unrepresentable = 0; ///< characters that became '?'
};

/// UTF-8 in another charset. Nothing for a charset that the system does not know.
std::optional<EncodedText> fromUtf8(std::string_view text, std::string_view charset);

/// UTF-8 or part of it: nothing has to be converted.
bool isUtf8Charset(std::string_view charset);

/// The charset that a byte order mark tells; empty without one.
std::string_view charsetOfMark(std::string_view bytes);

} // namespace understudy::http
