// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/faults_model.h"

#include "core/model/behaviour_labels.h"
#include "core/model/fault_catalogue.h"
#include "ui/document/behaviour_edits.h"
#include "ui/models/responses_model.h"
#include "ui/services/plain_text.h"
#include "ui/services/text.h"

namespace understudy::ui {

namespace {

QString conditionsText(Fault fault)
{
    fault.rate.reset(); // has a column of its own
    const std::optional<Rule> when = std::exchange(fault.when, std::nullopt);
    QString text = toQString(faultConditions(fault));
    if (when)
        text += (text.isEmpty() ? QString() : QStringLiteral(", "))
                + FaultsModel::tr("when %1").arg(ruleSummary(*when));
    return text.isEmpty() ? FaultsModel::tr("always") : text;
}

} // namespace

FaultsModel::FaultsModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void FaultsModel::setFaults(const std::vector<Fault> &faults)
{
    if (faults == m_faults)
        return;
    const int before = rowCount();
    const int after = static_cast<int>(faults.size());
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_faults.resize(faults.size());
        endInsertRows();
    } else if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_faults.resize(faults.size());
        endRemoveRows();
    }
    m_faults = faults;
    if (after > 0)
        Q_EMIT dataChanged(index(0, 0), index(after - 1, ColumnCount - 1));
}

int FaultsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_faults.size());
}

int FaultsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FaultsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Fault &fault = m_faults[static_cast<std::size_t>(index.row())];
    const FaultTraits &traits = faultTraits(fault.kind);
    switch (role) {
    case KindRole:
        return static_cast<int>(fault.kind);
    case ShareRole:
        return fault.rate.value_or(1);
    case Qt::ToolTipRole:
        return plainToolTip(
            tr("%1\nA client sees: %2").arg(faultSummary(fault), toQString(traits.clientSees)));
    case Qt::AccessibleTextRole:
        return QStringList{toQString(faultLabel(fault)), shareText(fault.rate.value_or(1)),
                           conditionsText(fault), toQString(traits.clientSees)}
            .join(QStringLiteral(", "));
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case FaultColumn:
        return toQString(faultLabel(fault));
    case ShareColumn:
        return shareText(fault.rate.value_or(1));
    case ConditionColumn:
        return conditionsText(fault);
    case ClientColumn:
        return toQString(traits.clientSees);
    default:
        return {};
    }
}

QVariant FaultsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return QStringList{tr("Fault"), tr("Share"), tr("Condition"), tr("A client sees")}.value(
        section);
}

} // namespace understudy::ui
