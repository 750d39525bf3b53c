// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/fault_switches.h"

namespace understudy {

void FaultSwitches::setOff(const FaultScope &scope, bool off) { *at(scope) = off; }

bool FaultSwitches::isOff(const FaultScope &scope) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_switches.find(scope);
    return found != m_switches.end() && *found->second;
}

std::vector<FaultScope> FaultSwitches::off() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<FaultScope> scopes;
    for (const auto &[scope, isOff] : m_switches) {
        if (*isOff)
            scopes.push_back(scope);
    }
    return scopes;
}

void FaultSwitches::reset()
{
    const std::lock_guard lock(m_mutex);
    for (const auto &[scope, isOff] : m_switches)
        *isOff = false;
}

FaultSwitches::Switch FaultSwitches::at(const FaultScope &scope)
{
    const std::lock_guard lock(m_mutex);
    Switch &found = m_switches[scope];
    if (!found)
        found = std::make_shared<std::atomic<bool>>(false);
    return found;
}

} // namespace understudy
