// SPDX-License-Identifier: Apache-2.0
#pragma once

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
    /// Nothing if `regexp` is not a regular expression; RFC 9535 makes match() and search() false
    /// then.
    static std::shared_ptr<const Pattern> compile(std::string_view regexp);
    ~Pattern();
    Pattern(const Pattern &) = delete;
    Pattern &operator=(const Pattern &) = delete;

    /// Whether all of `text` matches (`whole`), or any part of it. A match that takes too many
    /// steps counts as none.
    bool matches(std::string_view text, bool whole) const;

private:
    struct Impl;
    explicit Pattern(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// length(): characters of a text, elements of an array, members of an object; nothing for other
/// values.
std::optional<std::int64_t> length(const JsonValue &value);

} // namespace understudy::json_path
