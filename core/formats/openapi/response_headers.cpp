// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/response_headers.h"

#include "core/base/json_text.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace understudy::formats::openapi {

namespace {

/// What follows from the body and the connection, or would make the answer unreadable.
constexpr std::array<std::string_view, 8> kOwnHeaders{
    "content-length", "transfer-encoding", "connection", "date",
    "trailer",        "upgrade",           "keep-alive", "content-encoding"};

/// A value by the style `simple`: `a,b` for lists, `k,v` or, exploded, `k=v` for objects.
std::string simpleText(const JsonValue &value, bool isExploded)
{
    if (const std::string *text = value.ifString())
        return *text;
    std::string out;
    const auto add = [&out](const std::string &part) { out += (out.empty() ? "" : ",") + part; };
    if (const JsonArray *array = value.ifArray()) {
        for (const JsonValue &entry : *array)
            add(entry.ifString() ? *entry.ifString() : writeJson(entry));
        return out;
    }
    const JsonObject *object = value.ifObject();
    if (!object)
        return value.isNull() ? std::string() : writeJson(value);
    for (const JsonMember &member : *object)
        add(member.name + (isExploded ? "=" : ",")
            + (member.value.ifString() ? *member.value.ifString() : writeJson(member.value)));
    return out;
}

/// The value of a header, from its own example, the first named one, or its schema.
std::string headerText(const MakingOf &with, Element header)
{
    const Element content = with.document.child(header, "content");
    const Element media = content.size() > 0 && content.isMap() ? content.entry(0) : Element{};
    const Element about = media ? media : header;
    // Version 2.0 has type and format in the header itself.
    const Element schema
        = about.at("schema") || !with.document.isSwagger() ? about.at("schema") : about;
    Element example = about.at("example");
    const Element examples = with.document.child(about, "examples");
    if (!example && examples.isMap() && examples.size() > 0)
        example = with.document.resolve(examples.entry(0)).at("value");
    JsonValue value("string");
    if (schema)
        value = with.samples.make(schema).value;
    if (example) {
        JsonValue written = writtenValue(with.document, schema, *example.node);
        if (!schema || !with.check.misfit(schema, written))
            value = std::move(written);
        else
            with.document.changedOften("an example or a default is not what its schema says, and "
                                       "is not used; a value is made instead",
                                       example);
    }
    return media ? writeJson(value) : simpleText(value, header.isTrue("explode"));
}

} // namespace

http::HeaderList documentedHeaders(const MakingOf &with, Element response,
                                   const std::string &subject)
{
    http::HeaderList out;
    const Element headers = with.document.child(response, "headers");
    for (std::size_t i = 0; headers.isMap() && i < headers.size(); ++i) {
        const std::string &name = headers.key(i);
        const Element header = with.document.resolve(headers.entry(i));
        const std::string plain = text::toLower(name);
        if (plain == "content-type" || !header.isMap())
            continue;
        if (std::find(kOwnHeaders.begin(), kOwnHeaders.end(), plain) != kOwnHeaders.end()) {
            with.document.changedOften("the header " + text::inQuotes(name)
                                           + " is written by the server itself",
                                       headers.entry(i));
            continue;
        }
        std::string value = headerText(with, header);
        if (!http::isToken(name) || !http::isFieldValue(value)) {
            with.document.notServed(subject,
                                    "the header " + text::inQuotes(text::shortened(name, 100))
                                        + " cannot be sent, and is left out; it holds what "
                                          "a header may not",
                                    headers.entry(i));
            continue;
        }
        out.push_back({name, std::string(text::trim(value))});
    }
    return out;
}

} // namespace understudy::formats::openapi
