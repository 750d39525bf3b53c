// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/model/rule.h"

#include <optional>
#include <string>
#include <string_view>

namespace understudy::formats::mountebank {

/// A condition on a target as a predicate, `negated` left aside; nothing where mountebank has no
/// word for it.
std::optional<JsonObject> conditionPredicate(const RuleTarget &target, const Condition &condition);

/// The text of a value that is compared.
std::string plainText(const JsonValue &value);
JsonObject oppositeOf(JsonObject predicate);
/// `how` is "and" or "or"; one predicate alone is not wrapped.
JsonObject combined(std::string_view how, JsonArray predicates);

} // namespace understudy::formats::mountebank
