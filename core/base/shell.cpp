// SPDX-License-Identifier: Apache-2.0
#include "core/base/shell.h"

#include <algorithm>
#include <cstdint>

namespace understudy::shell {

namespace {

/// How many bytes the UTF-8 character at the beginning has; 0 where there is none.
std::size_t characterAt(std::string_view text, std::uint32_t &code)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xC2 ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                               : first < 0xF5 ? 4
                                              : 0;
    if (length == 0 || length > text.size())
        return 0;
    code = length == 1 ? first : first & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80U)
            return 0;
        code = (code << 6U) | (byte(i) & 0x3FU);
    }
    const bool isOverlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    const bool isSurrogate = code >= 0xD800 && code <= 0xDFFF;
    return isOverlong || isSurrogate || code > 0x10FFFF ? 0 : length;
}

/// Control characters of both sets, line and paragraph separators, and the marks that turn the
/// reading direction, so that a text shows as something else than it is.
bool isHarmless(std::uint32_t code)
{
    const bool isControl = code < 0x20 || (code >= 0x7F && code < 0xA0);
    const bool turns = code == 0x061C || (code >= 0x200E && code <= 0x200F)
                       || (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return !isControl && !turns;
}

void appendEscape(std::string &out, unsigned char byte)
{
    constexpr std::string_view digits = "0123456789abcdef";
    switch (byte) {
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        out += "\\x";
        out += digits[byte >> 4U];
        out += digits[byte & 0xFU];
    }
}

/// Calls `plain` with every harmless character and `escape` with every byte of the others.
template<class Plain, class Escape>
void eachCharacter(std::string_view text, Plain plain, Escape escape)
{
    while (!text.empty()) {
        std::uint32_t code = 0;
        const std::size_t length = characterAt(text, code);
        const std::size_t taken = std::max<std::size_t>(length, 1);
        if (length > 0 && isHarmless(code)) {
            plain(text.substr(0, length));
        } else {
            for (const char c : text.substr(0, taken))
                escape(static_cast<unsigned char>(c));
        }
        text.remove_prefix(taken);
    }
}

bool isPlainWord(std::string_view text)
{
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                       "0123456789_./:@%+,-";
    return !text.empty() && text.find_first_not_of(plain) == std::string_view::npos;
}

} // namespace

std::string quote(std::string_view text)
{
    std::string simple = "'";
    std::string escaped = "$'";
    bool needsEscapes = false;
    eachCharacter(
        text,
        [&](std::string_view character) {
            const bool isQuote = character == "'";
            simple += isQuote ? std::string_view("'\\''") : character;
            if (isQuote || character == "\\")
                escaped += '\\';
            escaped += character;
        },
        [&](unsigned char byte) {
            needsEscapes = true;
            appendEscape(escaped, byte);
        });
    return (needsEscapes ? escaped : simple) + '\'';
}

std::string word(std::string_view text)
{
    return isPlainWord(text) ? std::string(text) : quote(text);
}

std::string printable(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    eachCharacter(
        text, [&](std::string_view character) { out += character; },
        [&](unsigned char byte) {
            if (byte == '\t')
                out += '\t';
            else
                appendEscape(out, byte);
        });
    return out;
}

std::string curlOperand(std::string_view url)
{
    return (url.starts_with('-') ? "--url " : "") + quote(url);
}

std::string curlCommand(std::string_view method, std::string_view url)
{
    std::string command = "curl -i";
    if (url.find_first_of("{}[]") != std::string_view::npos)
        command += " -g"; // else they stand for many requests
    if (url.find("/.") != std::string_view::npos)
        command += " --path-as-is";
    if (method == "HEAD")
        command += " --head";
    else if (method != "GET" && method != "ANY")
        command += " -X " + quote(method);
    return command + ' ' + curlOperand(url);
}

} // namespace understudy::shell
