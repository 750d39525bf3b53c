// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/match/comparison.h"

#include <string>

namespace understudy {

/// The first place where two values differ that equalsJson holds to be different, with what was
/// expected and what is there: "/items/0/qty: expected 2, got 3". Empty where they do not, or where
/// the budget was spent before it was known.
std::string firstDifference(const JsonValue &actual, const JsonValue &expected,
                            const JsonComparison &how, WorkBudget &budget);

} // namespace understudy
