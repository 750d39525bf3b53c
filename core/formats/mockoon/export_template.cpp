// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/export_template.h"

#include "core/base/text.h"
#include "core/formats/mockoon/export_path.h"
#include "core/formats/template_tags.h"

#include <array>
#include <optional>

namespace understudy::formats::mockoon {

namespace {

struct HelperName
{
    std::string_view ours; ///< with a dot: what stands behind it is a name
    std::string_view theirs;
};

constexpr std::array kHelpers{
    HelperName{"query.", "queryParam"}, HelperName{"header.", "header"},
    HelperName{"cookie.", "cookie"},    HelperName{"body.", "body"},
    HelperName{"form.", "body"},        HelperName{"method", "method"},
    HelperName{"raw", "body"},          HelperName{"client", "ip"},
};

/// A tag that is one of our values or helpers alone; nothing for others.
std::optional<std::string> helperOf(std::string_view inside)
{
    const std::string_view name = text::trim(inside);
    // These are the same in both.
    for (const std::string_view same : {"faker '", "now '", "else", "/if", "/each"}) {
        if (name.starts_with(same))
            return std::string(inside);
    }
    if (name.find(' ') != std::string_view::npos)
        return std::nullopt;
    if (name.starts_with("path."))
        return "urlParam '" + parameterName(std::string(name.substr(5))) + '\'';
    for (const HelperName &helper : kHelpers) {
        if (!helper.ours.ends_with('.') && name == helper.ours)
            return std::string(helper.theirs);
        if (helper.ours.ends_with('.') && name.starts_with(helper.ours))
            return std::string(helper.theirs) + " '" + std::string(name.substr(helper.ours.size()))
                   + '\'';
    }
    return std::nullopt;
}

} // namespace

std::string escapedTemplate(const std::string &text)
{
    std::string out;
    std::size_t at = 0;
    for (std::size_t open = text.find("{{"); open != std::string::npos;
         open = text.find("{{", at)) {
        out.append(text, at, open - at).append("\\{{");
        at = open + 2;
    }
    return out.append(text, at);
}

std::string mockoonTemplate(const std::string &text, Dialect dialect, const std::string &subject,
                            Notes &notes)
{
    if (dialect == Dialect::Mockoon)
        return text;
    return withTags(text, [&](std::string_view inside) {
        const auto helper = dialect == Dialect::Native ? helperOf(inside) : std::nullopt;
        if (!helper)
            notes.notServed(subject, "the template {{" + std::string(inside)
                                         + "}} is written as it is: Mockoon may have another name "
                                           "for it, or none");
        return helper ? *helper : std::string(inside);
    });
}

} // namespace understudy::formats::mockoon
