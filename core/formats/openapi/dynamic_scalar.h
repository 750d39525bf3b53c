// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/schema_check.h"
#include "core/formats/openapi/schema_parts.h"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::openapi {

/// Where a value that is no list and no object stands.
struct ScalarPlace
{
    Document &document;
    SchemaCheck &check;
    const std::vector<Element> &schemas; ///< it must fit all of them
    const SchemaParts &parts;            ///< of those, with the branches that it is made by
    std::string_view name;               ///< of the property: texts without a format are told by it
};

/// The expression of a template that invents a value for a place; empty where only the sample is
/// known to be right.
std::string dynamicExpression(const ScalarPlace &place);

} // namespace understudy::formats::openapi
