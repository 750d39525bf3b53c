// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/mockoon/rules.h"
#include "core/model/server.h"

#include <boost/json/object.hpp>

#include <map>
#include <string>

namespace understudy::formats::mockoon {

/// What the responses of a route need to know of the environment around them.
struct EnvironmentScope
{
    std::string contentType; ///< of the environment's headers, or empty
    std::map<std::string, const boost::json::object *, std::less<>> callbacks; ///< by uuid
    const Buckets &buckets;
    bool hasTemplateHeaders = false; ///< some of the environment's headers are templates
    RulePlaces rulePlaces{};
};

/// Fills `endpoint.responses`, `select` and `repeat` from a route's `responses` and `responseMode`,
/// so that the engine chooses as Mockoon does: a default that has rules stands there once more
/// without them, what can never be chosen has `times: 0`.
void translateResponses(const ObjectReader &route, const EnvironmentScope &environment,
                        const RuleScope &rules, Notes &notes, Endpoint &endpoint);

} // namespace understudy::formats::mockoon
