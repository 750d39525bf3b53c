// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"

#include <string>
#include <string_view>

/// JSON pointers (RFC 6901): "/items/0/a~1b".
namespace understudy::json_pointer {

/// A member's name as a part of a pointer, without the slash in front.
std::string escaped(std::string_view name);

/// One step into a value: the member of that name, the item of that number. Null if there is none.
/// `name` is not escaped.
const JsonValue *step(const JsonValue &value, std::string_view name);

/// What a whole pointer leads to; null where it leads nowhere or is none.
const JsonValue *find(const JsonValue &root, std::string_view pointer);

/// Takes the first part off a pointer that is not empty: its name, no longer escaped.
std::string takeFirst(std::string_view &pointer);

} // namespace understudy::json_pointer
