// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/template/value.h"

#include <cstdint>
#include <string>

/// What every list of a bucket does with its items, whoever's parameters ask for it.
namespace understudy::crud {

/// The value at a dot path in an item, the item itself for an empty one; undefined where there is
/// none. The item must outlive it.
handlebars::Value memberOf(const JsonValue &item, const std::string &path);

/// The items from `first` to before `last`; negative places count from the end, and those beyond an
/// end are that end (ECMA-262 Array.prototype.slice).
void slice(JsonArray &items, std::int64_t first, std::int64_t last);

} // namespace understudy::crud
