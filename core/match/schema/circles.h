// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/match/schema/node.h"

namespace understudy::json_schema {

/// Whether some schema asks of a value if it fits that very schema, which would never end.
bool hasCircle(const Schema &schema);

} // namespace understudy::json_schema
