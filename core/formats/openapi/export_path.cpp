// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/export_path.h"

#include "core/http/uri.h"
#include "core/model/path_pattern.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace understudy::formats::openapi {

namespace {

std::string encodedText(std::string_view literal)
{
    return http::percentEncode(literal, "!$&'()+,;=:@");
}

/// Whether an expression means the same to a validator, which has those of ECMA 262: without
/// possessive quantifiers, inline options and other constructs of PCRE2 alone.
bool isCommonRegex(std::string_view regex)
{
    constexpr std::array<std::string_view, 6> kGroups{"(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<"};
    for (std::size_t at = 0; at < regex.size(); ++at) {
        const std::string_view rest = regex.substr(at);
        if (rest.starts_with("(*") || rest.starts_with("[[:"))
            return false;
        if (rest.starts_with("(?")
            && std::none_of(kGroups.begin(), kGroups.end(),
                            [&](std::string_view group) { return rest.starts_with(group); }))
            return false;
        const bool isDoubled
            = at > 0 && rest.front() == '+'
              && std::string_view("*+?}").find(regex[at - 1]) != std::string_view::npos;
        if (isDoubled)
            return false;
        if (rest.front() == '\\') {
            const bool isLetter
                = rest.size() > 1 && std::isalnum(static_cast<unsigned char>(rest[1])) != 0;
            if (rest.size() > 1 && !isLetter
                && std::string_view("^$\\.*+?()[]{}|/").find(rest[1]) == std::string_view::npos)
                return false;
            if (rest.size() > 1
                && std::string_view("AzZGhHRKQEXCNopPxgU").find(rest[1]) != std::string_view::npos)
                return false;
            ++at;
        }
    }
    return true;
}

class TemplateMaker
{
public:
    TemplatePath run(const PathPattern &pattern)
    {
        for (const PathSegment &segment : pattern.segments) {
            m_out.text += '/';
            m_out.shape += '/';
            if (segment.kind == PathSegment::Kind::Literal)
                add(encodedText(segment.literal));
            else
                parameter(segment);
        }
        if (pattern.trailingSlash || pattern.segments.empty())
            add("/");
        return std::move(m_out);
    }

private:
    void add(const std::string &text)
    {
        m_out.text += text;
        m_out.shape += text;
    }

    void parameter(const PathSegment &segment)
    {
        using Kind = PathSegment::Kind;
        TemplateParameter out{freeName(segment.kind == Kind::Any ? "any" : segment.name), {}, {}};
        if (segment.kind == Kind::Pattern && isCommonRegex(segment.regex))
            out.pattern = "^(?:" + segment.regex + ")$";
        else if (segment.kind == Kind::Pattern)
            m_out.remarks.push_back("{" + segment.name + ":" + segment.regex
                                    + "} is any text of one segment there: its expression is none "
                                      "of JSON Schema");
        if (segment.kind == Kind::Rest) {
            out.description = "The rest of the path, slashes included.";
            m_out.remarks.push_back("{" + segment.name + "*} is one segment there");
        }
        if (segment.kind == Kind::Any)
            m_out.remarks.push_back("'*' is the parameter '" + out.name + "' there");
        add(encodedText(segment.prefix));
        m_out.text += "{" + out.name + "}";
        m_out.shape += "{}";
        add(encodedText(segment.suffix));
        m_out.parameters.push_back(std::move(out));
    }

    std::string freeName(const std::string &name) const
    {
        std::string out = name;
        const auto isTaken = [&](const TemplateParameter &known) { return known.name == out; };
        for (int n = 2; std::any_of(m_out.parameters.begin(), m_out.parameters.end(), isTaken); ++n)
            out = name + std::to_string(n);
        return out;
    }

    TemplatePath m_out;
};

} // namespace

std::optional<TemplatePath> templatePath(std::string_view path)
{
    const auto pattern = parsePathPattern(path);
    if (!pattern || pattern->rank == PathPattern::Rank::Regex)
        return std::nullopt;
    return TemplateMaker().run(*pattern);
}

TemplatePath itemPath(TemplatePath collection)
{
    std::string name = "id";
    const auto isTaken = [&](const TemplateParameter &known) { return known.name == name; };
    while (std::any_of(collection.parameters.begin(), collection.parameters.end(), isTaken))
        name.insert(0, "item-");
    const std::string slash = collection.text.ends_with('/') ? "" : "/";
    collection.text += slash + "{" + name + "}";
    collection.shape += slash + "{}";
    collection.parameters.push_back({name, {}, {}});
    return collection;
}

} // namespace understudy::formats::openapi
