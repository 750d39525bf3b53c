// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/url_export.h"

#include "core/formats/path_regex.h"

#include <algorithm>

namespace understudy::formats::wiremock {

namespace {

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
        pattern.set("urlPathPattern", (server.caseInsensitivePaths ? "(?i)" : "")
                                          + pathAsRegex(*path, server.ignoreTrailingSlash));
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
