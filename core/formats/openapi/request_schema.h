// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/formats/openapi/document.h"

#include <optional>

namespace understudy::formats::openapi {

/// A schema of the document as a JSON Schema of 2020-12 that stands by itself: what it refers to is
/// in its `$defs`. Keywords that say nothing about validity are left out, as are patterns and
/// formats that nobody could check, with what would mean something else without them (`not`). It is
/// about requests: what is readOnly need not be sent. Nothing where it would have more than 5,000
/// schemas or is nested deeper than 100.
std::optional<JsonValue> requestSchema(Document &document, Element schema);

} // namespace understudy::formats::openapi
