// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mountebank/scope.h"
#include "core/model/rule.h"

#include <string>
#include <string_view>

namespace understudy::formats::mountebank {

/// What a predicate asks of each value.
enum class Comparison { Equals, DeepEquals, Contains, StartsWith, EndsWith, Matches, Exists };

/// The parameters beside a predicate.
struct Parameters
{
    bool caseSensitive = false;
    bool keysInAnyCase = true;      ///< names of headers, parameters and fields
    std::string except;             ///< an expression; what it finds does not count
    const Node *jsonPath = nullptr; ///< a selector for the body
    const Node *xPath = nullptr;
};

/// One value as JavaScript makes a text of it.
std::string valueText(const Node &scalar);

/// A scalar against a target. A value that is missing counts as an empty text, as in mountebank.
Rule compareValue(const RuleTarget &target, Comparison comparison, const Node &expected,
                  const Parameters &parameters, StubScope &scope);

/// The target has a value that is not empty, or has none.
Rule presence(const RuleTarget &target, bool wanted);

/// The opposite of a rule.
Rule opposite(Rule rule);

} // namespace understudy::formats::mountebank
