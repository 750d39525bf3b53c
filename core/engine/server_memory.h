// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/scope_state.h"
#include "core/engine/bucket_list.h"

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace understudy {

/// Counters of one response: how often it answered.
struct ResponseState
{
    std::atomic<std::uint64_t> used{0};

    /// Takes one of at most `limit` uses; false if they are used up.
    bool take(std::uint64_t limit)
    {
        std::uint64_t now = used.load(std::memory_order_relaxed);
        while (now < limit) {
            if (used.compare_exchange_weak(now, now + 1, std::memory_order_relaxed))
                return true;
        }
        return false;
    }
};

/// Counters of one endpoint. Shared by all snapshots of its server, so that an edit does not start
/// the count again.
struct EndpointState
{
    std::atomic<std::uint64_t> requests{0}; ///< that had its method and path
    std::atomic<std::uint64_t> answers{0};  ///< that it answered
    std::atomic<std::uint64_t> sequence{0}; ///< place in `select: sequence`

    std::shared_ptr<ResponseState> response(const std::string &id);
    void reset();

private:
    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<ResponseState>> m_responses;
};

/// What a running server remembers from request to request. Lives as long as the server is in its
/// workbench; any thread.
class ServerMemory
{
public:
    std::shared_ptr<EndpointState> endpoint(const std::string &id);
    /// What the faults of a scope remember; `key` tells the scopes of a server apart.
    std::shared_ptr<ScopeState> scope(const std::string &key);
    /// The number, from 1, of a connection that asks.
    std::uint64_t nextConnection() { return m_connections.fetch_add(1) + 1; }

    /// Those that were ever set.
    std::map<std::string, std::string, std::less<>> scenarios() const;
    /// The state of a scenario; "Started" until it is set (as in WireMock).
    std::string scenario(std::string_view name) const;
    /// Of states with a key ("cart[run-7]") the last 10,000 are kept.
    void setScenario(const std::string &name, const std::string &state);
    /// Sets `to` if the scenario is in `from`, as one step.
    bool advanceScenario(const std::string &name, const std::string &from, const std::string &to);

    BucketRegistry &buckets() { return m_buckets; }
    ServerVariables &variables() { return m_variables; }

    /// Back to the beginning: counters 0, quotas unused, scenarios "Started", buckets as the
    /// document has them, no variables.
    void reset();

private:
    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<EndpointState>> m_endpoints;
    std::map<std::string, std::shared_ptr<ScopeState>> m_scopes;
    std::atomic<std::uint64_t> m_connections{0};
    void keepScenario(const std::string &name, const std::string &state);

    std::map<std::string, std::string, std::less<>> m_scenarios;
    std::deque<std::string> m_keyed; ///< names of `m_scenarios` with a key, the oldest first
    BucketRegistry m_buckets;
    ServerVariables m_variables;
};

} // namespace understudy
