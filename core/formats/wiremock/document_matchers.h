// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/wiremock/nodes.h"
#include "core/model/rule.h"

#include <optional>

/// Matchers that read JSON and XML (reference/wiremock.md, sections 4.3 to 4.7).
namespace understudy::formats::wiremock {

std::optional<Rule> jsonRule(const RuleTarget &target, const Node &operand, const Node &matcher,
                             StubScope &scope);
std::optional<Rule> jsonPathRule(const RuleTarget &target, const Node &operand, const Node &matcher,
                                 StubScope &scope);
std::optional<Rule> jsonSchemaRule(const RuleTarget &target, const Node &operand,
                                   const Node &matcher, StubScope &scope);
std::optional<Rule> xmlRule(const RuleTarget &target, const Node &operand, const Node &matcher,
                            StubScope &scope);
std::optional<Rule> xPathRule(const RuleTarget &target, const Node &operand, const Node &matcher,
                              StubScope &scope);

} // namespace understudy::formats::wiremock
