// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace understudy::formats::mountebank {

/// A regular expression of JavaScript for PCRE2. What both read alike stays as its author wrote it.
/// Errors: Syntax for what JavaScript refuses.
Result<std::string> fromJsPattern(std::string_view pattern, bool ignoreCase);

struct JsPattern
{
    std::string text;
    bool ignoreCase = false;
};
/// The way back; nothing where it has what JavaScript lacks.
std::optional<JsPattern> toJsPattern(std::string_view pattern);

/// An expression on a path as it was sent, from one on what it stands for: blanks and letters
/// beyond ASCII are percent-encoded there. One with classes stays as it is.
std::string onSentPath(std::string pattern);

} // namespace understudy::formats::mountebank
