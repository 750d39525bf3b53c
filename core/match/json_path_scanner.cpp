// SPDX-License-Identifier: Apache-2.0
#include "core/match/json_path_scanner.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace understudy::json_path {

namespace {

/// RFC 9535 section 2.1: integers are those of I-JSON.
constexpr std::int64_t kMaxInteger = (std::int64_t{1} << 53) - 1;

} // namespace

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isNameFirst(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
           || static_cast<unsigned char>(c) >= 0x80;
}

bool isFunctionChar(char c) { return (c >= 'a' && c <= 'z') || c == '_' || isDigit(c); }

bool Scanner::take(std::string_view token)
{
    if (!m_text.substr(m_at).starts_with(token))
        return false;
    m_at += token.size();
    return true;
}

void Scanner::skipSpace()
{
    while (!atEnd() && std::string_view(" \t\n\r").find(peek()) != std::string_view::npos)
        ++m_at;
}

void Scanner::parseDigits()
{
    if (!isDigit(peek()))
        expected("a digit");
    while (isDigit(peek()))
        ++m_at;
}

std::int64_t Scanner::parseInteger()
{
    const std::size_t from = m_at;
    take("-");
    if (!isDigit(peek()))
        expected("a digit behind '-'");
    while (isDigit(peek()))
        ++m_at;
    const std::string_view digits = m_text.substr(from, m_at - from);
    if ((digits.starts_with('0') && digits.size() > 1) || digits.starts_with("-0"))
        fail("expected a number without leading zeros and other than -0", from);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || number > kMaxInteger || number < -kMaxInteger)
        fail("expected a number between -(2^53)+1 and (2^53)-1", from);
    return number;
}

JsonValue Scanner::parseNumber()
{
    const std::size_t from = m_at;
    take("-");
    if (!isDigit(peek()))
        expected("a digit behind '-'");
    if (peek() == '0' && isDigit(peek(1)))
        fail("expected a number without leading zeros", from);
    parseDigits();
    if (take("."))
        parseDigits();
    if (peek() == 'e' || peek() == 'E') {
        ++m_at;
        if (!take("-"))
            take("+");
        parseDigits();
    }
    return JsonNumber{std::string(taken(from))};
}

std::string Scanner::parseString()
{
    const std::size_t from = m_at;
    const char quote = m_text[m_at++];
    std::string out;
    while (true) {
        if (atEnd())
            fail("expected a closing " + std::string(1, quote), from);
        const char c = m_text[m_at];
        if (c == quote) {
            ++m_at;
            return out;
        }
        if (static_cast<unsigned char>(c) < 0x20)
            expected("a control character in a name or text to be written as \\u00XX");
        ++m_at;
        if (c == '\\')
            parseEscape(quote, out);
        else
            out += c;
    }
}

void Scanner::parseEscape(char quote, std::string &out)
{
    const char c = peek();
    constexpr std::string_view names = "bfnrt/\\";
    constexpr std::string_view values = "\b\f\n\r\t/\\";
    if (const std::size_t i = names.find(c); i != std::string_view::npos && !atEnd()) {
        out += values[i];
    } else if (c == quote) {
        out += c;
    } else if (c == 'u') {
        ++m_at;
        text::appendUtf8(out, parseCodePoint());
        return;
    } else {
        expected("one of b f n r t / \\ u or the quote itself behind '\\'");
    }
    ++m_at;
}

char32_t Scanner::parseCodePoint()
{
    const std::size_t from = m_at;
    const char32_t first = parseHex();
    if (first >= 0xDC00 && first <= 0xDFFF)
        fail("expected a high surrogate before a low one", from);
    if (first < 0xD800 || first > 0xDBFF)
        return first;
    const std::size_t low = m_at;
    if (!take("\\u"))
        expected("a low surrogate (\\uDC00 to \\uDFFF) behind the high one");
    const char32_t second = parseHex();
    if (second < 0xDC00 || second > 0xDFFF)
        fail("expected a low surrogate (\\uDC00 to \\uDFFF) behind the high one", low);
    return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
}

char32_t Scanner::parseHex()
{
    unsigned int out = 0;
    const std::string_view digits = m_text.substr(m_at, 4);
    const auto [end, error]
        = std::from_chars(digits.data(), digits.data() + digits.size(), out, 16);
    if (digits.size() != 4 || error != std::errc{} || end != digits.data() + 4)
        expected("four hexadecimal digits behind '\\u'");
    m_at += 4;
    return out;
}

int columnOf(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, offset);
    return 1 + static_cast<int>(std::count_if(before.begin(), before.end(), [](char c) {
               return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
           }));
}

} // namespace understudy::json_path
