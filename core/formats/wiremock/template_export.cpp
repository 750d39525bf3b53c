// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/formats/template_tags.h"
#include "core/formats/wiremock/answer_export.h"

#include <array>
#include <utility>

namespace understudy::formats::wiremock {

namespace {

constexpr std::array kNames{
    TagName{"path.", ".path."},      TagName{"query.", ".query."}, TagName{"header.", ".headers."},
    TagName{"cookie.", ".cookies."}, TagName{"method", ".method"}, TagName{"url", ".url"},
    TagName{"client", ".clientIp"},  TagName{"raw", ".body"},      TagName{"body", ".body"},
};

/// A tag that is one of our values alone; nothing for others.
std::optional<std::string> translated(std::string_view inside, std::string_view request)
{
    const std::string_view tag = text::trim(inside);
    if (isSameEverywhere(tag))
        return std::string(inside);
    std::string out(request);
    if (const auto found = findTag(tag, kNames))
        return out.append(found->theirs).append(found->name);
    constexpr std::string_view kBody = "body.";
    if (tag.starts_with(kBody) && tag.find(' ') == std::string_view::npos)
        return "jsonPath " + out + ".body '" + dotPathAsJsonPath(tag.substr(kBody.size())) + '\'';
    return std::nullopt;
}

/// Of WireMock's own templates: those of a callback call the request the original one.
std::string renamed(std::string_view inside, std::string_view request)
{
    std::string out(inside);
    for (const std::string_view name : {"originalRequest.", "request."}) {
        if (request.size() + 1 == name.size())
            continue;
        for (std::size_t at = out.find(name); at != std::string::npos; at = out.find(name, at)) {
            const bool isWord
                = at > 0 && std::isalnum(static_cast<unsigned char>(out[at - 1])) != 0;
            if (isWord) {
                at += name.size();
                continue;
            }
            out.replace(at, name.size(), std::string(request) + '.');
            at += request.size() + 1;
        }
    }
    return out;
}

} // namespace

std::string asTemplate(const std::string &text, Dialect dialect, std::string_view request,
                       ResponseScope &scope)
{
    return withTags(text, [&](std::string_view inside) {
        if (dialect == Dialect::WireMock)
            return renamed(inside, request);
        const auto name = translated(inside, request);
        if (!name)
            scope.report.notServed("the template {{" + std::string(inside)
                                   + "}} is written as it is: WireMock may have "
                                     "another name for it, or none");
        return name ? *name : std::string(inside);
    });
}

} // namespace understudy::formats::wiremock
