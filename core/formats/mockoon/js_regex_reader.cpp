// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/js_regex_reader.h"

#include "core/base/text.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::formats::mockoon {

namespace {

// \s is WhiteSpace and LineTerminator (ECMA-262, sections 12.2 and 12.3): with U+FEFF, which
// PCRE2's own has not, and without its U+0085.
constexpr std::string_view kJsSpace
    = "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}"
      "\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
constexpr std::string_view kNoJsSpace
    = "\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}"
      "\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}"
      "\\x{ff00}-\\x{10ffff}";

bool isHexadecimalDigit(char c)
{
    return isDecimal(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool isHalf(std::uint32_t code) { return code >= 0xD800 && code < 0xE000; }

std::string codePoint(std::uint32_t code)
{
    std::array<char, 16> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), code, 16);
    return "\\x{" + std::string(buffer.data(), end.ptr) + '}';
}

std::string inClass(std::uint32_t code)
{
    if (code < 0x20 || code == 0x7F || isHalf(code))
        return codePoint(code);
    std::string out;
    if (code < 0x80 && isIn(static_cast<char>(code), "\\^[]-"))
        out = "\\";
    text::appendUtf8(out, code);
    return out;
}

bool isBeyondBmp(const std::string &set) { return set.find("10ffff") != std::string::npos; }

} // namespace

bool JsRegexReader::take(std::string_view what)
{
    if (!sees(what))
        return false;
    m_at += what.size();
    return true;
}
void JsRegexReader::fail(std::string problem)
{
    if (m_problem.empty()) {
        m_problem = std::move(problem);
        m_problemAt = std::min(m_at, m_text.size());
    }
    m_at = m_text.size(); // nothing more is read
}

std::string_view JsRegexReader::digits(std::size_t from) const
{
    std::size_t end = from;
    while (end < m_text.size() && isDecimal(m_text[end]))
        ++end;
    return m_text.substr(from, end - from);
}

