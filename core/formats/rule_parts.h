// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/rule.h"

#include <string>
#include <vector>

/// What translated rules are made of.
namespace understudy::formats {

Rule leaf(RuleTarget target, RuleOperator op, JsonValue value, JsonObject options = {});
Rule leaf(RuleTarget::Kind kind, std::string name, RuleOperator op, JsonValue value);
/// One rule alone is not wrapped, but for None.
Rule group(RuleGroup::Kind kind, std::vector<Rule> rules);
Rule anyOf(std::vector<Rule> rules);
Rule allOf(std::vector<Rule> rules);
Rule noneOf(std::vector<Rule> rules);
/// For what is already decided: every path begins with a slash.
Rule always();
Rule never();

} // namespace understudy::formats
