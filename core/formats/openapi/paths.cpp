// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/paths.h"

#include "core/base/text.h"
#include "core/http/uri.h"

#include <algorithm>
#include <cctype>

namespace understudy::formats::openapi {

namespace {

/// A piece of a path: text, or a parameter's name.
struct PathPiece
{
    std::string text;
    bool isParameter = false;
};

std::string parameterName(std::string_view written, std::vector<std::string> &known)
{
    std::string name;
    for (const char c : written) {
        const bool isPlain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'
                             || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
        name += isPlain ? c : '_';
    }
    if (name.empty())
        name = "parameter";
    const std::string plain = name;
    for (int n = 2; std::find(known.begin(), known.end(), name) != known.end(); ++n)
        name = plain + std::to_string(n);
    known.push_back(name);
    return name;
}

std::vector<PathPiece> piecesOf(std::string_view path, std::vector<std::string> &names)
{
    std::vector<PathPiece> out;
    const auto add = [&out](std::string_view text) {
        if (out.empty() || out.back().isParameter)
            out.push_back({});
        out.back().text += text;
    };
    for (std::size_t at = 0; at < path.size(); ++at) {
        const char c = path[at];
        const std::size_t close
            = c == '{' ? path.find_first_of("{}/", at + 1) : std::string_view::npos;
        if (close != std::string_view::npos && path[close] == '}') {
            out.push_back({parameterName(path.substr(at + 1, close - at - 1), names), true});
            at = close;
        } else if (c == '{' || c == '}' || c == '*' || c == 0x7F
                   || static_cast<unsigned char>(c) < ' ') {
            add(http::percentEncode(std::string_view(&c, 1)));
        } else {
            add(std::string_view(&c, 1));
        }
    }
    return out;
}

bool hasCrowdedSegment(const std::vector<PathPiece> &pieces)
{
    bool hasParameter = false;
    for (const PathPiece &piece : pieces) {
        if (piece.isParameter && hasParameter)
            return true;
        hasParameter
            = piece.isParameter || (hasParameter && piece.text.find('/') == std::string::npos);
    }
    return false;
}

std::string literalRegex(std::string_view text)
{
    std::string out;
    for (const char c : http::percentDecode(text)) {
        const bool isPlain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/'
                             || c == '_' || static_cast<unsigned char>(c) >= 0x80;
        out += (isPlain ? "" : "\\") + std::string(1, c);
    }
    return out;
}

/// Names of groups begin with a letter, and have at most 32 characters.
std::string groupName(std::string_view name)
{
    std::string out;
    for (const char c : name)
        out += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    constexpr std::size_t kLongestGroup = 30;
    out.resize(std::min(out.size(), kLongestGroup));
    if (std::isdigit(static_cast<unsigned char>(out.front())) != 0)
        out.front() = '_';
    return out;
}

std::string regexPath(const std::vector<PathPiece> &pieces, std::string_view base)
{
    std::string out = "regex:" + literalRegex(base);
    std::vector<std::string> groups;
    for (const PathPiece &piece : pieces) {
        if (!piece.isParameter) {
            out += literalRegex(piece.text);
            continue;
        }
        const std::string group = groupName(piece.text);
        const bool isKnown = std::find(groups.begin(), groups.end(), group) != groups.end();
        out += isKnown ? "([^/]+?)" : "(?<" + group + ">[^/]+?)";
        groups.push_back(group);
    }
    return out;
}

} // namespace

EndpointPath endpointPath(std::string_view written, std::string_view base, bool isServers)
{
    EndpointPath out;
    std::string path(written);
    if (!path.starts_with('/')) {
        out.changed.emplace_back("a path begins with '/'; one is put in front");
        path.insert(path.begin(), '/');
    }
    if (const std::size_t query = path.find('?');
        query != std::string::npos && path.find('}', query) == std::string::npos) {
        out.notServed.emplace_back("the query in its path does not count: any will do");
        const std::size_t end = std::min(path.find('#', query), path.size());
        path.erase(query, end - query);
    }
    if (path.find('#') != std::string::npos)
        out.notServed.emplace_back("clients do not send what stands behind '#' in an address; the "
                                   "endpoint answers those alone that do");
    std::vector<std::string> names;
    const std::vector<PathPiece> pieces = piecesOf(path, names);
    if (hasCrowdedSegment(pieces)) {
        out.path = regexPath(pieces, base);
        out.changed.emplace_back("several parameters in one segment of its path are a regular "
                                 "expression here");
        return out;
    }
    if (!isServers)
        out.path = base;
    for (const PathPiece &piece : pieces)
        out.path += piece.isParameter ? "{" + piece.text + "}" : piece.text;
    return out;
}

} // namespace understudy::formats::openapi
