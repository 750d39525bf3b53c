// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/wiremock/nodes.h"
#include "core/model/rule.h"

namespace understudy::formats::wiremock {

/// before, after, equalToDateTime with their options (reference/wiremock.md, section 4.8).
Rule dateRule(const RuleTarget &target, RuleOperator op, const Node &operand, const Node &matcher,
              StubScope &scope);

} // namespace understudy::formats::wiremock
