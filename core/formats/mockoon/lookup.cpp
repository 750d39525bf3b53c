// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/lookup.h"

#include <algorithm>
#include <array>

namespace understudy::formats::mockoon {

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

bool isXmlName(std::string_view name)
{
    return !name.empty() && !isDigit(name.front()) && name.front() != '-' && name.front() != '.'
           && std::all_of(name.begin(), name.end(), [](char c) {
                  return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                         || static_cast<unsigned char>(c) >= 0x80
                         || std::string_view("_-.:").find(c) != std::string_view::npos;
              });
}

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

namespace {

/// What xml-js puts beside the names of elements.
bool isReserved(std::string_view step)
{
    static constexpr std::array<std::string_view, 7> kReserved{
        "_text", "_cdata", "_comment", "_attributes", "_declaration", "_instruction", "_doctype"};
    return std::find(kReserved.begin(), kReserved.end(), step) != kReserved.end();
}

/// The first `count` steps as elements; nothing where one cannot be.
std::optional<std::string> elementsOf(const std::vector<std::string> &steps, std::size_t count)
{
    std::string out;
    for (std::size_t i = 0; i < count; ++i) {
        if (!isXmlName(steps[i]) || isReserved(steps[i]))
            return std::nullopt;
        out += '/' + steps[i];
        // Elements of one name are a list; one alone is none.
        if (i + 1 < count && isNumber(steps[i + 1]))
            out += "[last()>1][" + std::to_string(std::stoull(steps[++i]) + 1) + ']';
        else if (i + 1 < steps.size())
            out += "[last()=1]";
    }
    return out;
}

} // namespace

std::optional<std::string> xPathOf(const std::vector<std::string> &steps)
{
    std::vector<std::string> own = steps;
    std::string index;
    const auto isText = [](const std::string &step) {
        return step == "_text" || step == "_cdata" || step == "_comment";
    };
    if (own.size() > 1 && isNumber(own.back()) && isText(own[own.size() - 2])) {
        index = "[last()>1][" + std::to_string(std::stoull(own.back()) + 1) + ']';
        own.pop_back();
    }
    const std::size_t count = own.size();
    if (count > 1 && (own.back() == "_text" || own.back() == "_cdata")) {
        const auto path = elementsOf(own, count - 1);
        // White space alone is no text there.
        const std::string texts = index.empty() ? "" : "[normalize-space()]" + index;
        return path ? std::optional(*path + "/text()" + texts) : std::nullopt;
    }
    if (own.back() == "_comment") {
        const auto path = elementsOf(own, count - 1);
        return path ? std::optional(*path + "/comment()" + index) : std::nullopt;
    }
    if (count > 2 && own[count - 2] == "_attributes") {
        const auto path = elementsOf(own, count - 2);
        return path && isXmlName(own.back()) ? std::optional(*path + "/@" + own.back())
                                             : std::nullopt;
    }
    if (count > 1 && own[count - 2] == "_instruction") {
        const auto path = elementsOf(own, count - 2);
        return path && isXmlName(own.back())
                   ? std::optional(*path + "/processing-instruction('" + own.back() + "')")
                   : std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::string> xPathOfElement(const std::vector<std::string> &steps)
{
    if (steps.size() > 1 && steps.back() == "_attributes") {
        const auto path = elementsOf(steps, steps.size() - 1);
        return path ? std::optional(*path + "[@*]") : std::nullopt;
    }
    return elementsOf(steps, steps.size());
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

} // namespace understudy::formats::mockoon
