// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace understudy {

/// One segment of a path template (format.md, `path`): literal text, `{name}` with optional text
/// around it,
/// `{name:regex}`, `*` (any one segment, unnamed) or `{name*}` (the rest, at least one character).
struct PathSegment
{
    enum class Kind { Literal, Parameter, Pattern, Any, Rest };
    Kind kind = Kind::Literal;
    std::string literal; ///< Literal: the decoded text
    std::string prefix;  ///< text before the parameter, decoded
    std::string suffix;  ///< text behind it
    std::string name;    ///< of Parameter, Pattern, Rest
    std::string regex;   ///< of Pattern, as written (PCRE2, must match the whole value)

    bool operator==(const PathSegment &) const = default;
};

/// A parsed path. Which of two patterns answers first is decided by `rank`.
struct PathPattern
{
    /// format.md, Selection: exact before parameters before wildcards before regular expressions.
    enum class Rank { Exact, Parameters, Wildcards, Regex };

    Rank rank = Rank::Exact;
    std::vector<PathSegment> segments;
    bool trailingSlash = false; ///< "/users/" as against "/users"
    std::string regex; ///< of "regex:…", matched against the whole decoded path, base included

    /// Names of the parameters in order.
    std::vector<std::string> parameterNames() const;
    /// Whether there is an expression in it that may be broken.
    bool hasRegex() const;

    bool operator==(const PathPattern &) const = default;
};

/// Parses `path` as the file writes it, `base` put in front of templates. Errors say which segment
/// and why; the regular expressions themselves are compiled, and refused if broken, by the engine.
Result<PathPattern> parsePathPattern(std::string_view path, std::string_view base = {});

} // namespace understudy
