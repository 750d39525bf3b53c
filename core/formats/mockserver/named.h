// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/translation.h"
#include "core/formats/yaml/node.h"
#include "core/model/rule.h"

#include <vector>

namespace understudy::formats::mockserver {

/// Adds a rule for each name of a map `{"name": ["value"]}` or a list `[{"name": …, "values":
/// […]}]` of headers, parameters or cookies.
void namedRules(RuleTarget::Kind kind, const yaml::Node &named, std::vector<Rule> &rules,
                Translation &scope);

} // namespace understudy::formats::mockserver
