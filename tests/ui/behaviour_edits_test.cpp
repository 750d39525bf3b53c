// SPDX-License-Identifier: GPL-3.0-or-later
// Edits of behaviour as functions on values, and what rows say about it.
#include "core/model/edit.h"
#include "core/model/fault_catalogue.h"
#include "ui/charts/latency_preview.h"
#include "ui/document/behaviour_edits.h"
#include "ui/document/behaviour_scopes.h"
#include "ui/models/fault_parameters_model.h"

#include <QRegularExpression>

#include <gtest/gtest.h>

using namespace understudy;
using namespace understudy::ui;
using namespace std::chrono_literals;

namespace {

Fault status(int code, std::optional<double> rate = {})
{
    Fault fault;
    fault.status = code;
    fault.rate = rate;
    return fault;
}

Fault ofKind(FaultKind kind)
{
    Fault fault;
    fault.kind = kind;
    return fault;
}

/// A server with one endpoint in a folder, all with behaviour of their own.
Server nested()
{
    Server server;
    server.behaviour.latency.head = FixedLatency{20ms};
    Folder folder;
    folder.name = "Users";
    folder.behaviour.throttle.emplace();
    folder.behaviour.throttle->profile = "slow-3g";
    Endpoint endpoint;
    endpoint.id = "get";
    endpoint.path = "/users";
    endpoint.behaviour.latency.head = FixedLatency{50ms};
    endpoint.behaviour.faults.push_back(status(500, 0.2));
    endpoint.responses.push_back({});
    endpoint.responses.back().id = "ok";
    endpoint.responses.back().body = Body::text("0123456789");
    folder.items.emplace_back(endpoint);
    server.items.emplace_back(folder);
    return server;
}

ObjectRef response()
{
    ObjectRef ref = ObjectRef::endpoint(QStringLiteral("s"), QStringLiteral("get"));
    ref.responseId = QStringLiteral("ok");
    return ref;
}

} // namespace

TEST(BehaviourEdits, APresetReplacesFaultsOfItsKindInTheirPlace)
{
    Behaviour mine;
    mine.faults = {ofKind(FaultKind::Reset), status(503, 0.5), ofKind(FaultKind::Stall)};
    Behaviour preset;
    preset.faults = {status(500, 0.2)};
    applyPreset(mine, preset);
    ASSERT_EQ(mine.faults.size(), 3U);
    EXPECT_EQ(mine.faults[0].kind, FaultKind::Reset);
    EXPECT_EQ(mine.faults[1], status(500, 0.2));
    EXPECT_EQ(mine.faults[2].kind, FaultKind::Stall);
}

TEST(BehaviourEdits, APresetWithoutFaultsKeepsThoseThatAreThere)
{
    Behaviour mine;
    mine.faults = {status(503)};
    Behaviour preset;
    preset.latency.head = FixedLatency{30ms};
    applyPreset(mine, preset);
    EXPECT_EQ(mine.faults.size(), 1U);
    EXPECT_EQ(mine.latency.head, LatencyModel(FixedLatency{30ms}));
}

TEST(BehaviourEdits, AFaultIsCalledByItsShareAndStatus)
{
    EXPECT_EQ(faultSummary(status(500, 0.2)), QStringLiteral("20 % 500"));
    EXPECT_EQ(faultSummary(status(500)), QStringLiteral("500"));
    EXPECT_EQ(shareText(0.005), QStringLiteral("0.5 %"));
}

TEST(BehaviourEdits, EveryKindIsUsableAsSoonAsItIsChosen)
{
    Server server = nested();
    server.listen.tls.emplace();
    for (const FaultKind kind : allFaultKinds()) {
        Behaviour part;
        part.faults.push_back(faultOfKind(kind, status(500, 0.25)));
        EXPECT_EQ(part.faults.front().rate, 0.25);
        EXPECT_EQ(BehaviourProbe(server, ObjectRef::server(QStringLiteral("s"))).problems(part),
                  QStringList())
            << faultKindName(kind);
    }
}

