// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/exchange/exchange_pane_behaviour.h"

#include "ui/models/traffic_cells.h"
#include "ui/services/numbers.h"
#include "ui/services/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace understudy::ui {

namespace {

QString behaviourText(const char *text)
{
    return QCoreApplication::translate("ExchangePane", text);
}

QString scopeText(BehaviourScope scope, const std::string &name)
{
    switch (scope) {
    case BehaviourScope::Response:
        return behaviourText("of the response");
    case BehaviourScope::Endpoint:
        return behaviourText("of the endpoint");
    case BehaviourScope::Folder:
        return behaviourText("of folder %1").arg(toQString(name));
    case BehaviourScope::Server:
        break;
    }
    return behaviourText("of the server");
}

QString placeText(LatencyPlace place)
{
    switch (place) {
    case LatencyPlace::Connect:
        return behaviourText("before the connection was read");
    case LatencyPlace::Body:
        return behaviourText("before the body");
    case LatencyPlace::Head:
        break;
    }
    return behaviourText("before the answer");
}

/// The number the draw gave, in the unit that rates are written in.
QString drawnText(double unit)
{
    return behaviourText("drew %1 %").arg(QLocale().toString(unit * 100, 'f', 2));
}

QString latencyRow(const LatencyDraw &draw)
{
    QStringList parts{durationText(draw.value), scopeText(draw.scope, draw.scopeName),
                      placeText(draw.place)};
    // A fixed latency is its own model, and nothing was drawn for it.
    if (draw.unit)
        parts << spacedUnits(toQString(draw.model)) << drawnText(*draw.unit);
    return parts.join(QStringLiteral(" · "));
}

QString faultRow(const FaultDraw &fault)
{
    QStringList parts{toQString(fault.label), behaviourText("%1, entry %2")
                                                  .arg(scopeText(fault.scope, fault.scopeName))
                                                  .arg(fault.index + 1)};
    if (!fault.conditions.empty())
        parts << spacedUnits(toQString(fault.conditions));
    if (fault.unit)
        parts << drawnText(*fault.unit);
    return parts.join(QStringLiteral(" · "));
}

QString drawsRow(const BehaviourRecord &record)
{
    if (record.drawnFor == "(connection)")
        return behaviourText("seed %1, connection %2").arg(record.seed).arg(record.ordinal);
    if (record.drawnFor == "(unmatched)")
        return behaviourText("seed %1, unmatched request %2").arg(record.seed).arg(record.ordinal);
    return behaviourText("seed %1, request %2 of %3")
        .arg(record.seed)
        .arg(record.ordinal)
        .arg(toQString(record.drawnFor));
}

} // namespace

QList<std::pair<QString, QString>> behaviourRows(const BehaviourRecord &record)
{
    QList<std::pair<QString, QString>> rows;
    if (record.fault) {
        rows.append({behaviourText("Fault"), faultRow(*record.fault)});
        if (!record.fault->effect.empty())
            rows.append({behaviourText("Effect"), toQString(record.fault->effect)});
    }
    for (const LatencyDraw &draw : record.latencies)
        rows.append({behaviourText("Latency"), latencyRow(draw)});
    if (record.throttle) {
        rows.append({behaviourText("Throttle"),
                     spacedUnits(toQString(record.throttle->label)) + QStringLiteral(" · ")
                         + scopeText(record.throttle->scope, record.throttle->scopeName)});
    }
    if (!record.drawnFor.empty()) // else nothing was left to chance
        rows.append({behaviourText("Draws"), drawsRow(record)});
    return rows;
}

} // namespace understudy::ui
