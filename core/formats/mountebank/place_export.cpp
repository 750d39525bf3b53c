// SPDX-License-Identifier: Apache-2.0
// Methods and paths of endpoints as predicates.
#include "core/formats/mountebank/js_pattern.h"
#include "core/formats/mountebank/predicate_export.h"
#include "core/formats/path_regex.h"

#include <algorithm>

namespace understudy::formats::mountebank {

namespace {

JsonObject asked(std::string_view operation, std::string_view field, JsonValue value,
                 bool caseSensitive)
{
    JsonObject out{{std::string(operation), JsonObject{{std::string(field), std::move(value)}}}};
    if (caseSensitive)
        out.set("caseSensitive", true);
    return out;
}

JsonObject oneOfThem(JsonArray choices)
{
    if (choices.size() == 1)
        return *choices.front().ifObject();
    return JsonObject{{"or", std::move(choices)}};
}

bool isAnyPath(std::string_view regex)
{
    return regex == ".*" || regex == "^.*$" || regex == "(?i).*" || regex == "/.*";
}

/// One template, or one expression; an empty object for any path.
std::optional<JsonObject> pathPredicate(const Server &server, const PathPattern &path,
                                        std::string &why)
{
    const bool isSensitive = !server.caseInsensitivePaths;
    if (path.rank == PathPattern::Rank::Regex) {
        if (isAnyPath(path.regex))
            return JsonObject();
        const auto pattern = toJsPattern(path.regex);
        if (!pattern) {
            why = "the path '" + path.regex + "'";
            return std::nullopt;
        }
        // Ours match all of a path. What an import made of a part becomes that part again.
        std::string text = onSentPath(pattern->text);
        constexpr std::string_view kAny = ".*";
        const bool isOpen = text.starts_with(".*(?:") && text.ends_with(").*");
        if (isOpen)
            text = text.substr(5, text.size() - 8);
        else if (text.ends_with(kAny) && text.find('|') == std::string::npos)
            text = '^' + text.substr(0, text.size() - kAny.size());
        else
            text = text.find('|') == std::string::npos ? '^' + text + '$' : "^(?:" + text + ")$";
        return asked("matches", "path", text, isSensitive && !pattern->ignoreCase);
    }
    const bool isFixed = path.rank == PathPattern::Rank::Exact && !server.ignoreTrailingSlash
                         && !server.mergeSlashes;
    if (!isFixed) {
        const auto pattern = toJsPattern(pathAsRegex(path, server.ignoreTrailingSlash));
        if (!pattern) {
            why = "an expression in the path";
            return std::nullopt;
        }
        return asked("matches", "path", '^' + pattern->text + '$', isSensitive);
    }
    std::string text;
    for (const PathSegment &segment : path.segments)
        text += '/' + asSent(segment.literal);
    text += path.trailingSlash || path.segments.empty() ? "/" : "";
    return asked("equals", "path", text, isSensitive);
}

} // namespace

std::optional<JsonArray> placePredicates(const Server &server, const Endpoint &endpoint,
                                         std::string &why)
{
    JsonArray out;
    JsonArray methods;
    for (const std::string &method : endpoint.methods) {
        if (method != "ANY")
            methods.emplace_back(asked("equals", "method", method, false));
    }
    if (!methods.empty())
        out.emplace_back(oneOfThem(std::move(methods)));
    std::vector<std::string> bases{server.base};
    bases.insert(bases.end(), server.otherBases.begin(), server.otherBases.end());
    JsonArray paths;
    for (const std::string &base : bases) {
        const auto path = parsePathPattern(endpoint.path, base);
        if (!path)
            continue;
        auto predicate = pathPredicate(server, *path, why);
        if (!predicate)
            return std::nullopt;
        if (predicate->empty())
            return out; // any path will do
        const JsonValue one(*std::move(predicate));
        if (std::find(paths.begin(), paths.end(), one) == paths.end())
            paths.push_back(one);
    }
    if (!paths.empty())
        out.emplace_back(oneOfThem(std::move(paths)));
    return out;
}

} // namespace understudy::formats::mountebank
