// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/timing_phases.h"

#include "ui/models/traffic_cells.h"

#include <QCoreApplication>

#include <algorithm>

namespace understudy::ui {

namespace {

QString phaseText(const char *text) { return QCoreApplication::translate("TimingPhases", text); }

std::optional<Duration> ifAny(Duration planned)
{
    return planned.count() > 0 ? std::optional(planned) : std::nullopt;
}

/// A step that was never reached has no length of its own.
Duration between(Duration from, Duration to) { return std::max(Duration{}, to - from); }

Duration connectLatency(const Exchange &exchange)
{
    Duration all{};
    if (exchange.behaviour) {
        for (const LatencyDraw &draw : exchange.behaviour->latencies)
            all += draw.place == LatencyPlace::Connect ? draw.value : Duration{};
    }
    return all;
}

/// Whether anything of an answer, however broken, went out; a fault that only ends the connection
/// has a time for that, but no byte.
bool wasSent(const Exchange &exchange)
{
    return exchange.status > 0 || !exchange.responseHead.empty() || exchange.responseBody.size > 0;
}

/// What happened before the first byte of the request; only a connection's first request has it.
void addConnection(const Exchange &exchange, std::vector<TimingPhase> &phases)
{
    const Timings &t = exchange.timings;
    const Duration planned = connectLatency(exchange);
    const Duration handshake = t.handshake.value_or(Duration{});
    // A handshake that failed is all there was: it began with the first byte.
    const bool isFailed = exchange.match == MatchKind::NoRequest;
    const Duration before
        = std::max(t.acceptedBefore.value_or(Duration{}), isFailed ? Duration{} : handshake);
    if (t.acceptedBefore)
        phases.push_back({TimingKind::Connection, phaseText("Connection"), -before, before,
                          ifAny(planned), -before});
    if (t.handshake) {
        phases.push_back({TimingKind::Handshake,
                          phaseText("TLS handshake"),
                          isFailed ? Duration{} : std::min(-before + planned, -handshake),
                          handshake,
                          {},
                          {}});
    }
}

/// Up to the first byte of the answer, or to the end where none was sent.
void addLatency(const Exchange &exchange, std::vector<TimingPhase> &phases)
{
    const Timings &t = exchange.timings;
    if (exchange.match == MatchKind::NoRequest && t.handshake)
        return;
    const bool isSent = wasSent(exchange);
    const Duration begin = std::max(t.requestComplete, t.matched);
    const Duration real = between(begin, isSent ? t.firstByteOut : t.complete);
    const bool isPlanned = t.plannedLatency.count() > 0;
    const QString name = isPlanned ? phaseText("Injected latency")
                         : isSent  ? phaseText("First byte")
                                   : phaseText("Nothing sent");
    phases.push_back(
        {TimingKind::Latency, name, begin, real, ifAny(t.plannedLatency), t.requestComplete});
}

} // namespace

std::vector<TimingPhase> timingPhases(const Exchange &exchange)
{
    const Timings &t = exchange.timings;
    std::vector<TimingPhase> phases;
    addConnection(exchange, phases);
    if (exchange.match != MatchKind::NoRequest)
        phases.push_back(
            {TimingKind::Request, phaseText("Request"), {}, t.requestComplete, {}, {}});
    const bool wasMatched = exchange.match != MatchKind::NoRequest
                            && exchange.match != MatchKind::BadRequest
                            && exchange.match != MatchKind::Recorded;
    if (wasMatched)
        phases.push_back({TimingKind::Match,
                          phaseText("Match and render"),
                          t.requestComplete,
                          between(t.requestComplete, t.matched),
                          {},
                          {}});
    addLatency(exchange, phases);
    if (wasSent(exchange))
        phases.push_back({TimingKind::Transfer, phaseText("Last byte"), t.firstByteOut,
                          between(t.firstByteOut, t.complete), ifAny(t.plannedTransfer),
                          t.firstByteOut});
    return phases;
}

QString phaseSentence(const TimingPhase &phase)
{
    QString text = phaseText("%1: %2").arg(phase.name, durationText(phase.real));
    if (phase.planned)
        text += phaseText(", planned %1").arg(durationText(*phase.planned));
    return text
           + (phase.start.count() < 0
                  ? phaseText(", began %1 before the request").arg(durationText(-phase.start))
                  : phaseText(", from %1").arg(durationText(phase.start)));
}

} // namespace understudy::ui
