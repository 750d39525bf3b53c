// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/match/target_values.h"
#include "core/model/server.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace understudy {

/// Scenarios that have a state for each value of something in the request, such as the header of a
/// test run. Immutable; any thread.
class ScenarioKeys
{
public:
    /// Errors: those of the target of a key, with the scenario's name.
    static Result<ScenarioKeys> compile(const std::vector<Scenario> &scenarios);

    /// The scenario of a state's name: "cart" of "cart[run-7]".
    static std::string_view scenarioOf(std::string_view stateName);
    /// The name that the state has in the server's memory for a request: "cart", or "cart[run-7]"
    /// for one with a key; "cart" again where the request has none.
    std::string nameFor(std::string_view scenario, const MatchContext &request) const;

private:
    std::map<std::string, CompiledTarget, std::less<>> m_keys;
};

} // namespace understudy
