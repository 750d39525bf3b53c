// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/schema_parts.h"

#include <string>
#include <string_view>

namespace understudy::formats::openapi {

/// The expression of a template that invents a value for a schema that is no list and no object;
/// empty where only the sample is known to be right. `name` is the property's, of which texts
/// without a format are told.
std::string dynamicExpression(const SchemaParts &parts, std::string_view name);

} // namespace understudy::formats::openapi
