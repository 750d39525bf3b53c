// SPDX-License-Identifier: Apache-2.0
#include "core/formats/path_regex.h"

#include "core/formats/as_pattern.h"
#include "core/http/uri.h"

namespace understudy::formats {

namespace {

std::string sentPattern(std::string_view text) { return asPattern(asSent(text)); }

std::string segmentRegex(const PathSegment &segment)
{
    switch (segment.kind) {
    case PathSegment::Kind::Literal:
        return sentPattern(segment.literal);
    case PathSegment::Kind::Parameter:
        return sentPattern(segment.prefix) + "[^/]+" + sentPattern(segment.suffix);
    case PathSegment::Kind::Pattern:
        return sentPattern(segment.prefix) + "(?:" + segment.regex + ')'
               + sentPattern(segment.suffix);
    case PathSegment::Kind::Any:
        return "[^/]+";
    case PathSegment::Kind::Rest:
        return sentPattern(segment.prefix) + ".+";
    }
    return {};
}

} // namespace

std::string asSent(std::string_view text)
{
    constexpr std::string_view kPathCharacters = "!$&'()*+,;=:@";
    return http::percentEncode(text, kPathCharacters);
}

std::string pathAsRegex(const PathPattern &path, bool ignoreTrailingSlash)
{
    std::string out;
    for (const PathSegment &segment : path.segments)
        out += '/' + segmentRegex(segment);
    if (ignoreTrailingSlash || path.segments.empty())
        return out + (path.segments.empty() ? "/" : "/?");
    return out + (path.trailingSlash ? "/" : "");
}

} // namespace understudy::formats
