// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/traffic/filter_node.h"

namespace understudy::filter {

/// `is:`: what became of an exchange, each by its name. Errors name the ones there are.
Result<NodePtr> isTerm(const std::vector<Value> &values);

/// `fault:`: a kind by its whole name ("close" is not "half-close"), or a part of what the fault is
/// called: "503", "at body".
Result<NodePtr> faultTerm(const std::vector<Value> &values);

/// `mark:`: the mark that somebody gave the row.
Result<NodePtr> markTerm(const std::vector<Value> &values);

/// The fault that was drawn for an exchange; null for none.
const FaultDraw *faultOf(const Exchange &exchange);

} // namespace understudy::filter
