// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/java_pattern.h"
#include "core/formats/wiremock/nodes.h"
#include "core/model/rule.h"

#include <optional>
#include <string>
#include <string_view>

namespace understudy::formats::wiremock {

/// What a value matcher asks of a target (reference/wiremock.md, section 4). Nothing where it asks
/// for nothing, as `anything` does. What has no word here is noted; what WireMock would refuse
/// never holds.
std::optional<Rule> translateMatcher(const RuleTarget &target, const Node &matcher,
                                     StubScope &scope);

/// Says that Java reads a pattern otherwise, where it does.
void noteIntersection(const Node &pattern, StubScope &scope);

} // namespace understudy::formats::wiremock
