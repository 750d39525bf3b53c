// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/path_pattern.h"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::mockoon {

/// One of the paths that a Mockoon endpoint turns into. `shape` is its pattern, base included, for
/// telling whether two endpoints can answer the same request; of a regular expression it knows the
/// literal beginning and then "the rest".
struct TranslatedPath
{
    std::string path; ///< as format.md writes it: template or "regex:…"
    PathPattern shape;
    bool operator==(const TranslatedPath &) const = default;
};

struct PathTranslation
{
    std::vector<TranslatedPath> paths; ///< at least one
    bool isValid
        = true; ///< false: Mockoon refuses the path; it is kept literally, to be switched off
    std::vector<std::string> notes; ///< what was read as its author meant it, or cannot be

    std::vector<std::string> texts() const;
};

/// More alternatives than this become one regular expression.
inline constexpr std::size_t kMaxAlternatives = 8;

/// Mockoon's path syntax (Express 4 rewritten for path-to-regexp 8, reference/mockoon.md section 2)
/// as paths of ours. `base` is the server's base path, "" or "/api"; only regular expressions
/// contain it.
PathTranslation translatePath(std::string_view endpoint, std::string_view base = {});

} // namespace understudy::formats::mockoon
