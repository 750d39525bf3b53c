// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/paths.h"

#include "core/formats/mockoon/path_syntax.h"
#include "core/http/uri.h"

#include <algorithm>
#include <map>
#include <optional>

namespace understudy::formats::mockoon {

namespace {

using Kind = PathToken::Kind;
using Tokens = std::vector<PathToken>;

// Longer endpoints are kept literally and switched off; nobody writes them, and everything below
// stays cheap.
constexpr std::size_t kMaxEndpoint = 2000;
// PCRE2's limit for the name of a group.
constexpr std::size_t kMaxGroupName = 32;

std::size_t countAlternatives(const Tokens &tokens)
{
    std::size_t count = 1;
    for (const PathToken &token : tokens) {
        if (token.kind == Kind::Group)
            count *= 1 + countAlternatives(token.children);
        if (count > kMaxAlternatives)
            return count;
    }
    return count;
}

/// Every choice of optional groups, those without the group first.
std::vector<Tokens> expand(const Tokens &tokens)
{
    std::vector<Tokens> out{{}};
    for (const PathToken &token : tokens) {
        std::vector<Tokens> choices;
        if (token.kind == Kind::Group) {
            choices = expand(token.children);
            choices.insert(choices.begin(), Tokens{});
        } else {
            choices = {{token}};
        }
        std::vector<Tokens> next;
        for (const Tokens &head : out) {
            for (const Tokens &choice : choices) {
                next.push_back(head);
                next.back().insert(next.back().end(), choice.begin(), choice.end());
            }
        }
        out = std::move(next);
    }
    return out;
}

/// Flat tokens cut at the slashes; a slash at the end gives a last, empty segment.
std::vector<Tokens> segmentsOf(const Tokens &tokens)
{
    std::vector<Tokens> out;
    bool isOpen = false;
    for (const PathToken &token : tokens) {
        if (token.kind != Kind::Text) {
            if (!isOpen)
                out.emplace_back();
            isOpen = true;
            out.back().push_back(token);
            continue;
        }
        for (const char c : token.text) {
            if (c == '/') {
                // Runs of slashes count as one.
                if (out.empty() || !out.back().empty())
                    out.emplace_back();
                isOpen = true;
                continue;
            }
            if (!isOpen)
                out.emplace_back();
            isOpen = true;
            if (out.back().empty() || out.back().back().kind != Kind::Text)
                out.back().push_back(PathToken::ofText({}));
            out.back().back().text += c;
        }
    }
    return out;
}

std::string literal(std::string_view text, bool isWholeSegment)
{
    if (isWholeSegment && text == "*")
        return "%2A";
    std::string out;
    for (const char c : text) {
        if (c == '{')
            out += "%7B";
        else if (c == '}')
            out += "%7D";
        else
            out += c;
    }
    return out;
}

bool hasBalancedBraces(std::string_view regex)
{
    int depth = 0;
    for (std::size_t i = 0; i < regex.size(); ++i) {
        if (regex[i] == '\\')
            ++i;
        else if (regex[i] == '{')
            ++depth;
        else if (regex[i] == '}' && --depth < 0)
            return false;
    }
    return depth == 0;
}

/// The segment as a template, or nothing where only a regular expression can say it.
std::optional<std::string> segmentTemplate(const Tokens &segment, bool isLast)
{
    std::string out;
    int names = 0;
    for (const PathToken &token : segment) {
        if (token.kind == Kind::Text) {
            out += literal(token.text, segment.size() == 1);
            continue;
        }
        ++names;
        if (token.kind == Kind::Wildcard) {
            if (!isLast || segment.size() != 1)
                return std::nullopt;
            out += '{' + token.text + "*}";
        } else if (token.regex.empty()) {
            out += '{' + token.text + '}';
        } else {
            if (!hasBalancedBraces(token.regex))
                return std::nullopt;
            out += '{' + token.text + ':' + token.regex + '}';
        }
    }
    if (names > 1)
        return std::nullopt;
    return out;
}

std::optional<std::string> pathTemplate(const Tokens &tokens)
{
    const std::vector<Tokens> segments = segmentsOf(tokens);
    std::string out;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const auto text = segmentTemplate(segments[i], i + 1 == segments.size());
        if (!text)
            return std::nullopt;
        out += '/' + *text;
    }
    return out.empty() ? "/" : out;
}

std::string escapeRegex(std::string_view text)
{
    std::string out;
    for (const char c : http::percentDecode(text)) {
        if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos)
            out += '\\';
        out += c;
    }
    return out;
}

std::string regexOf(const Tokens &tokens)
{
    std::string out;
    for (const PathToken &token : tokens) {
        const std::string group = "(?<" + token.text.substr(0, kMaxGroupName) + '>';
        switch (token.kind) {
        case Kind::Text:
            out += escapeRegex(token.text);
            break;
        case Kind::Parameter:
            out += group + (token.regex.empty() ? "[^/]+" : token.regex) + ')';
            break;
        case Kind::Wildcard:
            out += group + ".+)";
            break;
        case Kind::Group:
            out += "(?:" + regexOf(token.children) + ")?";
            break;
        }
    }
    return out;
}

