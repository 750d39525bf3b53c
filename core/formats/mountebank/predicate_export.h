// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/model/server.h"

#include <optional>
#include <string>

namespace understudy::formats::mountebank {

/// What an endpoint's methods and path ask, as predicates that all hold; nothing where the path has
/// no word there, which `why` says.
std::optional<JsonArray> placePredicates(const Server &server, const Endpoint &endpoint,
                                         std::string &why);

/// A rule as a predicate. Nothing where a condition has no word there; `why` says which.
std::optional<JsonObject> predicateOf(const Rule &rule, std::string &why);

} // namespace understudy::formats::mountebank
