// SPDX-License-Identifier: Apache-2.0
#include "core/engine/server_memory.h"

namespace understudy {

namespace {
constexpr std::string_view kStarted = "Started";
constexpr std::size_t kMostKeyed = 10'000;
} // namespace

std::shared_ptr<ResponseState> EndpointState::response(const std::string &id)
{
    const std::lock_guard lock(m_mutex);
    auto &state = m_responses[id];
    if (!state)
        state = std::make_shared<ResponseState>();
    return state;
}

void EndpointState::reset()
{
    const std::lock_guard lock(m_mutex);
    requests = 0;
    answers = 0;
    sequence = 0;
    for (auto &[id, response] : m_responses)
        response->used = 0;
}

std::shared_ptr<EndpointState> ServerMemory::endpoint(const std::string &id)
{
    const std::lock_guard lock(m_mutex);
    auto &state = m_endpoints[id];
    if (!state)
        state = std::make_shared<EndpointState>();
    return state;
}

std::shared_ptr<ScopeState> ServerMemory::scope(const std::string &key)
{
    const std::lock_guard lock(m_mutex);
    auto &state = m_scopes[key];
    if (!state)
        state = std::make_shared<ScopeState>();
    return state;
}

std::map<std::string, std::string, std::less<>> ServerMemory::scenarios() const
{
    const std::lock_guard lock(m_mutex);
    return m_scenarios;
}

std::string ServerMemory::scenario(std::string_view name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_scenarios.find(name);
    return found == m_scenarios.end() ? std::string(kStarted) : found->second;
}

void ServerMemory::setScenario(const std::string &name, const std::string &state)
{
    const std::lock_guard lock(m_mutex);
    keepScenario(name, state);
}

void ServerMemory::keepScenario(const std::string &name, const std::string &state)
{
    const bool isNew = m_scenarios.insert_or_assign(name, state).second;
    if (!isNew || !name.ends_with(']'))
        return;
    m_keyed.push_back(name);
    if (m_keyed.size() > kMostKeyed) {
        m_scenarios.erase(m_keyed.front());
        m_keyed.pop_front();
    }
}

bool ServerMemory::advanceScenario(const std::string &name, const std::string &from,
                                   const std::string &to)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_scenarios.find(name);
    if ((found == m_scenarios.end() ? kStarted : std::string_view(found->second)) != from)
        return false;
    keepScenario(name, to);
    return true;
}

void ServerMemory::reset()
{
    const std::lock_guard lock(m_mutex);
    m_scenarios.clear();
    m_keyed.clear();
    for (auto &[id, endpoint] : m_endpoints)
        endpoint->reset();
    for (auto &[key, scope] : m_scopes)
        scope->reset();
    m_connections = 0;
    m_buckets.reset();
    m_variables.reset();
}

} // namespace understudy