TEST(BehaviourScopes, StandFromTheResponseOutwards)
{
    const Server server = nested();
    const auto scopes = behaviourScopes(server, response());
    ASSERT_EQ(scopes.size(), 4U);
    EXPECT_EQ(scopes[0].ref.responseId, QStringLiteral("ok"));
    EXPECT_EQ(scopes[1].ref.kind, ObjectRef::Kind::Endpoint);
    EXPECT_EQ(scopes[2].shortName, QStringLiteral("folder Users"));
    EXPECT_EQ(scopes[3].behaviour, &server.behaviour);
}

TEST(BehaviourScopes, SayWhatIsInEffectAndWhereItComesFrom)
{
    const Server server = nested();
    QString text = behaviourSource(behaviourScopes(server, response()), 1);
    text.remove(QRegularExpression(QStringLiteral("<[^>]*>")));
    EXPECT_EQ(text, QStringLiteral("50 ms here + 20 ms server · throttle from folder Users · "
                                   "faults: here"));
}

TEST(BehaviourProbe, RefusesAnOffsetPastTheBody)
{
    Behaviour part;
    part.faults.push_back(ofKind(FaultKind::Truncate));
    part.faults.back().offset = ByteCount{100};
    EXPECT_EQ(BehaviourProbe(nested(), response()).problems(part).size(), 1);
    part.faults.back().offset = ByteCount{5};
    EXPECT_TRUE(BehaviourProbe(nested(), response()).problems(part).isEmpty());
}

TEST(BehaviourProbe, RefusesTlsFaultsBelowTheServer)
{
    Behaviour part;
    part.faults.push_back(faultOfKind(FaultKind::Tls, {}));
    Server server = nested();
    server.listen.tls.emplace();
    EXPECT_FALSE(BehaviourProbe(server, response()).problems(part).isEmpty());
    EXPECT_FALSE(BehaviourProbe(server, ObjectRef::folder(QStringLiteral("s"), {0}))
                     .problems(part)
                     .isEmpty());
}

TEST(FaultParameters, AreTheTextsOfTheFile)
{
    Fault fault = ofKind(FaultKind::ClockSkew);
    ASSERT_TRUE(setFaultParameter(fault, "by", QStringLiteral("-90m")));
    EXPECT_EQ(fault.by, Duration(-90min));
    EXPECT_EQ(faultParameter(fault, "by"), QStringLiteral("-90m"));
    ASSERT_TRUE(setFaultParameter(fault, "headers", QStringLiteral("Retry-After: 5\nX-A: b: c")));
    ASSERT_EQ(fault.headers.size(), 2U);
    EXPECT_EQ(fault.headers[1].value, "b: c");
    ASSERT_TRUE(setFaultParameter(fault, "offset", QStringLiteral("12")));
    EXPECT_EQ(fault.offset, ByteCount{12});
    EXPECT_FALSE(setFaultParameter(fault, "per", QStringLiteral("soon")));
    EXPECT_FALSE(setFaultParameter(fault, "headers", QStringLiteral("no colon")));
    ASSERT_TRUE(setFaultParameter(fault, "offset", QString()));
    EXPECT_FALSE(fault.offset);
}

TEST(LatencyMarks, MoveTheParametersThatMakeThem)
{
    LognormalLatency model;
    model.median = 200ms;
    model.p99 = 2s;
    using Mark = LatencyPreview::Mark;
    auto moved = std::get<LognormalLatency>(movedMark(model, Mark::Median, 300ms));
    EXPECT_EQ(moved.median, Duration(300ms));
    EXPECT_EQ(moved.p99, Duration(2s));
    // Never past the other one, which would be impossible.
    moved = std::get<LognormalLatency>(movedMark(model, Mark::Median, 9s));
    EXPECT_LT(moved.median, *moved.p99);
    moved = std::get<LognormalLatency>(movedMark(model, Mark::P99, 1ms));
    EXPECT_GT(*moved.p99, moved.median);
    const auto normal
        = std::get<NormalLatency>(movedMark(NormalLatency{100ms, 10ms}, Mark::P99, 333ms));
    EXPECT_EQ(normal.deviation, Duration(100ms));
    const auto uniform
        = std::get<UniformLatency>(movedMark(UniformLatency{10ms, 30ms}, Mark::Median, 50ms));
    EXPECT_EQ(uniform, (UniformLatency{40ms, 60ms}));
}
