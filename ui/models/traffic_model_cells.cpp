// SPDX-License-Identifier: GPL-3.0-or-later
// The cells of TrafficModel: texts, colours and titles.
#include "ui/models/traffic_model.h"

#include "ui/models/traffic_cells.h"
#include "ui/services/plain_text.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <QGuiApplication>
#include <QPalette>

namespace understudy::ui {

namespace {

TrafficColumn columnOf(const QModelIndex &index)
{
    return static_cast<TrafficColumn>(index.column());
}

QVariant alignmentOf(TrafficColumn column)
{
    return QVariant((trafficColumn(column).isNumeric ? Qt::AlignRight : Qt::AlignLeft)
                    | Qt::AlignVCenter);
}

} // namespace

QVariant TrafficModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const quint64 sequence = sequenceAt(index.row());
    const TrafficRow *row = m_rows.find(sequence);
    switch (role) {
    case Qt::DisplayRole:
        return display(index, sequence);
    case Qt::EditRole:
        return columnOf(index) == TrafficColumn::Note ? QVariant(m_rows.note(sequence))
                                                      : display(index, sequence);
    case Qt::TextAlignmentRole:
        return alignmentOf(columnOf(index));
    case Qt::ForegroundRole:
        return foreground(columnOf(index), sequence);
    case Qt::ToolTipRole:
        return plainToolTip(rowText(sequence));
    case Qt::AccessibleTextRole:
        return rowText(sequence);
    case SequenceRole:
        return sequence;
    case StatusCodeRole:
        return row ? QVariant(row->status) : QVariant();
    case MatchKindRole:
        return row ? QVariant(row->match) : QVariant();
    case DurationRole:
        return row ? QVariant(static_cast<qint64>(row->duration)) : QVariant();
    case EndpointIdRole: {
        const auto exchange = exchangeOf(sequence);
        return exchange && exchange->endpointId ? toQString(*exchange->endpointId) : QString();
    }
    case PinnedRole:
        return m_rows.isPinned(sequence);
    default:
        return {};
    }
}

QVariant TrafficModel::display(const QModelIndex &index, quint64 sequence) const
{
    switch (columnOf(index)) {
    case TrafficColumn::Number:
        return QString::number(sequence);
    case TrafficColumn::Delta:
        return deltaText(index.row());
    case TrafficColumn::Mark: {
        const QString mark = m_rows.mark(sequence);
        const QString pin = m_rows.isPinned(sequence) ? QStringLiteral("★") : QString();
        return mark.isEmpty() || pin.isEmpty() ? pin + mark : pin + u' ' + mark;
    }
    case TrafficColumn::Note:
        return m_rows.note(sequence);
    default: {
        const auto exchange = exchangeOf(sequence);
        const auto text = trafficColumn(columnOf(index)).text;
        return exchange && text ? text(*exchange) : QString();
    }
    }
}

QString TrafficModel::deltaText(int row) const
{
    if (row == 0)
        return {};
    const TrafficRow *here = m_rows.find(sequenceAt(row));
    const TrafficRow *before = m_rows.find(sequenceAt(row - 1));
    if (!here || !before)
        return {};
    const qint64 apart = here->received - before->received;
    return (apart < 0 ? QStringLiteral("−") : QStringLiteral("+"))
           + durationText(Duration(std::abs(apart)));
}

QVariant TrafficModel::foreground(TrafficColumn column, quint64 sequence) const
{
    const TrafficRow *row = m_rows.find(sequence);
    if (!row)
        return {};
    const QPalette palette = QGuiApplication::palette();
    const bool isMatch = column == TrafficColumn::Match;
    const bool isStatus = column == TrafficColumn::Status;
    if (row->hasFault && (isMatch || (isStatus && row->status == 0)))
        return roleColor(ColorRole::Fault, palette);
    if (isMatch)
        return isUnmatched(static_cast<MatchKind>(row->match))
                   ? QVariant(roleColor(ColorRole::Unmatched, palette))
                   : QVariant();
    if (!isStatus)
        return {};
    switch (row->status / 100) {
    case 2:
        return roleColor(ColorRole::Success, palette);
    case 1:
    case 3:
        return roleColor(ColorRole::Redirect, palette);
    case 4:
        return roleColor(ColorRole::Warning, palette);
    default:
        return roleColor(ColorRole::Error, palette);
    }
}

QString TrafficModel::rowText(quint64 sequence) const
{
    const auto exchange = exchangeOf(sequence);
    if (!exchange)
        return tr("Request %1, no longer kept").arg(sequence);
    QString text = rowSentence(*exchange);
    if (m_rows.isPinned(sequence))
        text += tr(", pinned");
    if (const QString mark = m_rows.mark(sequence); !mark.isEmpty())
        text += tr(", marked %1").arg(mark);
    if (const QString note = m_rows.note(sequence); !note.isEmpty())
        text += tr(", note: %1").arg(note);
    if (const QString purpose = purposeText(*exchange); !purpose.isEmpty())
        text += u'\n' + purpose;
    return text;
}

QVariant TrafficModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= kTrafficColumns)
        return {};
    const auto column = static_cast<TrafficColumn>(section);
    if (role == Qt::DisplayRole)
        return trafficColumnTitle(column);
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(column);
    if (role == Qt::ToolTipRole)
        return trafficColumnToolTip(column);
    return {};
}

Qt::ItemFlags TrafficModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (columnOf(index) == TrafficColumn::Note)
        flags |= Qt::ItemIsEditable;
    return flags | Qt::ItemNeverHasChildren;
}

} // namespace understudy::ui
