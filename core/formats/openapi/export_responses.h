// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/export_answer.h"

#include <vector>

namespace understudy::formats::openapi {

/// The `responses` of an operation: by status, then by media type, then as examples that bear the
/// names of their answers; what is sent unasked stands in front of its status.
JsonValue responsesJson(const std::vector<WrittenAnswer> &answers, const std::string &subject,
                        const ExportScope &scope);

/// A media type object: the examples with their names, one alone without, and the schema that they
/// have in common where all are known.
JsonValue mediaJson(std::string_view type,
                    const std::vector<std::pair<std::string, const JsonValue *>> &examples);

} // namespace understudy::formats::openapi
