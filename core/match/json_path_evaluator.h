// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/work_budget.h"
#include "core/match/json_path_ast.h"

#include "core/base/json_value.h"

#include <cstdint>
#include <vector>

namespace understudy::json_path {

using Nodes = std::vector<const JsonValue *>;

/// What visiting a node costs.
constexpr std::uint64_t kNodeWork = 15;

/// The nodelist of `query` on `root` (RFC 9535 section 2). Error Limit once the budget is spent.
/// Depth of recursion depends on the query's own nesting, never on the document's.
Result<Nodes> evaluate(const Query &query, const JsonValue &root, WorkBudget &budget);

} // namespace understudy::json_path
