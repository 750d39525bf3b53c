// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/formats/yaml/node.h"

#include <optional>
#include <string>

namespace understudy::formats::pact {

/// A body as contracts write it: any JSON up to specification 3, since then an object with
/// `content`, `contentType` and `encoded`.
struct Content
{
    enum class Kind { None, Json, Text, Base64 };
    Kind kind = Kind::None;
    JsonValue json;
    std::string text;
    std::string mediaType;
    yaml::Mark at;

    bool isXml() const;
    bool isForm() const;
};

/// Of a request or a response; `mediaType` is what its headers say.
Content readContent(const yaml::Node &part, const std::string &mediaType, bool isVersion4);

} // namespace understudy::formats::pact
