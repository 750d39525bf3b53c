// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/formats/pact/matching_rules.h"
#include "core/formats/translation.h"

namespace understudy::formats::pact {

/// A JSON schema for the bodies that an example and its matching rules stand for. Without a rule a
/// value is the example; requests have no members that the example lacks.
JsonValue bodySchema(const JsonValue &example, yaml::Mark at, const MatchingRules &rules,
                     const Translation &scope);

} // namespace understudy::formats::pact
