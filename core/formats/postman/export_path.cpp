// SPDX-License-Identifier: Apache-2.0
#include "core/formats/postman/export_path.h"

#include "core/http/uri.h"
#include "core/model/path_pattern.h"

namespace understudy::formats::postman {

namespace {

/// Encoded so that nothing in it is a parameter or a variable.
std::string encodedSegment(std::string_view literal)
{
    std::string out = http::percentEncode(literal, "!$&'()*+,;=:@");
    if (out.starts_with(':'))
        out.replace(0, 1, "%3A");
    return out;
}

} // namespace

std::optional<ExportPath> exportPath(std::string_view path)
{
    const auto pattern = parsePathPattern(path);
    if (!pattern || pattern->rank == PathPattern::Rank::Regex)
        return std::nullopt;
    ExportPath out;
    std::size_t unnamed = 0;
    for (const PathSegment &segment : pattern->segments) {
        using Kind = PathSegment::Kind;
        if (segment.kind == Kind::Literal) {
            out.segments.push_back(encodedSegment(segment.literal));
            continue;
        }
        std::string name = segment.name;
        if (segment.kind == Kind::Any)
            name = ++unnamed == 1 ? "any" : "any" + std::to_string(unnamed);
        if (segment.kind == Kind::Pattern)
            out.loose.push_back('{' + segment.name + ':' + segment.regex + '}');
        if (segment.kind == Kind::Rest)
            out.loose.push_back('{' + segment.name + "*}");
        if (segment.prefix.empty() && segment.suffix.empty()) {
            out.segments.push_back(':' + name);
            out.parameters.push_back(name);
        } else {
            out.segments.push_back(encodedSegment(segment.prefix) + "{{" + name + "}}"
                                   + encodedSegment(segment.suffix));
        }
    }
    if (pattern->trailingSlash)
        out.segments.emplace_back();
    return out;
}

} // namespace understudy::formats::postman
