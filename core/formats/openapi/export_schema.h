// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"

#include <vector>

namespace understudy::formats::openapi {

/// The JSON Schema that all of the values fulfil and that says no more than they have in common:
/// types, properties in the order of their first appearance, those that every object has as
/// required, the items of all lists as one. No values: the schema that takes anything.
JsonValue schemaOfValues(const std::vector<const JsonValue *> &values);

} // namespace understudy::formats::openapi
