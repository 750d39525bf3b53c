// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/hoverfly/field.h"

/// Matchers that read what they compare as JSON or XML.
namespace understudy::formats::hoverfly {

Rule jsonRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope);
/// What is asked for may stand anywhere in the document.
Rule jsonPartialRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope);
Rule jsonPathRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope);
Rule xmlRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope);
Rule xpathRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope);
/// Claims of a bearer token.
Rule jwtRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope);

} // namespace understudy::formats::hoverfly
