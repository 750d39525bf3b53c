// SPDX-License-Identifier: Apache-2.0
#include "core/engine/scenario_keys.h"

#include "core/base/draw.h"

namespace understudy {

namespace {

/// Of a key that is kept as it is.
constexpr std::size_t kLongestKey = 200;

} // namespace

Result<ScenarioKeys> ScenarioKeys::compile(const std::vector<Scenario> &scenarios)
{
    ScenarioKeys out;
    for (const Scenario &scenario : scenarios) {
        if (!scenario.key)
            continue;
        auto target = CompiledTarget::compile(*scenario.key);
        if (!target)
            return Error{target.error().code,
                         "scenarios: the key of '" + scenario.name + "': " + target.error().message,
                         {}};
        out.m_keys.emplace(scenario.name, *std::move(target));
    }
    return out;
}

std::string_view ScenarioKeys::scenarioOf(std::string_view stateName)
{
    return stateName.ends_with(']') ? stateName.substr(0, stateName.find('[')) : stateName;
}

std::string ScenarioKeys::nameFor(std::string_view scenario, const MatchContext &request) const
{
    std::string out(scenario);
    const auto key = m_keys.find(scenario);
    if (key == m_keys.end())
        return out;
    const auto values = key->second.values(request);
    if (!values || values->empty())
        return out;
    const std::string &value = values->front().text;
    out += '[' + value.substr(0, kLongestKey);
    if (value.size() > kLongestKey) // told apart by a number that stands for the rest
        out += "…" + std::to_string(draw(0, value, {}, 0, {}));
    return out + ']';
}

} // namespace understudy
