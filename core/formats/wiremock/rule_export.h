// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/model/rule.h"

#include <optional>
#include <string>
#include <vector>

namespace understudy::formats::wiremock {

/// What a stub asks of a target.
struct Term
{
    RuleTarget target;
    JsonObject matcher;
};
/// All of them: what one stub can ask.
using Conjunction = std::vector<Term>;

/// A rule as stubs that answer one or the other: WireMock has no `any` over different parts of a
/// request. Nothing where a condition has no word there; `why` says which, or that there would be
/// too many stubs.
std::optional<std::vector<Conjunction>> conjunctionsOf(const Rule &rule, std::string &why);

/// Puts a term into a request pattern; false where it has no word for that target.
bool placeTerm(const Term &term, JsonObject &pattern);

} // namespace understudy::formats::wiremock
