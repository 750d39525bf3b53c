// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/behaviour_record.h"

#include <QList>
#include <QString>

#include <utility>

namespace understudy::ui {

/// What was drawn for an exchange, as names and values for the Summary tab: each latency, the
/// throttle, the fault with scope and numbers, and what it takes to draw it again.
QList<std::pair<QString, QString>> behaviourRows(const BehaviourRecord &record);

} // namespace understudy::ui
