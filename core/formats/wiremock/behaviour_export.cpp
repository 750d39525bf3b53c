// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/behaviour_export.h"

#include "core/model/fault_catalogue.h"

namespace understudy::formats::wiremock {

namespace {

std::int64_t millisecondsOf(Duration duration)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

/// Writes what has a word; says of the rest that it has none.
class BehaviourWriter
{
public:
    BehaviourWriter(AnswerScope &scope, JsonObject &out)
        : m_scope(scope)
        , m_out(out)
    {}

    void add(const Behaviour &behaviour)
    {
        if (behaviour.latency.connect || behaviour.latency.body)
            noWord("latency of connections and bodies");
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
            m_out.set("fixedDelayMilliseconds", millisecondsOf(m_fixed));
    }

private:
    void noWord(const std::string &what)
    {
        m_scope.notes.notServed(m_scope.subject, what + " has no word in WireMock; it is left out");
    }

    void drawn(JsonObject distribution)
    {
        if (m_out.contains("delayDistribution"))
            noWord("a second drawn latency");
        else
            m_out.set("delayDistribution", std::move(distribution));
    }

    void latency(const FixedLatency &model) { m_fixed += model.value; }
    void latency(const UniformLatency &model)
    {
        drawn({{"type", "uniform"},
               {"lower", millisecondsOf(model.from)},
               {"upper", millisecondsOf(model.to)}});
    }
    void latency(const LognormalLatency &model)
    {
        if (!model.sigma) {
            noWord("a latency given by its 99th percentile");
            return;
        }
        JsonObject out{{"type", "lognormal"},
                       {"median", millisecondsOf(model.median)},
                       {"sigma", *model.sigma}};
        if (model.max)
            out.set("maxValue", millisecondsOf(*model.max));
        drawn(std::move(out));
    }
    void latency(const NormalLatency &) { noWord("a normal latency"); }
    void latency(const SampledLatency &) { noWord("a latency of samples"); }

    void throttle(const Throttle &throttle)
    {
        if (throttle.chunks && throttle.over)
            m_out.set("chunkedDribbleDelay",
                      JsonObject{{"numberOfChunks", static_cast<std::int64_t>(*throttle.chunks)},
                                 {"totalDuration", millisecondsOf(*throttle.over)}});
        else
            noWord("a throttle");
    }

    void fault(const Fault &fault)
    {
        const bool isAlways = !fault.rate && !fault.first && !fault.every && !fault.after
                              && !fault.until && !fault.during && !fault.when && !fault.offset
                              && (!fault.at || *fault.at == FaultPlace::Head);
        std::string_view name;
        if (fault.kind == FaultKind::Reset)
            name = "CONNECTION_RESET_BY_PEER";
        else if (fault.kind == FaultKind::Close)
            name = "EMPTY_RESPONSE";
        else if (fault.kind == FaultKind::MalformedChunk)
            name = "MALFORMED_RESPONSE_CHUNK";
        else if (fault.kind == FaultKind::Garbage)
            name = "RANDOM_DATA_THEN_CLOSE";
        if (name.empty() || !isAlways || m_out.contains("fault"))
            noWord("the fault '" + std::string(faultKindName(fault.kind)) + "' as it is here");
        else
            m_out.set("fault", name);
    }

    AnswerScope &m_scope;
    JsonObject &m_out;
    Duration m_fixed{};
};

} // namespace

void placeBehaviour(const Response &response, AnswerScope &scope, JsonObject &definition)
{
    BehaviourWriter writer(scope, definition);
    writer.add(scope.server.behaviour);
    for (const Folder *folder : scope.folders)
        writer.add(folder->behaviour);
    writer.add(scope.endpoint.behaviour);
    writer.add(response.behaviour);
    writer.finish();
}

} // namespace understudy::formats::wiremock
