// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include "core/base/json_value.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::json_path {

/// What went wrong and where (in bytes). Carried through the parser's recursion by exception and
/// turned into a Result at its top; never leaves this folder.
struct Failure
{
    ErrorCode code;
    std::string message;
    std::size_t offset;
};

bool isDigit(char c);
/// Of a name without quotes; bytes above 0x7F are parts of characters, which all may stand there.
bool isNameFirst(char c);
bool isFunctionChar(char c);

/// Reads the tokens of RFC 9535: names, numbers, quoted texts. Failure says what was expected.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {}

protected:
    [[noreturn]] void fail(std::string message) const { fail(std::move(message), m_at); }
    [[noreturn]] void fail(std::string message, std::size_t offset) const
    {
        throw Failure{ErrorCode::Syntax, std::move(message), offset};
    }
    [[noreturn]] void expected(std::string_view what) const
    {
        fail("expected " + std::string(what));
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    /// Steps over `token` if it is what comes next.
    bool take(std::string_view token);
    void skipSpace();
    /// What was stepped over since `from`.
    std::string_view taken(std::size_t from) const { return m_text.substr(from, m_at - from); }

    /// An index or a bound of a slice: I-JSON's integers, no leading zeros, no -0 (RFC 9535
    /// section 2.1).
    std::int64_t parseInteger();
    /// A number in a filter, of any size.
    JsonValue parseNumber();
    /// At the opening quote; the text with its escapes resolved.
    std::string parseString();

    std::size_t m_at = 0;

private:
    void parseEscape(char quote, std::string &out);
    char32_t parseCodePoint();
    char32_t parseHex();
    void parseDigits();

    std::string_view m_text;
};

/// `offset` as a column: in characters, from 1.
int columnOf(std::string_view text, std::size_t offset);

} // namespace understudy::json_path
