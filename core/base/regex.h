// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/work_budget.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy {

/// A compiled PCRE2 expression. A value; immutable, any thread. Matching is bounded by a budget: an
/// expression that backtracks without end is undecided, not "no match".
class Regex
{
public:
    enum class Anchoring { Search, Whole };
    /// Whose syntax and rules: PCRE2's own, or those of RFC 9485 as far as the engine decides them
    /// (text that is UTF-8, `$` only at the very end, no `\C`).
    enum class Flavour { Pcre, IRegexp };

    /// Errors: Syntax with the position (from 1, in bytes) as `where.column`.
    static Result<Regex> compile(std::string_view pattern, Anchoring anchoring = Anchoring::Search,
                                 bool ignoreCase = false, Flavour flavour = Flavour::Pcre);

    MatchVerdict match(std::string_view subject, WorkBudget &budget) const;
    /// match with a budget of its own; undecided counts as no match.
    bool matches(std::string_view subject) const;

    /// The named groups of a match with what they matched; nothing if there is no match, or if it
    /// is undecided.
    std::optional<std::vector<std::pair<std::string, std::string>>>
    namedGroups(std::string_view subject) const;

    /// What a match and its groups matched, by their numbers (0 is the match), nothing for a group
    /// that took no part.
    using Groups = std::vector<std::optional<std::string_view>>;
    /// The matches one behind the other, at most `most` of them; views into `subject`. Errors:
    /// Limit where it is undecided whether there is another one.
    Result<std::vector<Groups>> findAll(std::string_view subject, WorkBudget &budget,
                                        std::size_t most) const;

    const std::string &pattern() const { return m_pattern; }

private:
    struct Code;
    std::shared_ptr<const Code> m_code;
    std::string m_pattern;
};

} // namespace understudy
