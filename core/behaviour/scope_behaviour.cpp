// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/scope_behaviour.h"

#include "core/model/behaviour_labels.h"

#include <array>

namespace understudy {

namespace {

std::string_view placeName(LatencyPlace place)
{
    constexpr std::array<std::string_view, 3> names{"connect", "head", "body"};
    return names[static_cast<std::size_t>(place)];
}

/// Compiles one behaviour; lives as long as that takes.
class ScopeCompiler
{
public:
    ScopeCompiler(const Behaviour &behaviour, const std::string &key,
                  const BehaviourSources &sources, ScopeBehaviour &out)
        : m_behaviour(behaviour)
        , m_sources(sources)
        , m_out(out)
        , m_owner(std::string(behaviourScopeName(out.scope)) + (key.empty() ? "" : ":" + key))
    {}

    Result<void> run()
    {
        const Latency &latency = m_behaviour.latency;
        for (const auto &[place, model] : {std::pair(LatencyPlace::Connect, &latency.connect),
                                           std::pair(LatencyPlace::Head, &latency.head),
                                           std::pair(LatencyPlace::Body, &latency.body)}) {
            if (!*model)
                continue;
            if (auto added = addLatency(place, **model, latencyLabel(**model)); !added)
                return added;
        }
        if (m_behaviour.throttle) {
            if (auto added = addThrottle(*m_behaviour.throttle); !added)
                return added;
        }
        for (const Fault &fault : m_behaviour.faults) {
            if (auto added = addFault(fault); !added)
                return added;
        }
        return {};
    }

private:
    Result<void> addLatency(LatencyPlace place, const LatencyModel &model, std::string label,
                            std::string_view suffix = {})
    {
        std::shared_ptr<const LatencySamples> samples;
        const auto *sampled = std::get_if<SampledLatency>(&model);
        if (sampled && sampled->values.empty()) {
            auto read = m_sources.samples(sampled->file);
            if (!read)
                return read.error();
            samples = *std::move(read);
        }
        const std::string purpose
            = "latency/" + std::string(placeName(place)) + '/' + m_owner + std::string(suffix);
        m_out.latencies.push_back({place, LatencyDistribution(model, std::move(samples)),
                                   std::move(label), purpose,
                                   std::holds_alternative<FixedLatency>(model), !suffix.empty()});
        return {};
    }

    Result<void> addThrottle(const Throttle &throttle)
    {
        CompiledThrottle out;
        out.label = throttleLabel(throttle);
        if (!throttle.profile.empty()) {
            const NetworkProfile *profile
                = findNetworkProfile(m_sources.profiles, throttle.profile);
            if (!profile)
                return unknownProfile(throttle.profile);
            out.download = profile->download;
            out.upload = profile->upload;
            const UniformLatency spread{profile->latency - profile->jitter,
                                        profile->latency + profile->jitter};
            if (profile->latency.count() > 0) {
                auto added = addLatency(LatencyPlace::Head, spread, "profile " + profile->name,
                                        "/profile");
                if (!added)
                    return added;
            }
        }
        out.download = throttle.download.value_or(out.download);
        out.upload = throttle.upload.value_or(out.upload);
        out.chunks = throttle.chunks;
        out.over = throttle.over.value_or(Duration{});
        out.slice = throttle.slice.value_or(ByteCount{});
        out.pause = throttle.pause.value_or(Duration{});
        m_out.throttle = std::move(out);
        return {};
    }

    Error unknownProfile(const std::string &name) const
    {
        std::string known;
        for (const NetworkProfile &profile : m_sources.profiles)
            known += (known.empty() ? "" : ", ") + profile.name;
        return {ErrorCode::Invalid,
                "there is no network profile '" + name + "'; known are " + known
                    + ", and those of a presets.yaml beside the mock file",
                {}};
    }

    Result<void> addFault(const Fault &fault)
    {
        CompiledFault out;
        out.fault = fault;
        out.moment = faultMoment(fault);
        out.place = faultPlace(fault);
        out.index = m_out.faults.size();
        out.purpose = "fault/" + m_owner + '/' + std::to_string(out.index);
        out.label = faultLabel(fault);
        out.conditions = faultConditions(fault);
        if (fault.kind == FaultKind::RateLimit)
            out.limiter = m_out.state->limiter(out.index);
        if (fault.when) {
            auto when = RuleMatcher::compile(*fault.when);
            if (!when) {
                const std::string message = "fault " + std::to_string(out.index + 1) + " ("
                                            + out.label + "): " + when.error().message;
                if (!m_sources.toleratesBrokenRules)
                    return Error{when.error().code, message, {}};
                m_sources.notice(message + "; it never happens");
                out.when = RuleMatcher::off(when.error().message);
            } else {
                out.when = *std::move(when);
            }
        }
        m_out.faults.push_back(std::move(out));
        return {};
    }

    const Behaviour &m_behaviour;
    const BehaviourSources &m_sources;
    ScopeBehaviour &m_out;
    std::string m_owner;
};

} // namespace

Result<std::shared_ptr<const ScopeBehaviour>>
compileScope(const Behaviour &behaviour, BehaviourScope scope, const std::string &name,
             const std::string &key, std::shared_ptr<ScopeState> state,
             const BehaviourSources &sources)
{
    auto out = std::make_shared<ScopeBehaviour>();
    out->scope = scope;
    out->name = name;
    out->state = std::move(state);
    if (auto compiled = ScopeCompiler(behaviour, key, sources, *out).run(); !compiled)
        return compiled.error();
    return std::shared_ptr<const ScopeBehaviour>(std::move(out));
}

} // namespace understudy
