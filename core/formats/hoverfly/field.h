// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/translation.h"
#include "core/formats/yaml/node.h"
#include "core/model/rule.h"

#include <string>
#include <vector>

namespace understudy::formats::hoverfly {

/// One matcher of a field: `{"matcher": "glob", "value": "a*"}`, or as in schema v4
/// `{"globMatch": "a*"}`.
struct FieldMatcher
{
    std::string kind; ///< in lower case; "exact" where none is named
    const yaml::Node *value = nullptr;
    const yaml::Node *config = nullptr;
    const yaml::Node *next = nullptr; ///< `doMatch`
    yaml::Mark at;

    std::string text() const;
    /// How much it adds to the score of a request that matches.
    int score() const { return kind == "exact" || kind == "containsexactly" ? 2 : 1; }
};

/// The matchers of a field, all of which have to hold; none where it does not count.
std::vector<FieldMatcher> matchersOf(const yaml::Node *field);

/// What a glob (`*` stands for any text) is as an expression for the whole of a text.
std::string globPattern(std::string_view glob);

/// What a matcher asks of a target. What has no word switches the pair off.
Rule matcherRule(const RuleTarget &target, const FieldMatcher &matcher, Translation &scope);

} // namespace understudy::formats::hoverfly
