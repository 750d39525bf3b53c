// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/model/rule.h"

#include <optional>
#include <string>

namespace understudy::formats::wiremock {

/// A condition on a target as a value matcher; nothing where WireMock 3 has no word for it.
std::optional<JsonObject> matcherOf(const RuleTarget &target, const Condition &condition);
JsonObject negationOf(JsonObject matcher);

} // namespace understudy::formats::wiremock
