// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/match/schema/node.h"

namespace understudy::json_schema {

/// Compiles a document. Errors: those of JsonSchema::compile.
Result<Schema> read(const JsonValue &document);

} // namespace understudy::json_schema
