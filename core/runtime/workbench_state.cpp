// SPDX-License-Identifier: Apache-2.0
// What servers remember, and the time they go by, read and set from outside.
#include "core/runtime/host.h"
#include "core/runtime/hosted_server.h"
#include "core/runtime/workbench.h"

#include "core/model/edit.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace understudy {

namespace {

/// States by scenario, as the document names them, "Started" first.
std::map<std::string, std::vector<std::string>> namedStates(const Server &document)
{
    std::map<std::string, std::vector<std::string>> out;
    const auto add = [&](const std::optional<ScenarioState> &named) {
        if (!named)
            return;
        auto &states = out[named->scenario];
        if (states.empty())
            states.emplace_back("Started");
        if (std::find(states.begin(), states.end(), named->state) == states.end())
            states.push_back(named->state);
    };
    forEachEndpoint(document, [&](const EndpointVisit &visit) {
        add(visit.endpoint.requires_);
        for (const Response &response : visit.endpoint.responses)
            add(response.sets);
    });
    return out;
}

// A clock of nanoseconds ends in 1677 and in 2262.
constexpr WallTime kEarliest = std::chrono::sys_days(std::chrono::year(1700) / 1 / 1);
constexpr WallTime kLatest = std::chrono::sys_days(std::chrono::year(2251) / 1 / 1);

bool isShowable(WallTime time) { return time >= kEarliest && time <= kLatest; }

Error outOfRange() { return {ErrorCode::Invalid, "the clock shows times from 1700 to 2250", {}}; }

} // namespace

Result<HostedServer *> Workbench::hosted(const std::string &id) const
{
    HostedServer *server = d->find(id);
    if (!server)
        return Error{ErrorCode::NotFound, "there is no server '" + id + "'", {}};
    return server;
}

Result<HostedServer *> Workbench::running(const std::string &id) const
{
    auto server = hosted(id);
    if (server && !(*server)->isRunning())
        return Error{ErrorCode::Invalid,
                     "the server '" + id + "' does not run: it remembers nothing yet",
                     {}};
    return server;
}

Result<std::shared_ptr<BucketState>> Workbench::bucketState(const std::string &id,
                                                            const std::string &bucket) const
{
    const auto server = running(id);
    if (!server)
        return server.error();
    for (auto &state : (*server)->buckets()) {
        if (state->definition().name == bucket)
            return state;
    }
    return Error{ErrorCode::NotFound, "there is no bucket '" + bucket + "'", {}};
}

Result<std::vector<LiveScenario>> Workbench::scenarios(const std::string &id) const
{
    const std::scoped_lock lock(d->mutex);
    const auto server = running(id);
    if (!server)
        return server.error();
    const auto set = (*server)->memory().scenarios();
    auto named = namedStates((*server)->document());
    for (const auto &[name, state] : set) {
        const auto known = named.find(std::string(ScenarioKeys::scenarioOf(name)));
        named.try_emplace(name, known == named.end() ? std::vector<std::string>{"Started"}
                                                     : known->second);
    }
    std::vector<LiveScenario> out;
    out.reserve(named.size());
    for (auto &[name, states] : named)
        out.push_back({name, (*server)->memory().scenario(name), std::move(states)});
    return out;
}

Result<void> Workbench::setScenario(const std::string &id, const std::string &scenario,
                                    const std::string &state)
{
    const std::scoped_lock lock(d->mutex);
    const auto server = running(id);
    if (!server)
        return server.error();
    ServerMemory &memory = (*server)->memory();
    const auto named = namedStates((*server)->document());
    if (!named.contains(scenario)
        && !named.contains(std::string(ScenarioKeys::scenarioOf(scenario)))
        && !memory.scenarios().contains(scenario))
        return Error{ErrorCode::NotFound, "there is no scenario '" + scenario + "'", {}};
    memory.setScenario(scenario, state);
    return {};
}

Result<std::vector<LiveBucket>> Workbench::buckets(const std::string &id) const
{
    const std::scoped_lock lock(d->mutex);
    const auto server = running(id);
    if (!server)
        return server.error();
    std::vector<LiveBucket> out;
    for (const auto &state : (*server)->buckets()) {
        const BucketDefinition &definition = state->definition();
        const auto &written = (*server)->document().buckets;
        const auto own = std::find_if(written.begin(), written.end(), [&](const Bucket &bucket) {
            return bucket.name == definition.name;
        });
        out.push_back({definition.name, own == written.end() ? "id" : own->key, state->held(),
                       definition.isTemplate
                           ? nullptr
                           : std::shared_ptr<const JsonValue>(state, &definition.items),
                       !state->isReset()});
    }
    return out;
}

Result<void> Workbench::setBucket(const std::string &id, const std::string &bucket, JsonValue value)
{
    const std::scoped_lock lock(d->mutex);
    const auto state = bucketState(id, bucket);
    if (!state)
        return state.error();
    (*state)->set(std::move(value));
    return {};
}

Result<void> Workbench::changeBucket(const std::string &id, const std::string &bucket,
                                     const std::function<void(JsonValue &)> &change)
{
    const std::scoped_lock lock(d->mutex);
    const auto state = bucketState(id, bucket);
    if (!state)
        return state.error();
    if (!(*state)->edit(change))
        return Error{ErrorCode::Invalid,
                     "the bucket '" + bucket + "' is a template, which no request has needed yet",
                     {}};
    return {};
}

Result<void> Workbench::resetBucket(const std::string &id, const std::string &bucket)
{
    const std::scoped_lock lock(d->mutex);
    const auto state = bucketState(id, bucket);
    if (!state)
        return state.error();
    (*state)->reset();
    return {};
}

Result<LiveClock> Workbench::clock(const std::string &id) const
{
    const std::scoped_lock lock(d->mutex);
    const auto server = hosted(id);
    if (!server)
        return server.error();
    const ServerClock &clock = (*server)->clock();
    return LiveClock{clock.shown(std::chrono::system_clock::now()), clock.isReal(),
                     clock.isFrozen()};
}

Result<void> Workbench::setClock(const std::string &id, WallTime time, bool isFrozen)
{
    const std::scoped_lock lock(d->mutex);
    const auto server = hosted(id);
    if (!server)
        return server.error();
    if (!isShowable(time))
        return outOfRange();
    if (isFrozen)
        (*server)->clock().freeze(time);
    else
        (*server)->clock().set(time, std::chrono::system_clock::now());
    return {};
}

Result<void> Workbench::advanceClock(const std::string &id, Duration by)
{
    const std::scoped_lock lock(d->mutex);
    const auto server = hosted(id);
    if (!server)
        return server.error();
    const WallTime now = (*server)->clock().shown(std::chrono::system_clock::now());
    // (The span from the one end to the other is more than a duration holds.)
    if (by > Duration{} ? now > kLatest - by : now < kEarliest - by)
        return outOfRange();
    (*server)->clock().advance(std::chrono::duration_cast<WallTime::duration>(by));
    return {};
}

Result<void> Workbench::resetClock(const std::string &id)
{
    const std::scoped_lock lock(d->mutex);
    const auto server = hosted(id);
    if (!server)
        return server.error();
    (*server)->clock().reset();
    return {};
}

} // namespace understudy
