// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/match/comparison.h"
#include "core/match/target_values.h"

namespace understudy {

/// Whether the value is what the rule says (equalsValue); a number in JSON by its value.
inline bool equalsExpected(const TargetValue &actual, const JsonValue &expected)
{
    return equalsValue(actual.text, expected, actual.json && actual.json->isNumber());
}

} // namespace understudy
