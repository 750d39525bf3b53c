// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mountebank/scope.h"
#include "core/model/rule.h"

#include <optional>
#include <string>
#include <vector>

namespace understudy::formats::mountebank {

/// What the predicates of a stub ask for, as an endpoint has it.
struct StubRequest
{
    std::vector<std::string> methods{"ANY"};
    std::string path; ///< empty: any
    std::optional<Rule> when;
};

/// `predicates` may be null or anything else: what is no list of predicates asks for nothing,
/// which is noted.
StubRequest translatePredicates(const Node *predicates, StubScope &scope);

/// "GET /orders", as far as the predicates say it outright; empty otherwise.
std::string subjectOf(const Node *predicates);

} // namespace understudy::formats::mountebank
