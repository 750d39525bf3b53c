// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/openapi/media.h"
#include "core/formats/openapi/xml_text.h"
#include "core/http/uri.h"

#include <algorithm>
#include <array>

/// A value as the bytes of a media type.
namespace understudy::formats::openapi {

namespace {

/// The smallest of its kind that programs open.
struct SmallFile
{
    std::string_view type;
    std::string_view base64;
};
constexpr std::array kSmallFiles{
    SmallFile{"image/png",
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6"
              "kgAAAABJRU5ErkJggg=="},
    SmallFile{"image/gif", "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"},
    SmallFile{"application/pdf",
              "JVBERi0xLjEKMSAwIG9iajw8L1R5cGUvQ2F0YWxvZy9QYWdlcyAyIDAgUj4+ZW5kb2JqCjIgMCBvYmo8PC9U"
              "eXBlL1BhZ2VzL0tpZHNbMyAwIFJdL0NvdW50IDE+PmVuZG9iagozIDAgb2JqPDwvVHlwZS9QYWdlL1BhcmVu"
              "dCAyIDAgUi9NZWRpYUJveFswIDAgNzIgNzJdPj5lbmRvYmoKdHJhaWxlcjw8L1Jvb3QgMSAwIFI+Pgo="},
};

bool isXmlType(std::string_view type)
{
    return type.ends_with("/xml") || type.ends_with("+xml") || type == "application/xhtml+xml";
}

/// Whether a text of that type is bytes that only look like one.
bool isBinaryType(std::string_view type)
{
    for (const std::string_view family : {"image/", "audio/", "video/", "font/"}) {
        if (type.starts_with(family) && !isXmlType(type))
            return true;
    }
    return type == "application/octet-stream" || type == "application/pdf"
           || type == "application/zip" || type == "application/gzip"
           || type.starts_with("application/vnd.openxmlformats")
           || type.starts_with("application/vnd.ms-");
}

std::string plainText(const JsonValue &value)
{
    return value.ifString() ? *value.ifString() : value.isNull() ? std::string() : writeJson(value);
}

std::string formText(const JsonValue &value)
{
    const JsonObject *object = value.ifObject();
    if (!object)
        return plainText(value);
    std::string out;
    const auto add = [&out](const std::string &name, const JsonValue &one) {
        out += (out.empty() ? "" : "&") + http::percentEncode(name) + "="
               + http::percentEncode(plainText(one));
    };
    for (const JsonMember &member : *object) {
        const JsonArray *array = member.value.ifArray();
        for (std::size_t i = 0; array && i < array->size(); ++i)
            add(member.name, (*array)[i]);
        if (!array)
            add(member.name, member.value);
    }
    return out;
}

Body binaryBody(std::string_view type, const JsonValue &value)
{
    const auto small = std::find_if(kSmallFiles.begin(), kSmallFiles.end(),
                                    [&](const SmallFile &file) { return file.type == type; });
    const bool isMade
        = !value.isString() || *value.ifString() == "string" || value.ifString()->empty();
    Body body;
    body.kind = Body::Kind::Base64;
    if (small != kSmallFiles.end() && isMade)
        body.content = small->base64;
    else
        body.content = text::encodeBase64(isMade ? "Understudy" : *value.ifString());
    return body;
}

} // namespace

bool isJsonType(std::string_view full)
{
    const std::string type = text::toLower(text::trim(full.substr(0, full.find(';'))));
    return type == "application/json" || type == "text/json" || type.ends_with("+json");
}

Body bodyOf(Document &document, std::string_view type, Element schema, JsonValue value)
{
    const std::string plain = text::toLower(text::trim(type.substr(0, type.find(';'))));
    if (isJsonType(plain))
        return Body::ofJson(std::move(value));
    if (isBinaryType(plain))
        return binaryBody(plain, value);
    if (isXmlType(plain))
        return Body::text(value.isString() ? *value.ifString() : xmlText(document, schema, value));
    if (plain == "application/x-www-form-urlencoded")
        return Body::text(formText(value));
    const bool isLines = plain == "application/jsonl" || plain == "application/x-ndjson"
                         || plain == "application/x-jsonl" || plain == "application/json-lines";
    if (isLines && value.ifArray()) {
        std::string lines;
        for (const JsonValue &entry : *value.ifArray())
            lines += writeJson(entry) + "\n";
        return Body::text(lines);
    }
    if (plain == "text/event-stream" && !value.isString())
        return Body::text("data: " + writeJson(value) + "\n\n");
    return Body::text(plainText(value));
}

} // namespace understudy::formats::openapi
