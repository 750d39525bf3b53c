// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/syntax.h"

#include <optional>
#include <string>
#include <string_view>

namespace understudy::handlebars {

bool isBlank(char c);

/// A place in the text of a template, and what Handlebars' lexer can find there.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {}

    std::size_t at() const { return m_at; }
    void moveTo(std::size_t at) { m_at = at; }
    bool isAtEnd() const { return m_at >= m_text.size(); }
    char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    std::string_view rest() const { return m_text.substr(m_at); }
    std::string_view slice(std::size_t from, std::size_t to) const
    {
        return m_text.substr(from, to - from);
    }
    bool skip(std::string_view what);
    void skipBlanks();
    /// Of a place in the text.
    Position positionOf(std::size_t at) const;
    Position position() const { return positionOf(m_at); }

    /// The name at this place, without moving: up to blanks and signs, followed by what may follow
    /// one. Nothing if there is none.
    std::optional<std::string_view> name() const;
    /// `[a b]`, without the brackets and escapes; moves behind it. Nothing if it does not end.
    std::optional<std::string> bracketed();
    /// A text in quotes; moves behind it. Nothing if it does not end.
    std::optional<std::string> quoted();
    /// A number that is followed by what may follow one; moves behind it.
    std::optional<std::string_view> number();

private:
    std::string_view m_text;
    std::size_t m_at = 0;
    // The last place that was asked for, from which the next is counted.
    mutable std::size_t m_knownAt = 0;
    mutable std::size_t m_knownBegin = 0; ///< of its line
    mutable std::uint32_t m_knownLine = 1;
};

} // namespace understudy::handlebars
