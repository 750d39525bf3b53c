// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/formats/openapi/schema_check.h"

#include <optional>
#include <string>

namespace understudy::formats::openapi {

/// A template for JSON whose values are invented anew with every answer, in the shape of `sample`,
/// which was made for `schema`. Lists have up to three items where their bounds allow that. What
/// invented data might not keep, such as a pattern, `not` or `if`, stays as it is in the sample.
/// Nothing where no value is left to invent.
std::optional<std::string> dynamicText(Document &document, SchemaCheck &check, Element schema,
                                       const JsonValue &sample);

} // namespace understudy::formats::openapi
