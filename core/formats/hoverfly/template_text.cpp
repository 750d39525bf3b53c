// SPDX-License-Identifier: Apache-2.0
#include "core/formats/hoverfly/template_text.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/template_tags.h"

#include <array>

namespace understudy::formats::hoverfly {

namespace {

/// What a tag begins with there and here; what follows it is the same.
struct TagRow
{
    std::string_view theirs;
    std::string_view ours;
    bool isWhole = false;
};

constexpr std::array kTags{
    TagRow{"Request.Path.[", "request.pathSegments.["},
    TagRow{"Request.QueryParam.", "request.query."},
    TagRow{"Request.Header.", "request.headers."},
    TagRow{"Request.Body 'jsonpath' ", "jsonPath request.body "},
    TagRow{"Request.Body \"jsonpath\" ", "jsonPath request.body "},
    TagRow{"Request.Body 'xpath' ", "xPath request.body "},
    TagRow{"Request.Method", "request.method", true},
    TagRow{"Request.Scheme", "request.scheme", true},
    TagRow{"Request.Host", "request.host", true},
    TagRow{"randomUuid", "randomValue type='UUID'", true},
};

/// Nothing where it has no word.
std::optional<std::string> ourTag(std::string_view tag)
{
    tag = text::trim(tag);
    for (const TagRow &row : kTags) {
        if (row.isWhole ? tag == row.theirs : tag.starts_with(row.theirs))
            return std::string(row.ours) + std::string(tag.substr(row.theirs.size()));
    }
    return std::nullopt;
}

/// The text with our tags; `missing` gets the first tag that has no word.
std::string translatedText(const std::string &text, std::string &missing)
{
    return withTags(text, [&](std::string_view inside) {
        auto tag = ourTag(inside);
        if (!tag && missing.empty())
            missing = recorded::oneLine(std::string(text::trim(inside)));
        return tag.value_or(std::string(inside));
    });
}

} // namespace

void translateTemplates(Response &response, const Translation &scope, yaml::Mark at)
{
    std::string missing;
    Response translated = response;
    if (response.body.kind == Body::Kind::Text)
        translated.body = Body::text(translatedText(response.body.content, missing));
    else if (response.body.kind == Body::Kind::File)
        missing = "(of the file)";
    for (http::HeaderField &header : translated.headers)
        header.value = translatedText(header.value, missing);
    if (!missing.empty()) {
        scope.notServed("its template is sent as it stands: " + text::inQuotes(missing)
                            + " has no word here",
                        at);
        return;
    }
    response = std::move(translated);
    response.isTemplate = true;
    response.dialect = Dialect::WireMock;
}

} // namespace understudy::formats::hoverfly
