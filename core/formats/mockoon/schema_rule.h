// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mockoon/rule_comparison.h"

namespace understudy::formats::mockoon {

/// `valid_json_schema`: the value is held against a schema that lies in a bucket, as the file has
/// it (reference/mockoon.md section 3.4). Nothing (and a note) if it cannot be expressed.
std::optional<Rule> schemaRule(const RuleComparison &rule);

} // namespace understudy::formats::mockoon
