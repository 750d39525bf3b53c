// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Texts of Mockoon as parts of a larger template.
namespace understudy::formats::mockoon {

inline bool isTemplate(std::string_view text) { return text.find("{{") != std::string_view::npos; }

/// A text between quotes; nothing where it holds both kinds of them.
std::optional<std::string> literalArgument(std::string_view text);

/// A text with or without templates as one argument of a helper: `a{{body 'b'}}` becomes
/// `(concat 'a' (body 'b'))`. Nothing where it has blocks.
std::optional<std::string> templateArgument(std::string_view text);

} // namespace understudy::formats::mockoon