/// A template for at least everything that the tokens match: segment by segment, then anything from
/// the first optional group or wildcard on.
std::string roughTemplate(const Tokens &tokens)
{
    const auto isFirstOpen
        = [](const PathToken &t) { return t.kind == Kind::Group || t.kind == Kind::Wildcard; };
    const auto open = std::find_if(tokens.begin(), tokens.end(), isFirstOpen);
    const std::vector<Tokens> segments = segmentsOf(Tokens(tokens.begin(), open));
    std::string out;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const Tokens &segment = segments[i];
        // The segment in which the open part begins.
        if (open != tokens.end() && i + 1 == segments.size())
            break;
        if (segment.size() == 1 && segment.front().kind == Kind::Text) {
            out += '/' + literal(segment.front().text, true);
        } else if (!segment.empty()) {
            const auto textOf
                = [](const PathToken &t) { return t.kind == Kind::Text ? t.text : std::string(); };
            out += '/' + literal(textOf(segment.front()), false) + "{p" + std::to_string(i) + '}'
                   + literal(textOf(segment.back()), false);
        }
    }
    return open != tokens.end() || out.empty() ? out + "/{rest*}" : out;
}

TranslatedPath regexPath(const Tokens &tokens, std::string_view base)
{
    TranslatedPath out;
    std::string regex = regexOf(tokens);
    if (regex.ends_with('/'))
        regex.pop_back();
    out.path = "regex:" + escapeRegex(base) + regex + "/?";

    if (auto pattern = parsePathPattern(std::string(base) + roughTemplate(tokens)))
        out.shape = *std::move(pattern);
    out.shape.rank = PathPattern::Rank::Regex;
    return out;
}

TranslatedPath onePath(const Tokens &tokens, std::string_view base)
{
    if (auto text = pathTemplate(tokens)) {
        if (auto pattern = parsePathPattern(*text, base))
            return {*std::move(text), *std::move(pattern)};
    }
    return regexPath(tokens, base);
}

void countNames(const Tokens &tokens, std::map<std::string, int> &counts)
{
    for (const PathToken &token : tokens) {
        if (token.kind == Kind::Group)
            countNames(token.children, counts);
        else if (token.kind != Kind::Text)
            ++counts[token.text];
    }
}

/// Of equal names the last keeps its name: it is the one whose value Mockoon hands out.
void renameDoubles(Tokens &tokens, std::map<std::string, int> &left,
                   const std::map<std::string, int> &all)
{
    for (PathToken &token : tokens) {
        if (token.kind == Kind::Group) {
            renameDoubles(token.children, left, all);
            continue;
        }
        if (token.kind == Kind::Text || --left[token.text] == 0)
            continue;
        std::string name;
        for (int n = 1; name.empty() || all.contains(name); ++n)
            name = token.text + '_'
                   + std::to_string(all.at(token.text) - left.at(token.text) + n - 1);
        token.text = std::move(name);
    }
}

void makeNamesUnique(PathSyntax &syntax)
{
    std::map<std::string, int> counts;
    countNames(syntax.tokens, counts);
    for (const auto &[name, count] : counts) {
        if (count > 1)
            syntax.notes.push_back("the parameter '" + name + "' stands " + std::to_string(count)
                                   + " times in the path; all but the last are renamed");
    }
    std::map<std::string, int> left = counts;
    renameDoubles(syntax.tokens, left, counts);
}

PathTranslation literally(std::string_view endpoint, std::string_view base, std::string why)
{
    PathTranslation out;
    out.isValid = false;
    out.notes.push_back("Mockoon refuses this path: " + std::move(why)
                        + "; kept, but switched off");
    const Tokens tokens{PathToken::ofText('/' + std::string(endpoint))};
    out.paths.push_back(onePath(tokens, base));
    return out;
}

bool hasNonAscii(std::string_view text)
{
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

} // namespace

std::vector<std::string> PathTranslation::texts() const
{
    std::vector<std::string> out;
    for (const TranslatedPath &path : paths)
        out.push_back(path.path);
    return out;
}

PathTranslation translatePath(std::string_view endpoint, std::string_view base)
{
    if (endpoint.size() > kMaxEndpoint)
        return literally(endpoint, base, "it is too long");
    PathSyntax syntax = parsePathSyntax('/' + std::string(endpoint));
    if (!syntax.error.empty())
        return literally(endpoint, base, syntax.error);
    makeNamesUnique(syntax);

    PathTranslation out;
    if (countAlternatives(syntax.tokens) > kMaxAlternatives) {
        out.paths.push_back(regexPath(syntax.tokens, base));
    } else {
        for (const Tokens &tokens : expand(syntax.tokens)) {
            TranslatedPath path = onePath(tokens, base);
            if (std::find(out.paths.begin(), out.paths.end(), path) == out.paths.end())
                out.paths.push_back(std::move(path));
        }
    }
    if (hasNonAscii(endpoint))
        syntax.notes.push_back(
            "Mockoon compares the path as it is sent, so only an unencoded request would match; "
            "here the decoded path is compared");
    if (out.paths.size() == 1 && endpoint.size() > 1 && endpoint.ends_with('/'))
        syntax.notes.push_back(
            "Mockoon answers only with the slash at the end; here it answers without it too");
    out.notes = std::move(syntax.notes);
    return out;
}

} // namespace understudy::formats::mockoon
