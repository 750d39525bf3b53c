// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/behaviour.h"

#include <QString>
#include <QStringList>

#include <span>

/// Edits of a behaviour as functions on values, and how rows and tooltips call what is in it.
namespace understudy::ui {

/// "20 %", "0.5 %".
QString shareText(double share);
/// "20 % 500", "10 % reset at head", "close at head, first 2".
QString faultSummary(const Fault &fault);
/// The parts of a behaviour, a few words each: "50ms", "download 50kB/s", "20 % 500".
QStringList behaviourParts(const Behaviour &behaviour);

/// Gives a fault the share and the conditions of another.
void copyConditions(Fault &to, const Fault &from);
/// A fault of another kind: the conditions stay, what the kind needs gets a usable value.
Fault faultOfKind(FaultKind kind, const Fault &conditionsOf);

/// Puts `preset` over `target`: its latency and its throttle replace, its faults take the place of
/// those of the same kinds.
void applyPreset(Behaviour &target, const Behaviour &preset);

/// An entry of the Faults menu that needs no further choice.
struct QuickFault
{
    const char *id; ///< of its action: "faults.status500"
    const char *text;
    Behaviour behaviour;
};
std::span<const QuickFault> quickFaults();

} // namespace understudy::ui
