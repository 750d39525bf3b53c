// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/behaviour_export.h"

#include "core/model/fault_catalogue.h"

namespace understudy::formats::wiremock {

namespace {

/// Writes what has a word; says of the rest that it has none.
class BehaviourWriter
{
public:
    BehaviourWriter(ResponseScope &scope, JsonObject &out)
        : m_scope(scope)
        , m_out(out)
    {}

    void add(const Behaviour &behaviour)
    {
        if (behaviour.latency.connect || behaviour.latency.body)
            m_scope.report.noWord("latency of connections and bodies");
        if (behaviour.latency.head)
            std::visit([this](const auto &model) { latency(model); }, *behaviour.latency.head);
        if (behaviour.throttle)
            throttle(*behaviour.throttle);
        for (const Fault &one : behaviour.faults)
            fault(one);
    }

    void finish()
    {
        if (m_fixed > Duration{})
            m_out.set("fixedDelayMilliseconds", inMilliseconds(m_fixed));
    }

private:
    void drawn(JsonObject distribution)
    {
        if (m_out.contains("delayDistribution"))
            m_scope.report.noWord("a second drawn latency");
        else
            m_out.set("delayDistribution", std::move(distribution));
    }

    void latency(const FixedLatency &model) { m_fixed += model.value; }
    void latency(const UniformLatency &model)
    {
        drawn({{"type", "uniform"},
               {"lower", inMilliseconds(model.from)},
               {"upper", inMilliseconds(model.to)}});
    }
    void latency(const LognormalLatency &model)
    {
        if (!model.sigma) {
            m_scope.report.noWord("a latency given by its 99th percentile");
            return;
        }
        JsonObject out{{"type", "lognormal"},
                       {"median", inMilliseconds(model.median)},
                       {"sigma", *model.sigma}};
        if (model.max)
            out.set("maxValue", inMilliseconds(*model.max));
        drawn(std::move(out));
    }
    void latency(const NormalLatency &) { m_scope.report.noWord("a normal latency"); }
    void latency(const SampledLatency &) { m_scope.report.noWord("a latency of samples"); }

    void throttle(const Throttle &throttle)
    {
        if (throttle.chunks && throttle.over)
            m_out.set("chunkedDribbleDelay",
                      JsonObject{{"numberOfChunks", static_cast<std::int64_t>(*throttle.chunks)},
                                 {"totalDuration", inMilliseconds(*throttle.over)}});
        else
            m_scope.report.noWord("a throttle");
    }

    void fault(const Fault &fault)
    {
        std::string_view name;
        if (fault.kind == FaultKind::Reset)
            name = "CONNECTION_RESET_BY_PEER";
        else if (fault.kind == FaultKind::Close)
            name = "EMPTY_RESPONSE";
        else if (fault.kind == FaultKind::MalformedChunk)
            name = "MALFORMED_RESPONSE_CHUNK";
        else if (fault.kind == FaultKind::Garbage)
            name = "RANDOM_DATA_THEN_CLOSE";
        if (name.empty() || !replacesEveryAnswer(fault) || m_out.contains("fault"))
            m_scope.report.noWord("the fault '" + std::string(faultKindName(fault.kind))
                                  + "' as it is here");
        else
            m_out.set("fault", name);
    }

    ResponseScope &m_scope;
    JsonObject &m_out;
    Duration m_fixed{};
};

} // namespace

void placeBehaviour(const Response &response, ResponseScope &scope, JsonObject &definition)
{
    BehaviourWriter writer(scope, definition);
    forEachBehaviour(response, scope, [&](const Behaviour &behaviour) { writer.add(behaviour); });
    writer.finish();
}

} // namespace understudy::formats::wiremock
