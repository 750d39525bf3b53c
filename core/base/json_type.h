// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"

#include <string_view>

namespace understudy {

/// What JSON Schema and JMESPath call the type of a value: "null", "boolean", "number", "string",
/// "array", "object".
inline std::string_view jsonTypeOf(const JsonValue &value)
{
    switch (value.kind()) {
    case JsonValue::Kind::Null:
        return "null";
    case JsonValue::Kind::Bool:
        return "boolean";
    case JsonValue::Kind::Number:
        return "number";
    case JsonValue::Kind::String:
        return "string";
    case JsonValue::Kind::Array:
        return "array";
    case JsonValue::Kind::Object:
        break;
    }
    return "object";
}

} // namespace understudy
