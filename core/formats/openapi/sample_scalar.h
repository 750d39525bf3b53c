// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/schema_check.h"
#include "core/formats/openapi/schema_parts.h"

#include <string>

namespace understudy::formats::openapi {

/// A text for a schema: of its format, or matching its pattern, within its lengths where that can
/// be had. `variant` makes others of the same kind.
std::string sampleText(const SchemaParts &parts, SchemaCheck &check, std::size_t variant);

/// A number within the bounds of a schema where there is one, a multiple of `multipleOf`.
JsonNumber sampleNumber(const SchemaParts &parts, bool isInteger, std::size_t variant);

/// The largest (or smallest) of the counts that its parts have for a keyword.
std::optional<std::size_t> largestCount(const SchemaParts &parts, std::string_view keyword);
std::optional<std::size_t> smallestCount(const SchemaParts &parts, std::string_view keyword);

} // namespace understudy::formats::openapi
