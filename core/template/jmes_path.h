// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/base/result.h"

#include <string_view>

namespace understudy {

/// The value that a JMESPath query (https://jmespath.org/specification.html) finds in a document:
/// paths, slices, projections, filters, pipes, multi-selects and the functions of the
/// specification but for `map`, `sort_by`, `max_by` and `min_by`. Null where it finds nothing.
/// Errors: Syntax; Invalid for a function that is not known or does not take its arguments.
Result<JsonValue> selectJmesPath(const JsonValue &document, std::string_view query);

} // namespace understudy
