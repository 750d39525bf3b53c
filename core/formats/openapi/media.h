// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/sample.h"
#include "core/model/server.h"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::openapi {

/// What an operation's responses are made with.
struct MakingOf
{
    Document &document;
    SchemaCheck &check;
    SampleMaker &samples;
    std::size_t &room; ///< bytes that the bodies of the whole import may still take
    const LoadOptions &options;
};

/// A body by the name of its example; the first one of a media type is what is sent unasked.
struct NamedBody
{
    std::string name; ///< empty: `example`, or made from the schema
    Body body;
    bool isMade = false; ///< from the schema
};

struct MediaAnswer
{
    std::string type; ///< of Content-Type, without wildcards
    Element schema;
    std::vector<NamedBody> bodies; ///< one at least
};

/// What a response may be sent as, what is sent unasked in front: JSON where there is some.
/// `subject` is for remarks.
std::vector<MediaAnswer> mediaAnswers(const MakingOf &with, Element operation, Element response,
                                      const std::string &subject);

/// application/json and what is built on it.
bool isJsonType(std::string_view type);

/// A value as a body of that type: JSON, XML by the hints of the schema, a form, text or bytes.
Body bodyOf(Document &document, std::string_view type, Element schema, JsonValue value);

} // namespace understudy::formats::openapi
