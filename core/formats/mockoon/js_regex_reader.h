// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::formats::mockoon {

/// What \w is: words are of ASCII (ECMA-262, section 22.2.2.9).
inline constexpr std::string_view kJsWord = "A-Za-z0-9_";

inline bool isIn(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }
inline bool isDecimal(char c) { return c >= '0' && c <= '9'; }
inline bool isAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Reads the characters, escapes and classes of a JavaScript expression without the flags u and v,
/// and writes them for PCRE2. The first problem ends the reading.
class JsRegexReader
{
public:
    explicit JsRegexReader(std::string_view text)
        : m_text(text)
    {}

protected:
    bool atEnd() const { return m_at >= m_text.size(); }
    char peek(std::size_t from = 0) const
    {
        return m_at + from < m_text.size() ? m_text[m_at + from] : '\0';
    }
    bool sees(std::string_view what) const { return m_text.substr(m_at).starts_with(what); }
    bool take(std::string_view what);
    void fail(std::string problem);

    std::string_view digits(std::size_t from) const;
    /// The character here, whole.
    std::uint32_t character();
    /// The character that an escape at the current place stands for.
    std::uint32_t escapedCharacter(bool inClass);
    /// A set of an escape (d, w, s), without brackets; nothing for other letters.
    static std::optional<std::string_view> setOf(char c);
    /// A character as PCRE2 reads it outside of classes.
    static std::string literal(std::uint32_t code);

    struct CharacterClass
    {
        std::string members; ///< as PCRE2 reads them between brackets
        bool isNegated = false;
        bool hasBeyondBmp = false; ///< characters beyond U+FFFF, or a set that has them
    };
    /// From `[` to `]`.
    CharacterClass characterClass();

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_problem;
    std::size_t m_problemAt = 0;

private:
    /// One member of a class: a character, or a set such as \w as text.
    struct Member
    {
        std::uint32_t code = 0;
        std::string set{};
    };

    std::optional<std::uint32_t> hexadecimal(std::size_t from, std::size_t count) const;
    std::uint32_t octal();
    Member member();
    std::string range(std::uint32_t first, std::uint32_t last);
};

} // namespace understudy::formats::mockoon
