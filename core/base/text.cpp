// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace understudy::text {

bool equalsIgnoreCase(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
               return lower(x) == lower(y);
           });
}

std::string toLower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

std::string toUpper(std::string_view text)
{
    std::string out(text);
    for (char &c : out) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - ('a' - 'A'));
    }
    return out;
}

std::string_view trim(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::string slug(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const char l = lower(c);
        if ((l >= 'a' && l <= 'z') || (l >= '0' && l <= '9'))
            out += l;
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    if (out.ends_with('-'))
        out.pop_back();
    return out;
}

namespace {

/// U+00C0 to U+017F, a letter each; `?` where it takes more than one, or none.
constexpr std::string_view kLatinLetters
    = "AAAAAA?CEEEEIIIIDNOOOOO?OUUUUY??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y"
      "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi??JjKkkLlLlLlLlLlNnNnNnnNnOoOoOo??"
      "RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
static_assert(kLatinLetters.size() == 0x180 - 0xC0);

/// The letter of two bytes of UTF-8, which lie between U+00C0 and U+017F.
std::string_view latinText(unsigned code)
{
    switch (code) {
    case 0xC6:
        return "AE";
    case 0xE6:
        return "ae";
    case 0xDF:
        return "ss";
    case 0x152:
        return "OE";
    case 0x153:
        return "oe";
    default:
        break;
    }
    const std::string_view letter = kLatinLetters.substr(code - 0xC0, 1);
    return letter == "?" ? std::string_view() : letter;
}

} // namespace

std::string withoutAccents(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto first = static_cast<unsigned char>(text[i]);
        const bool isPair = first >= 0xC2 && first < 0xE0 && i + 1 < text.size();
        const unsigned code
            = isPair ? (first & 0x1FU) << 6U | (static_cast<unsigned char>(text[i + 1]) & 0x3FU)
                     : 0;
        const bool isMark = code >= 0x300 && code < 0x370;
        const std::string_view letter
            = code >= 0xC0 && code < 0x180 ? latinText(code) : std::string_view();
        if (!isMark && letter.empty()) {
            out += text[i];
            continue;
        }
        out += letter;
        ++i;
    }
    return out;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> out;
    std::size_t from = 0;
    while (true) {
        const std::size_t at = text.find(separator, from);
        out.push_back(text.substr(from, at == std::string_view::npos ? at : at - from));
        if (at == std::string_view::npos)
            return out;
        from = at + 1;
    }
}

namespace {

constexpr std::string_view kAlphabet
    = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::optional<std::string> decode(std::string_view text, char sixtyTwo, char sixtyThree)
{
    std::array<int, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < 62; ++i)
        values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<int>(i);
    values[static_cast<unsigned char>(sixtyTwo)] = 62;
    values[static_cast<unsigned char>(sixtyThree)] = 63;

    std::string out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int count = 0;
    std::size_t digits = 0;
    bool padded = false;
    for (const char c : text) {
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
            continue;
        if (c == '=') {
            padded = true;
            continue;
        }
        const int value = values[static_cast<unsigned char>(c)];
        if (value < 0 || padded)
            return std::nullopt;
        ++digits;
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>((bits >> count) & 0xff);
        }
    }
    if (digits % 4 == 1)
        return std::nullopt;
    return out;
}

} // namespace

std::optional<std::string> decodeBase64(std::string_view text) { return decode(text, '+', '/'); }

std::optional<std::string> decodeBase64Url(std::string_view text) { return decode(text, '-', '_'); }

std::string encodeBase64(std::string_view bytes)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t block = 0;
        for (std::size_t k = 0; k < 3; ++k)
            block = (block << 8)
                    | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += i + k <= bytes.size() ? kAlphabet[(block >> (18 - 6 * k)) & 63] : '=';
    }
    return out;
}

namespace {

/// Length of the UTF-8 sequence at the front of `s`, 0 if it is not one.
std::size_t sequenceLength(std::string_view s)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const auto follows = [&](std::size_t i) { return i < s.size() && (byte(i) & 0xc0) == 0x80; };
    const unsigned char c = byte(0);
    if (c < 0x80)
        return 1;
    if (c >= 0xc2 && c <= 0xdf)
        return follows(1) ? 2 : 0;
    if ((c & 0xf0) == 0xe0) {
        if (!follows(1) || !follows(2))
            return 0;
        if ((c == 0xe0 && byte(1) < 0xa0) || (c == 0xed && byte(1) > 0x9f))
            return 0;
        return 3;
    }
    if (c >= 0xf0 && c <= 0xf4) {
        if (!follows(1) || !follows(2) || !follows(3))
            return 0;
        if ((c == 0xf0 && byte(1) < 0x90) || (c == 0xf4 && byte(1) > 0x8f))
            return 0;
        return 4;
    }
    return 0;
}

} // namespace

bool isUtf8(std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::size_t n = sequenceLength(bytes);
        if (n == 0)
            return false;
        bytes.remove_prefix(n);
    }
    return true;
}

std::string asUtf8(std::string text)
{
    if (isUtf8(text))
        return text;
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t n = sequenceLength(rest);
        out += n > 0 ? rest.substr(0, n) : std::string_view("\xef\xbf\xbd");
        rest.remove_prefix(std::max<std::size_t>(n, 1));
    }
    return out;
}

std::string shortened(std::string_view text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return std::string(text);
    std::size_t end = bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return std::string(text.substr(0, end)) + "…";
}

void appendJson(std::string &out, std::string_view text)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    // Most texts are nothing but such characters, and go over in one piece.
    const auto isPlain
        = [](unsigned char c) { return c >= 0x20 && c < 0x80 && c != '"' && c != '\\'; };
    out += '"';
    while (!text.empty()) {
        const auto plain = static_cast<std::size_t>(
            std::find_if_not(text.begin(), text.end(), isPlain) - text.begin());
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty())
            break;
        const std::size_t n = sequenceLength(text);
        const char c = text.front();
        if (n == 0) {
            out += "\xef\xbf\xbd";
            text.remove_prefix(1);
            continue;
        }
        if (n == 1 && (c == '"' || c == '\\')) {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (n == 1 && static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += kHex[static_cast<unsigned char>(c) >> 4];
            out += kHex[static_cast<unsigned char>(c) & 15];
        } else {
            out += text.substr(0, n);
        }
        text.remove_prefix(n);
    }
    out += '"';
}

std::string quoteJson(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + 2);
    appendJson(out, text);
    return out;
}

std::string inQuotes(std::string_view name)
{
    std::string out;
    out.reserve(name.size() + 2);
    out += '\'';
    out += name;
    out += '\'';
    return out;
}

} // namespace understudy::text
