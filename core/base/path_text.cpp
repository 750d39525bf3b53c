// SPDX-License-Identifier: Apache-2.0
#include "core/base/path_text.h"

#include <algorithm>
#include <array>

namespace understudy::path_text {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isNumber(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit)
           && (text.size() == 1 || text[0] != '0') && text.size() < 16;
}

/// member-name-shorthand of RFC 9535.
bool isShorthand(std::string_view name)
{
    const auto isFirst = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
               || static_cast<unsigned char>(c) >= 0x80;
    };
    return !name.empty() && isFirst(name.front())
           && std::all_of(name.begin(), name.end(),
                          [&](char c) { return isFirst(c) || isDigit(c); });
}

std::string asLiteral(std::string_view name)
{
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string out = "'";
    for (const char c : name) {
        if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += kHex[static_cast<unsigned char>(c) >> 4U];
            out += kHex[static_cast<unsigned char>(c) & 15U];
            continue;
        }
        if (c == '\'' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + '\'';
}

std::string nameStep(std::string_view name)
{
    return isShorthand(name) ? '.' + std::string(name) : '[' + asLiteral(name) + ']';
}

/// The position behind the bracket that closes the one at `open`; quotes are respected.
std::optional<std::size_t> behindBracket(std::string_view text, std::size_t open)
{
    int depth = 0;
    char quote = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        const char c = text[i];
        if (quote) {
            if (c == '\\')
                ++i;
            else if (c == quote)
                quote = 0;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '[') {
            ++depth;
        } else if (c == ']' && --depth == 0) {
            return i + 1;
        }
    }
    return std::nullopt;
}

/// `?(…)`: the comparisons of JavaScript as those of the RFC.
std::optional<std::string> filter(std::string_view text)
{
    static constexpr std::array<std::string_view, 9> kForeign{
        "@property", "@parent", "@path", "@root", ".match(", ".length", "undefined", "^", "~"};
    if (std::any_of(kForeign.begin(), kForeign.end(),
                    [&](std::string_view f) { return text.find(f) != std::string_view::npos; }))
        return std::nullopt;
    std::string out(text);
    for (const std::string_view sign : {"===", "!=="}) {
        for (std::size_t at = out.find(sign); at != std::string::npos; at = out.find(sign, at))
            out.erase(at + 2, 1);
    }
    return out;
}

/// The text between two brackets.
std::optional<std::string> bracket(std::string_view inside)
{
    if (inside.starts_with('?'))
        return filter(inside);
    const bool isQuoted = inside.starts_with('\'') || inside.starts_with('"');
    const bool isNumeric
        = inside.find_first_not_of("0123456789-:, ") == std::string_view::npos && !inside.empty();
    if (inside == "*" || isQuoted || isNumeric)
        return std::string(inside);
    if (inside.empty() || inside.find_first_of("()@^~`") != std::string_view::npos)
        return std::nullopt;
    return asLiteral(inside);
}

} // namespace

std::vector<std::string> dotPathSteps(std::string_view path)
{
    std::vector<std::string> steps{{}};
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '\\' && i + 1 < path.size() && path[i + 1] == '.')
            steps.back() += path[++i];
        else if (path[i] == '.')
            steps.emplace_back();
        else
            steps.back() += path[i];
    }
    return steps;
}

std::string jsonPathOf(const std::vector<std::string> &steps, std::size_t first)
{
    std::string out = "$";
    for (std::size_t i = first; i < steps.size(); ++i)
        out += isNumber(steps[i]) ? "['" + steps[i] + "'," + steps[i] + ']' : nameStep(steps[i]);
    return out;
}

std::optional<std::string> toRfcJsonPath(std::string_view path)
{
    if (!path.starts_with('$'))
        return std::nullopt;
    std::string out = "$";
    std::size_t at = 1;
    while (at < path.size()) {
        if (path[at] == '[') {
            const auto behind = behindBracket(path, at);
            if (!behind)
                return std::nullopt;
            const auto inside = bracket(path.substr(at + 1, *behind - at - 2));
            if (!inside)
                return std::nullopt;
            out += '[' + *inside + ']';
            at = *behind;
            continue;
        }
        if (path[at] != '.')
            return std::nullopt;
        const bool isDescendant = path.substr(at).starts_with("..");
        at += isDescendant ? 2 : 1;
        if (isDescendant)
            out += "..";
        if (path.substr(at).starts_with('[') && isDescendant)
            continue;
        const std::size_t end = std::min(path.find_first_of(".[", at), path.size());
        const std::string_view name = path.substr(at, end - at);
        if (name.empty() || name.find_first_of("^~@()`") != std::string_view::npos)
            return std::nullopt;
        if (name == "*")
            out += isDescendant ? "*" : ".*";
        else if (isDescendant)
            out += isShorthand(name) ? std::string(name) : '[' + asLiteral(name) + ']';
        else
            out += nameStep(name);
        at = end;
    }
    return out;
}

} // namespace understudy::path_text
