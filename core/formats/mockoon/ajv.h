// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"

/// How Mockoon's validator of schemas differs from draft 7.
namespace understudy::formats::mockoon {

/// Whether Ajv, as Mockoon sets it up (draft 7, strict, with ajv-formats), takes a schema: it
/// refuses keywords and formats of one's own, and references that lead nowhere.
bool isSchemaForAjv(const JsonValue &schema);

/// Whether something stands beside a reference, which Ajv heeds and draft 7 does not.
bool hasSiblings(const JsonValue &schema);

} // namespace understudy::formats::mockoon
