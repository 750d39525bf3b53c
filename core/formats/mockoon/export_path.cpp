// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/export_path.h"

#include "core/http/uri.h"
#include "core/model/path_pattern.h"

namespace understudy::formats::mockoon {

namespace {

/// A text as it is sent, with what has a meaning in routes escaped.
std::string routeLiteral(std::string_view text)
{
    std::string out;
    for (const char c : http::percentEncode(text, "!$&'()*+,;=:@[]{}?\\")) {
        if (std::string_view("(){}[]:*?+!\\").find(c) != std::string_view::npos)
            out += '\\';
        out += c;
    }
    return out;
}

/// The expressions that an import makes of routes with several parameters in a segment: texts and
/// named groups. Nothing for others.
std::optional<std::string> routeOfRegex(std::string_view regex, std::string_view base)
{
    constexpr std::string_view kOptionalSlash = "/?";
    if (regex.ends_with(kOptionalSlash))
        regex.remove_suffix(kOptionalSlash.size());
    std::string out;
    while (!regex.empty()) {
        if (regex.starts_with("(?<")) {
            const std::size_t name = regex.find('>');
            if (name == std::string_view::npos)
                return std::nullopt;
            const std::string_view rest = regex.substr(name + 1);
            const bool isSegment = rest.starts_with("[^/]+)");
            const bool isRest = rest.starts_with(".+)");
            if (!isSegment && !isRest)
                return std::nullopt;
            out += (isSegment ? ':' : '*') + std::string(regex.substr(3, name - 3));
            regex = rest.substr(isSegment ? 6 : 3);
        } else if (regex.front() == '\\' && regex.size() > 1
                   && std::isalnum(static_cast<unsigned char>(regex[1])) == 0) {
            out += routeLiteral(regex.substr(1, 1));
            regex.remove_prefix(2);
        } else if (std::string_view("\\[](){}*+?.|^$").find(regex.front())
                   != std::string_view::npos) {
            return std::nullopt;
        } else {
            out += regex.front() == '/' ? std::string("/") : routeLiteral(regex.substr(0, 1));
            regex.remove_prefix(1);
        }
    }
    if (!out.starts_with(base))
        return std::nullopt;
    out.erase(0, base.size());
    return out.starts_with('/') ? out.substr(1) : out;
}

} // namespace

std::string parameterName(const std::string &name)
{
    std::string out;
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_')
            out += c;
    }
    if (out.empty() || std::isdigit(static_cast<unsigned char>(out.front())) != 0)
        out.insert(0, "p");
    return out;
}

std::optional<std::string> routePathOf(const std::string &path, const std::string &base,
                                       const std::string &subject, Notes &notes)
{
    const auto pattern = parsePathPattern(path);
    if (pattern && pattern->rank == PathPattern::Rank::Regex) {
        if (auto route = routeOfRegex(pattern->regex, base))
            return route;
    }
    if (!pattern || pattern->rank == PathPattern::Rank::Regex) {
        notes.notServed(subject, "Mockoon has no word for a path that is a regular expression: "
                                 "this endpoint is left out");
        return std::nullopt;
    }
    std::string out;
    std::size_t unnamed = 0;
    for (const PathSegment &segment : pattern->segments) {
        if (!out.empty())
            out += '/';
        out += routeLiteral(segment.prefix);
        switch (segment.kind) {
        case PathSegment::Kind::Literal:
            out += routeLiteral(segment.literal);
            break;
        case PathSegment::Kind::Pattern:
            notes.changed(subject, "{" + segment.name
                                       + "} may be any text there: Mockoon has no "
                                         "expressions in paths");
            [[fallthrough]];
        case PathSegment::Kind::Parameter:
            out += ':' + parameterName(segment.name);
            break;
        case PathSegment::Kind::Any:
            out += ":segment" + std::to_string(++unnamed);
            break;
        case PathSegment::Kind::Rest:
            out += '*' + parameterName(segment.name);
            break;
        }
        out += routeLiteral(segment.suffix);
    }
    return out + (pattern->trailingSlash ? "/" : "");
}

} // namespace understudy::formats::mockoon
