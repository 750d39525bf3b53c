// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/schema_check.h"
#include "core/formats/openapi/schema_parts.h"

#include <limits>
#include <string>

namespace understudy::formats::openapi {

/// A text for a schema: of its format, or matching its pattern, within its lengths where that can
/// be had. `variant` makes others of the same kind.
std::string sampleText(const SchemaParts &parts, SchemaCheck &check, std::size_t variant);

/// A number within the bounds of a schema where there is one, a multiple of `multipleOf`.
JsonNumber sampleNumber(const SchemaParts &parts, bool isInteger, std::size_t variant);

/// Between what a number must be.
struct NumberBounds
{
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
    bool isAbove = false; ///< `least` itself is left out
    bool isBelow = false;
    double step = 0;  ///< 0: any number
    int decimals = 0; ///< of `step`

    bool allows(double value) const
    {
        return (isAbove ? value > least : value >= least)
               && (isBelow ? value < most : value <= most);
    }
};
NumberBounds boundsOf(const SchemaParts &parts);

/// The largest (or smallest) of the counts that its parts have for a keyword.
std::optional<std::size_t> largestCount(const SchemaParts &parts, std::string_view keyword);
std::optional<std::size_t> smallestCount(const SchemaParts &parts, std::string_view keyword);

} // namespace understudy::formats::openapi
