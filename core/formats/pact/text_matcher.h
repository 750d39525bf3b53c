// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/pact/matching_rules.h"
#include "core/formats/translation.h"
#include "core/model/rule.h"

#include <optional>
#include <string>

namespace understudy::formats::pact {

/// A date format of Java (SimpleDateFormat) as an expression for the whole of a text.
std::string datePattern(std::string_view format);

/// The expression that a matcher asks of a text, which is searched for (those of Pact have to match
/// all of it); nothing where any text will do. What has no word is noted, and any text will do.
std::optional<std::string> patternOf(const yaml::Node &matcher, const std::string &example,
                                     const Translation &scope);

/// What is asked of a target by its matchers, or without them: to be the example.
Rule textRule(const RuleTarget &target, const std::string &example, const MatcherSet *matchers,
              const Translation &scope);

} // namespace understudy::formats::pact
