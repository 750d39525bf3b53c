// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/export_template.h"

#include "core/base/text.h"
#include "core/formats/mockoon/export_path.h"
#include "core/formats/template_tags.h"

#include <array>
#include <optional>

namespace understudy::formats::mockoon {

namespace {

constexpr std::array kHelpers{
    TagName{"query.", "queryParam"}, TagName{"header.", "header"}, TagName{"cookie.", "cookie"},
    TagName{"path.", "urlParam"},    TagName{"body.", "body"},     TagName{"form.", "body"},
    TagName{"method", "method"},     TagName{"raw", "body"},       TagName{"client", "ip"},
};

/// A tag that is one of our values or helpers alone; nothing for others.
std::optional<std::string> helperOf(std::string_view inside)
{
    const std::string_view tag = text::trim(inside);
    // These are the same in both.
    if (isSameEverywhere(tag) || tag.starts_with("faker '") || tag.starts_with("now '"))
        return std::string(inside);
    const auto found = findTag(tag, kHelpers);
    if (!found)
        return std::nullopt;
    std::string out(found->theirs);
    if (found->name.empty())
        return out;
    const std::string name(found->name);
    return out.append(" '")
        .append(tag.starts_with("path.") ? parameterName(name) : name)
        .append("'");
}

} // namespace

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
