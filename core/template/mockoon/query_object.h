// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"

#include <string_view>

namespace understudy::mockoon {

/// How deep brackets of a query and of a form nest there.
constexpr int kQueryDepth = 5;
constexpr int kFormDepth = 10;

/// A query or form as the object that `qs` makes of it: `a=1&a=2` and `a[]=1` are lists, `a[b]=1`
/// an object, deeper brackets stay text (reference/mockoon.md section 7.8). Values are texts.
JsonValue queryObject(std::string_view query, int maxDepth);

} // namespace understudy::mockoon
