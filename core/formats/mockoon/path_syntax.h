// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::mockoon {

/// A piece of a Mockoon endpoint as path-to-regexp 8 understands it.
struct PathToken
{
    enum class Kind { Text, Parameter, Wildcard, Group };
    Kind kind = Kind::Text;
    std::string text;  ///< Text: as written, escapes resolved; Parameter and Wildcard: the name
    std::string regex; ///< Parameter: the constraint that its author wrote, or empty
    std::vector<PathToken> children; ///< Group: what is optional

    static PathToken ofText(std::string text) { return {Kind::Text, std::move(text), {}, {}}; }
};

struct PathSyntax
{
    std::vector<PathToken> tokens;
    std::vector<std::string> notes;
    std::string error; ///< why Mockoon refuses the path, or empty
};

/// Reads an endpoint with its leading slash. Does in one pass what Mockoon does by eight textual
/// replacements (express5PathConvert) and path-to-regexp after it; their oddities included.
PathSyntax parsePathSyntax(std::string_view path);

} // namespace understudy::formats::mockoon
