// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/exchange.h"

#include <QString>

#include <optional>
#include <vector>

/// What an exchange spent its time on, as rows of a waterfall; the chart and the table of the
/// Timing tab show the same ones.
namespace understudy::ui {

enum class TimingKind { Connection, Handshake, Request, Match, Latency, Transfer };

/// One row. Times count from the first byte of the request, so that what came before is negative.
struct TimingPhase
{
    TimingKind kind = TimingKind::Request;
    QString name;
    Duration start{};
    Duration real{};
    std::optional<Duration> planned; ///< what the behaviour asked for; none if nothing
    Duration plannedStart{};         ///< where the planned bar begins
};

/// Rows in the order of time: connection, TLS handshake, request, match, latency up to the first
/// byte, and the rest up to the last byte. What never happened is left out.
std::vector<TimingPhase> timingPhases(const Exchange &exchange);

/// "Injected latency: 203 ms, planned 200 ms, from 1.2 ms": a row for a screen reader.
QString phaseSentence(const TimingPhase &phase);

} // namespace understudy::ui
