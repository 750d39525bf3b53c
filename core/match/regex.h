// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy {

/// A compiled PCRE2 expression. A value; immutable, any thread. Matching is bounded: an expression
/// that backtracks without end counts as not matching.
class Regex
{
public:
    enum class Anchoring { Search, Whole };

    /// Errors: Syntax with the position (from 1, in bytes) as `where.column`.
    static Result<Regex> compile(std::string_view pattern, Anchoring anchoring = Anchoring::Search,
                                 bool ignoreCase = false);

    bool matches(std::string_view subject) const;

    /// The named groups of a match with what they matched; nothing if there is no match.
    std::optional<std::vector<std::pair<std::string, std::string>>>
    namedGroups(std::string_view subject) const;

    const std::string &pattern() const { return m_pattern; }

private:
    struct Code;
    std::shared_ptr<const Code> m_code;
    std::string m_pattern;
};

} // namespace understudy
