// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/regex.h"
#include "core/match/json_path_ast.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

/// The function extensions of RFC 9535 section 2.4: what the parser must know of them and how they
/// compute.
namespace understudy::json_path {

/// The types of RFC 9535 section 2.4.1.
enum class Type { Value, Logical, Nodes };

struct Signature
{
    std::string_view name;
    Function function;
    Type result;
    Type parameter; ///< all parameters of one function happen to be of the same type
    std::size_t parameters;
};

/// The signature, or nullptr for a name that is no function.
const Signature *findFunction(std::string_view name);
const Signature &signatureOf(Function function);

/// An I-Regexp (RFC 9485) as PCRE2 reads it. Immutable; any thread.
class Pattern
{
public:
    /// `whole`: all of a text has to match, or any part of it. Nothing if `regexp` is not a regular
    /// expression; RFC 9535 makes match() and search() false then.
    static std::shared_ptr<const Pattern> compile(std::string_view regexp, bool whole);

    MatchVerdict match(std::string_view text, WorkBudget &budget) const
    {
        return m_regex.match(text, budget);
    }

private:
    explicit Pattern(Regex regex)
        : m_regex(std::move(regex))
    {}
    Regex m_regex;
};

/// length(): characters of a text, elements of an array, members of an object; nothing for other
/// values.
std::optional<std::int64_t> length(const JsonValue &value);

} // namespace understudy::json_path
