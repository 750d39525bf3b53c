// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace understudy::formats::openapi {

/// A text of a `format` of JSON Schema or OpenAPI, another one for each `variant`; empty for a
/// format that is not known.
std::string textOfFormat(std::string_view format, std::size_t variant);
/// What texts of that format look like, as a regular expression; empty where any text will do.
std::string_view regexOfFormat(std::string_view format);

} // namespace understudy::formats::openapi