std::uint32_t JsRegexReader::character()
{
    const auto first = static_cast<unsigned char>(m_text[m_at]);
    const std::size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    const std::string_view bytes = m_text.substr(m_at, length);
    m_at += bytes.size();
    std::uint32_t code = static_cast<unsigned char>(bytes[0]);
    if (bytes.size() > 1)
        code &= 0x7FU >> bytes.size();
    for (const char c : bytes.substr(1))
        code = (code << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
    return code;
}

std::optional<std::string_view> JsRegexReader::setOf(char c)
{
    switch (c) {
    case 'd':
        return "0-9";
    case 'w':
        return kJsWord;
    case 's':
        return kJsSpace;
    default:
        return std::nullopt;
    }
}

std::string JsRegexReader::literal(std::uint32_t code)
{
    if (code < 0x20 || code == 0x7F || isHalf(code))
        return codePoint(code);
    std::string out;
    if (code < 0x80 && isIn(static_cast<char>(code), "\\^$.|?*+()[{"))
        out = "\\";
    text::appendUtf8(out, code);
    return out;
}

std::optional<std::uint32_t> JsRegexReader::hexadecimal(std::size_t from, std::size_t count) const
{
    const std::string_view found = m_text.substr(std::min(m_at + from, m_text.size()), count);
    if (found.size() < count || !std::all_of(found.begin(), found.end(), isHexadecimalDigit))
        return std::nullopt;
    std::uint32_t value = 0;
    std::from_chars(found.data(), found.data() + count, value, 16);
    return value;
}

/// Up to three octal digits, at most 255.
std::uint32_t JsRegexReader::octal()
{
    std::uint32_t value = 0;
    for (int i = 0; i < 3 && peek() >= '0' && peek() <= '7' && value * 8 < 256; ++i)
        value = value * 8 + static_cast<std::uint32_t>(m_text[m_at++] - '0');
    return value;
}

std::uint32_t JsRegexReader::escapedCharacter(bool isInClass)
{
    const char c = peek(1);
    if (c == 'u') {
        const auto high = hexadecimal(2, 4);
        const auto low = peek(6) == '\\' && peek(7) == 'u' ? hexadecimal(8, 4) : std::nullopt;
        if (high && low && *high >= 0xD800 && *high < 0xDC00 && *low >= 0xDC00 && *low < 0xE000) {
            m_at += 12;
            return 0x10000 + ((*high - 0xD800) << 10U) + (*low - 0xDC00);
        }
        m_at += high ? 6 : 2;
        return high.value_or('u');
    }
    if (c == 'x') {
        const auto value = hexadecimal(2, 2);
        m_at += value ? 4 : 2;
        return value.value_or('x');
    }
    if (c == 'c') {
        const char control = peek(2);
        if (isAsciiLetter(control) || (isInClass && (isDecimal(control) || control == '_'))) {
            m_at += 3;
            return static_cast<std::uint32_t>(control) % 32;
        }
        m_at += 1; // the backslash is one
        return '\\';
    }
    if (c >= '0' && c <= '7') {
        ++m_at;
        return octal();
    }
    static constexpr std::string_view kLetters = "fnrtvb";
    static constexpr std::string_view kControls = "\f\n\r\t\v\b";
    if (const std::size_t i = kLetters.find(c); i != std::string_view::npos) {
        m_at += 2;
        return static_cast<std::uint32_t>(kControls[i]);
    }
    ++m_at;
    return character();
}

JsRegexReader::Member JsRegexReader::member()
{
    if (peek() != '\\')
        return {character()};
    const char c = peek(1);
    if (const auto set = setOf(text::lower(c))) {
        m_at += 2;
        if (c == text::lower(c))
            return {0, std::string(*set)};
        return {0, c == 'D'   ? "\\x{0}-/:-\\x{10ffff}"
                   : c == 'S' ? std::string(kNoJsSpace)
                              : "\\x{0}-/:-@\\[-\\^`{-\\x{10ffff}"};
    }
    if (m_at + 1 >= m_text.size()) {
        fail("a \\ at the end");
        return {};
    }
    return {escapedCharacter(true)};
}

JsRegexReader::CharacterClass JsRegexReader::characterClass()
{
    ++m_at;
    CharacterClass out;
    out.isNegated = take("^");
    while (!atEnd() && peek() != ']') {
        const Member first = member();
        const bool isRange = peek() == '-' && m_at + 1 < m_text.size() && peek(1) != ']';
        out.hasBeyondBmp = out.hasBeyondBmp || first.code > 0xFFFF || isBeyondBmp(first.set);
        if (!isRange) {
            out.members += first.set.empty() ? inClass(first.code) : first.set;
            continue;
        }
        ++m_at;
        const Member last = member();
        out.hasBeyondBmp = out.hasBeyondBmp || last.code > 0xFFFF || isBeyondBmp(last.set);
        if (first.set.empty() && last.set.empty()) {
            out.members += range(first.code, last.code);
            continue;
        }
        // `[\w-a]`: no range begins or ends at a set, the hyphen is one.
        out.members += (first.set.empty() ? inClass(first.code) : first.set) + "\\-"
                       + (last.set.empty() ? inClass(last.code) : last.set);
    }
    if (m_problem.empty() && !take("]"))
        fail("a class has no end");
    return out;
}

/// A range of UTF-16 code units: one beyond U+FFFF begins at a second half and ends at a first.
std::string JsRegexReader::range(std::uint32_t first, std::uint32_t last)
{
    const auto secondHalf = [](std::uint32_t code) { return 0xDC00 + ((code - 0x10000) & 0x3FFU); };
    const auto firstHalf = [](std::uint32_t code) { return 0xD800 + ((code - 0x10000) >> 10U); };
    const std::uint32_t from = first > 0xFFFF ? secondHalf(first) : first;
    const std::uint32_t to = last > 0xFFFF ? firstHalf(last) : last;
    if (from > to)
        fail("a range of a class is out of order");
    std::string out;
    // Halves alone are in no text.
    const std::uint32_t begin = from >= 0xD800 && from < 0xE000 ? 0xE000 : from;
    const std::uint32_t end = to >= 0xD800 && to < 0xE000 ? 0xD7FF : to;
    if (begin <= end)
        out = inClass(begin) + '-' + inClass(end);
    if (first > 0xFFFF)
        out += inClass(first);
    return last > 0xFFFF ? out + inClass(last) : out;
}

} // namespace understudy::formats::mockoon
