// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"

#include <optional>
#include <string_view>

namespace understudy::formats::openapi {

/// A template for JSON as an example of what it may make: tags within texts stay as they stand, a
/// value stands for one that is a value by itself, blocks come once. Nothing where that is no JSON.
std::optional<JsonValue> templateExample(std::string_view source);

} // namespace understudy::formats::openapi
