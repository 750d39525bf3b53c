// SPDX-License-Identifier: Apache-2.0
#include "core/model/path_pattern.h"

#include "core/base/text.h"
#include "core/http/uri.h"

#include <algorithm>
#include <optional>
#include <span>

namespace understudy {

namespace {

Error invalid(std::string message) { return {ErrorCode::Invalid, std::move(message), {}}; }

/// Splits at slashes that are not inside braces, so that a regex may contain one.
std::vector<std::string_view> splitSegments(std::string_view path)
{
    std::vector<std::string_view> out;
    std::size_t from = 0;
    int depth = 0;
    for (std::size_t i = 0; i <= path.size(); ++i) {
        if (i == path.size() || (path[i] == '/' && depth == 0)) {
            out.push_back(path.substr(from, i - from));
            from = i + 1;
        } else if (path[i] == '{') {
            ++depth;
        } else if (path[i] == '}' && depth > 0) {
            --depth;
        }
    }
    return out;
}

/// The position of the brace that closes the one at `open`; a regex may contain balanced braces.
std::size_t closingBrace(std::string_view text, std::size_t open)
{
    int depth = 0;
    for (std::size_t i = open; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '{')
            ++depth;
        else if (text[i] == '}' && --depth == 0)
            return i;
    }
    return std::string_view::npos;
}

/// Fills a fresh segment; what is wrong with its text, if anything. (A file of thousands of paths
/// is read several times at a start: the segment is not moved around.)
std::optional<Error> parseSegment(std::string_view text, PathSegment &segment)
{
    if (text == "*") {
        segment.kind = PathSegment::Kind::Any;
        return std::nullopt;
    }
    const std::size_t open = text.find('{');
    if (open == std::string_view::npos) {
        if (text.find('}') != std::string_view::npos)
            return invalid("'" + std::string(text) + "' has a '}' without a '{'");
        segment.literal = http::percentDecode(text);
        return std::nullopt;
    }
    const std::size_t close = closingBrace(text, open);
    if (close == std::string_view::npos)
        return invalid("'" + std::string(text) + "' has a '{' that is not closed");
    const std::string_view suffix = text.substr(close + 1);
    if (suffix.find('{') != std::string_view::npos)
        return invalid("'" + std::string(text)
                       + "' has two parameters in one segment; use 'regex:' for that");
    segment.prefix = http::percentDecode(text.substr(0, open));
    segment.suffix = http::percentDecode(suffix);

    std::string_view inside = text.substr(open + 1, close - open - 1);
    const std::size_t colon = inside.find(':');
    if (colon != std::string_view::npos) {
        segment.kind = PathSegment::Kind::Pattern;
        segment.regex = inside.substr(colon + 1);
        inside = inside.substr(0, colon);
        if (segment.regex.empty())
            return invalid("'" + std::string(text) + "' has an empty regular expression");
    } else if (inside.ends_with('*')) {
        segment.kind = PathSegment::Kind::Rest;
        inside.remove_suffix(1);
        if (!segment.suffix.empty())
            return invalid("'" + std::string(text)
                           + "': nothing may follow {name*}, it takes the rest of the path");
    } else {
        segment.kind = PathSegment::Kind::Parameter;
    }
    segment.name = inside;
    if (segment.name.empty())
        return invalid("'" + std::string(text) + "' has a parameter without a name");
    return std::nullopt;
}

PathPattern::Rank rankOf(PathSegment::Kind kind)
{
    switch (kind) {
    case PathSegment::Kind::Parameter:
    case PathSegment::Kind::Pattern:
        return PathPattern::Rank::Parameters;
    case PathSegment::Kind::Any:
    case PathSegment::Kind::Rest:
        return PathPattern::Rank::Wildcards;
    case PathSegment::Kind::Literal:
        break;
    }
    return PathPattern::Rank::Exact;
}

} // namespace

std::vector<std::string> PathPattern::parameterNames() const
{
    std::vector<std::string> out;
    for (const PathSegment &segment : segments) {
        if (!segment.name.empty())
            out.push_back(segment.name);
    }
    return out;
}

bool PathPattern::hasRegex() const
{
    return rank == Rank::Regex
           || std::any_of(segments.begin(), segments.end(), [](const PathSegment &segment) {
                  return segment.kind == PathSegment::Kind::Pattern;
              });
}

Result<PathPattern> parsePathPattern(std::string_view path, std::string_view base)
{
    PathPattern pattern;
    if (path.starts_with("regex:")) {
        pattern.rank = PathPattern::Rank::Regex;
        pattern.regex = text::trim(path.substr(6));
        if (pattern.regex.empty())
            return invalid("'regex:' needs a regular expression behind it");
        return pattern;
    }
    if (!path.starts_with('/'))
        return invalid("a path begins with '/', or with 'regex:'; '" + std::string(path)
                       + "' does not");
    while (base.ends_with('/'))
        base.remove_suffix(1);
    const std::string full = std::string(base) + std::string(path);
    std::string_view rest = std::string_view(full).substr(1);
    if (rest.empty())
        return pattern;
    if (rest.ends_with('/')) {
        pattern.trailingSlash = true;
        rest.remove_suffix(1);
    }
    const std::vector<std::string_view> texts = splitSegments(rest);
    pattern.segments.reserve(texts.size());
    for (const std::string_view text : texts) {
        PathSegment &segment = pattern.segments.emplace_back();
        if (auto error = parseSegment(text, segment))
            return *std::move(error);
        const std::span before(pattern.segments.data(), pattern.segments.size() - 1);
        if (!before.empty() && before.back().kind == PathSegment::Kind::Rest)
            return invalid("nothing may follow {" + before.back().name
                           + "*}, it takes the rest of the path");
        pattern.rank = std::max(pattern.rank, rankOf(segment.kind));
        if (!segment.name.empty()
            && std::any_of(before.begin(), before.end(),
                           [&](const PathSegment &other) { return other.name == segment.name; }))
            return invalid("the parameter '" + segment.name + "' stands twice in the path");
    }
    return pattern;
}

} // namespace understudy
