// SPDX-License-Identifier: Apache-2.0
#include "core/formats/pact/content.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"

namespace understudy::formats::pact {

using recorded::fieldOf;
using recorded::textOf;
using yaml::Node;

namespace {

bool isJsonType(const std::string &mediaType)
{
    return text::toLower(mediaType).find("json") != std::string::npos;
}

} // namespace

bool Content::isXml() const
{
    return kind == Kind::Text && text::toLower(mediaType).find("xml") != std::string::npos;
}

bool Content::isForm() const
{
    return kind == Kind::Text
           && text::toLower(mediaType).starts_with("application/x-www-form-urlencoded");
}

Content readContent(const Node &part, const std::string &mediaType, bool isVersion4)
{
    Content out;
    out.mediaType = mediaType;
    const Node *body = fieldOf(&part, "body");
    if (!body || body->isNull())
        return out;
    std::string encoded;
    if (isVersion4 && body->isMap() && (body->items.empty() || body->find("content"))) {
        if (const std::string type = textOf(body, "contentType"); !type.empty())
            out.mediaType = type;
        encoded = textOf(body, "encoded");
        body = fieldOf(body, "content");
        if (!body || body->isNull())
            return out;
    }
    out.at = body->start;
    const bool isText = body->isScalar() && body->style != Node::Style::Plain;
    if (!isText) {
        out.kind = Content::Kind::Json;
        out.json = yaml::toJson(*body);
        if (out.mediaType.empty())
            out.mediaType = "application/json";
        return out;
    }
    out.text = body->text;
    out.kind = Content::Kind::Text;
    if (encoded == "base64" || encoded == "true") {
        out.kind = Content::Kind::Base64;
    } else if (isJsonType(out.mediaType)) {
        // A text is JSON itself where it can be read as such.
        auto parsed = JsonValue::parse(out.text);
        out.kind = Content::Kind::Json;
        out.json = parsed ? *std::move(parsed) : JsonValue(out.text);
    } else if (out.text.empty()) {
        out.kind = Content::Kind::None;
    } else if (out.mediaType.empty()) {
        out.mediaType = "text/plain";
    }
    return out;
}

} // namespace understudy::formats::pact
