// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/url_export.h"

#include "core/formats/as_pattern.h"
#include "core/http/uri.h"
#include "core/model/path_pattern.h"

#include <algorithm>

namespace understudy::formats::wiremock {

namespace {

/// Characters that clients send as they are (RFC 3986 section 3.3).
constexpr std::string_view kPathCharacters = "!$&'()*+,;=:@";

std::string asSent(std::string_view text) { return http::percentEncode(text, kPathCharacters); }

std::string inRegex(std::string_view text) { return asPattern(asSent(text)); }

std::string segmentRegex(const PathSegment &segment)
{
    switch (segment.kind) {
    case PathSegment::Kind::Literal:
        return inRegex(segment.literal);
    case PathSegment::Kind::Parameter:
        return inRegex(segment.prefix) + "[^/]+" + inRegex(segment.suffix);
    case PathSegment::Kind::Pattern:
        return inRegex(segment.prefix) + "(?:" + segment.regex + ')' + inRegex(segment.suffix);
    case PathSegment::Kind::Any:
        return "[^/]+";
    case PathSegment::Kind::Rest:
        return inRegex(segment.prefix) + ".+";
    }
    return {};
}

std::string regexOf(const PathPattern &path, const Server &server)
{
    std::string out = server.caseInsensitivePaths ? "(?i)" : "";
    for (const PathSegment &segment : path.segments)
        out += '/' + segmentRegex(segment);
    if (server.ignoreTrailingSlash || path.segments.empty())
        return out + (path.segments.empty() ? "/" : "/?");
    return out + (path.trailingSlash ? "/" : "");
}

std::string templateOf(const PathPattern &path)
{
    std::string out;
    for (const PathSegment &segment : path.segments) {
        out += '/';
        if (segment.kind == PathSegment::Kind::Literal)
            out += asSent(segment.literal);
        else
            out += asSent(segment.prefix) + '{' + segment.name + '}' + asSent(segment.suffix);
    }
    return out + (path.trailingSlash || path.segments.empty() ? "/" : "");
}

} // namespace

void placePath(const Server &server, const Endpoint &endpoint, JsonObject &pattern)
{
    const auto path = parsePathPattern(endpoint.path, server.base);
    if (!path)
        return;
    if (path->rank == PathPattern::Rank::Regex) {
        if (path->regex == ".*" || path->regex == "^.*$")
            pattern.set("urlPattern", ".*");
        else
            pattern.set("urlPathPattern", path->regex);
        return;
    }
    if (path->rank == PathPattern::Rank::Wildcards || server.caseInsensitivePaths
        || server.ignoreTrailingSlash) {
        pattern.set("urlPathPattern", regexOf(*path, server));
        return;
    }
    const std::string text = templateOf(*path);
    const bool isPlain
        = path->rank == PathPattern::Rank::Exact && text.find_first_of("{}") == std::string::npos;
    pattern.set(isPlain ? "urlPath" : "urlPathTemplate", text);
    JsonObject parameters;
    for (const PathSegment &segment : path->segments) {
        if (segment.kind == PathSegment::Kind::Pattern)
            parameters.set(segment.name, JsonObject{{"matches", segment.regex}});
    }
    if (!parameters.empty())
        pattern.set("pathParameters", std::move(parameters));
}

} // namespace understudy::formats::wiremock
