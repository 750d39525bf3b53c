// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/traffic_har_own.h"

#include "core/formats/recorded/fields.h"
#include "core/model/fault_catalogue.h"
#include "core/traffic/injected_latency.h"
#include "ui/services/text.h"
#include "ui/services/traffic_export.h"
#include "ui/services/traffic_redaction.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>

namespace understudy::ui {

using formats::recorded::listOf;
using formats::recorded::mapOf;
using formats::recorded::numberOf;
using formats::recorded::textOf;
using formats::yaml::Node;

namespace {

constexpr std::array<std::string_view, 3> kPlaces{"connect", "head", "body"};
constexpr double kLongestOwn = 1e12; // µs; what is longer is no time an exchange took

double inMilliseconds(Duration duration) { return static_cast<double>(duration.count()) / 1000; }

std::optional<Duration> durationOf(const Node *node, std::string_view key)
{
    const auto value = numberOf(node, key);
    if (!value || *value < 0 || *value * 1000 > kLongestOwn)
        return std::nullopt;
    return Duration(std::llround(*value * 1000));
}

std::uint64_t countOf(const Node *node, std::string_view key)
{
    return QString::fromStdString(textOf(node, key)).toULongLong();
}

/// Only what says something.
void putText(QJsonObject &out, const char *key, const std::string &text)
{
    if (!text.empty())
        out[QLatin1String(key)] = toQString(text);
}

void putText(QJsonObject &out, const char *key, const std::shared_ptr<const std::string> &text)
{
    putText(out, key, text ? *text : std::string());
}

// --- What was done on purpose ---------------------------------------------------------------

QJsonObject scopeObject(BehaviourScope scope, const std::string &name)
{
    QJsonObject out{{"scope", toQString(behaviourScopeName(scope))}};
    putText(out, "scopeName", name);
    return out;
}

void readScope(const Node *node, BehaviourScope &scope, std::string &name)
{
    const std::string wanted = textOf(node, "scope");
    for (const BehaviourScope each : {BehaviourScope::Response, BehaviourScope::Endpoint,
                                      BehaviourScope::Folder, BehaviourScope::Server}) {
        if (behaviourScopeName(each) == wanted)
            scope = each;
    }
    name = textOf(node, "scopeName");
}

QJsonObject latencyObject(const LatencyDraw &draw)
{
    QJsonObject out = scopeObject(draw.scope, draw.scopeName);
    out["place"] = toQString(kPlaces.at(static_cast<std::size_t>(draw.place)));
    out["model"] = toQString(draw.model);
    out["value"] = inMilliseconds(draw.value);
    if (draw.unit)
        out["drawn"] = *draw.unit;
    return out;
}

LatencyDraw latencyOf(const Node &node)
{
    LatencyDraw out;
    readScope(&node, out.scope, out.scopeName);
    const auto *place = std::ranges::find(kPlaces, textOf(&node, "place"));
    if (place != kPlaces.end())
        out.place = static_cast<LatencyPlace>(place - kPlaces.begin());
    out.model = textOf(&node, "model");
    out.value = durationOf(&node, "value").value_or(Duration{});
    out.unit = numberOf(&node, "drawn");
    return out;
}

QJsonObject faultObject(const FaultDraw &fault)
{
    QJsonObject out = scopeObject(fault.scope, fault.scopeName);
    out["kind"] = toQString(faultKindName(fault.kind));
    out["label"] = toQString(fault.label);
    out["index"] = static_cast<qint64>(fault.index);
    putText(out, "conditions", fault.conditions);
    putText(out, "effect", fault.effect);
    if (fault.rate)
        out["rate"] = *fault.rate;
    if (fault.unit)
        out["drawn"] = *fault.unit;
    return out;
}

std::optional<FaultDraw> faultOf(const Node *node)
{
    const auto kind = faultKindFromName(textOf(node, "kind"));
    if (!kind)
        return std::nullopt;
    FaultDraw out;
    out.kind = *kind;
    readScope(node, out.scope, out.scopeName);
    out.label = textOf(node, "label");
    out.index = countOf(node, "index");
    out.conditions = textOf(node, "conditions");
    out.effect = textOf(node, "effect");
    out.rate = numberOf(node, "rate");
    out.unit = numberOf(node, "drawn");
    return out;
}

QJsonObject behaviourObject(const BehaviourRecord &record)
{
    QJsonArray latencies;
    for (const LatencyDraw &draw : record.latencies)
        latencies.append(latencyObject(draw));
    QJsonObject out{{"seed", QString::number(record.seed)},
                    {"drawnFor", toQString(record.drawnFor)},
                    {"ordinal", QString::number(record.ordinal)},
                    {"latencies", latencies}};
    if (record.throttle) {
        QJsonObject throttle = scopeObject(record.throttle->scope, record.throttle->scopeName);
        throttle["label"] = toQString(record.throttle->label);
        out["throttle"] = throttle;
    }
    if (record.fault)
        out["fault"] = faultObject(*record.fault);
    return out;
}

std::shared_ptr<const BehaviourRecord> behaviourOf(const Node *node)
{
    if (!node)
        return nullptr;
    BehaviourRecord out;
    out.seed = countOf(node, "seed");
    out.drawnFor = textOf(node, "drawnFor");
    out.ordinal = countOf(node, "ordinal");
    for (const Node &draw : listOf(node, "latencies"))
        out.latencies.push_back(latencyOf(draw));
    if (const Node *throttle = mapOf(node, "throttle")) {
        out.throttle.emplace();
        readScope(throttle, out.throttle->scope, out.throttle->scopeName);
        out.throttle->label = textOf(throttle, "label");
    }
    out.fault = faultOf(mapOf(node, "fault"));
    return std::make_shared<const BehaviourRecord>(std::move(out));
}

// --- Everything else ------------------------------------------------------------------------

QJsonObject timingsObjectOf(const Timings &timings)
{
    QJsonObject out{{"matched", inMilliseconds(timings.matched)}};
    if (timings.acceptedBefore)
        out["acceptedBefore"] = inMilliseconds(*timings.acceptedBefore);
    if (timings.handshake)
        out["handshake"] = inMilliseconds(*timings.handshake);
    if (timings.plannedLatency.count() > 0)
        out["plannedLatency"] = inMilliseconds(timings.plannedLatency);
    if (timings.plannedTransfer.count() > 0)
        out["plannedTransfer"] = inMilliseconds(timings.plannedTransfer);
    return out;
}

void readTimings(const Node *node, Timings &timings)
{
    timings.matched = durationOf(node, "matched").value_or(timings.matched);
    if (const auto accepted = durationOf(node, "acceptedBefore"))
        timings.acceptedBefore = accepted;
    if (const auto handshake = durationOf(node, "handshake"))
        timings.handshake = handshake;
    timings.plannedLatency = durationOf(node, "plannedLatency").value_or(Duration{});
    timings.plannedTransfer = durationOf(node, "plannedTransfer").value_or(Duration{});
}

std::string keptAs(const CapturedBody &body)
{
    return body.dropped ? "dropped" : body.cut ? "cut" : "";
}

void readKept(const std::string &kept, CapturedBody &body)
{
    body.dropped = kept == "dropped";
    body.cut = body.cut || kept == "cut";
}

} // namespace

QJsonObject ownObject(const Exchange &exchange, Redactor &redactor)
{
    QJsonObject out{{"latency", inMilliseconds(injectedLatency(exchange))},
                    {"match", toQString(matchName(exchange.match))},
                    {"timings", timingsObjectOf(exchange.timings)}};
    putText(out, "server", exchange.serverName);
    putText(out, "serverId", exchange.serverId);
    putText(out, "client", exchange.client);
    putText(out, "tls", exchange.tls);
    putText(out, "endpoint", exchange.endpointLabel);
    putText(out, "endpointId", exchange.endpointId);
    putText(out, "response", exchange.responseLabel);
    putText(out, "responseId", exchange.responseId);
    putText(out, "requestBody", keptAs(exchange.requestBody));
    putText(out, "responseBody", keptAs(exchange.responseBody));
    if (exchange.ordinal != 0)
        out["ordinal"] = QString::number(exchange.ordinal);
    if (exchange.cause != 0)
        out["cause"] = QString::number(exchange.cause);
    // A URL has no other form than this.
    if (const std::string_view target = exchange.request.target(); !target.starts_with('/'))
        out["target"] = toQString(redactor.url(target));
    if (!exchange.behaviour)
        return out;
    out["sentence"] = toQString(behaviourSentence(*exchange.behaviour));
    if (exchange.behaviour->fault)
        out["fault"] = toQString(exchange.behaviour->fault->label);
    out["behaviour"] = behaviourObject(*exchange.behaviour);
    return out;
}

void readOwn(const Node *own, Exchange &exchange, const ShareText &share)
{
    if (!own)
        return;
    const auto shared = [&](std::shared_ptr<const std::string> &to, std::string_view key) {
        if (const std::string text = textOf(own, key); !text.empty())
            to = share(text);
    };
    shared(exchange.serverName, "server");
    shared(exchange.serverId, "serverId");
    shared(exchange.endpointLabel, "endpoint");
    shared(exchange.endpointId, "endpointId");
    shared(exchange.responseLabel, "response");
    shared(exchange.responseId, "responseId");
    exchange.match = matchKindFromName(textOf(own, "match")).value_or(exchange.match);
    exchange.client = textOf(own, "client");
    exchange.tls = textOf(own, "tls");
    exchange.ordinal = countOf(own, "ordinal");
    exchange.cause = countOf(own, "cause");
    readTimings(mapOf(own, "timings"), exchange.timings);
    readKept(textOf(own, "requestBody"), exchange.requestBody);
    readKept(textOf(own, "responseBody"), exchange.responseBody);
    exchange.behaviour = behaviourOf(mapOf(own, "behaviour"));
}

} // namespace understudy::ui
