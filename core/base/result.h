// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace understudy {

/// What kind of thing went wrong; the text says the rest.
enum class ErrorCode {
    Syntax,      ///< a text that is not what its format asks for
    Invalid,     ///< well formed, but a value that cannot be
    NotFound,    ///< a file, an id, a name that is not there
    Access,      ///< no rights, or outside of the workspace folder
    InUse,       ///< an address somebody else holds
    Limit,       ///< over a bound that we set
    Unsupported, ///< known, and not served by this version
    System,      ///< the operating system said no
    Cancelled
};

/// Where in a file; `line` and `column` count from 1, 0 means "the whole file".
struct Place
{
    std::string file;
    int line = 0;
    int column = 0;

    bool operator==(const Place &) const = default;
    /// "file:line:column", without the parts that are not known.
    std::string text() const;
};

/// An error as the library hands it out: never printed here, never thrown across a public function.
struct Error
{
    ErrorCode code = ErrorCode::Invalid;
    std::string message; ///< one sentence, with the cure where there is one
    Place where;

    bool operator==(const Error &) const = default;
    /// "file:line:column: message".
    std::string text() const;
};

enum class Severity { Note, Warning, Error };

/// One line of a list of findings: several errors of one file, or the remarks of an import.
struct Problem
{
    Severity severity = Severity::Error;
    Error error;

    bool operator==(const Problem &) const = default;
};

/// A value or an Error. A stand-in for std::expected, which GCC 12 does not have.
template<class T>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {}
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {}

    bool hasValue() const { return m_state.index() == 0; }
    explicit operator bool() const { return hasValue(); }

    T &value() & { return std::get<0>(m_state); }
    const T &value() const & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template<>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Error error)
        : m_error(std::move(error))
    {}

    bool hasValue() const { return !m_error; }
    explicit operator bool() const { return hasValue(); }
    const Error &error() const { return *m_error; }

private:
    std::optional<Error> m_error;
};

/// `name` itself, or the member of `known` that a typing mistake most likely meant; empty if none
/// is near.
std::string nearestName(std::string_view name, const std::vector<std::string_view> &known);

/// Levenshtein distance in bytes, cut off at `limit`.
std::size_t editDistance(std::string_view a, std::string_view b, std::size_t limit = 64);

} // namespace understudy
