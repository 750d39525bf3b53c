// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"

#include <vector>

namespace understudy::formats::openapi {

/// The JSON Schema that all of the values fulfil and that says no more than they have in common:
/// types, properties in the order of their first appearance, those that every object has as
/// required, the items of all lists as one. What is null in all of them may be anything; so may
/// what is nested too deeply.
JsonValue schemaOfValues(const std::vector<const JsonValue *> &values);

/// Takes `required` out of a schema that was made here, at every level.
void dropRequired(JsonValue &schema);

} // namespace understudy::formats::openapi
