// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/fault_parameters_model.h"

#include "core/base/units.h"
#include "core/model/fault_catalogue.h"
#include "core/model/fault_keys.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <QGuiApplication>

namespace understudy::ui {

namespace {

QString parameterName(std::string_view name)
{
    const FaultKey *key = findFaultKey(name);
    return toQString(key ? key->title : name);
}

/// Whether the value has several lines.
bool isLong(std::string_view name)
{
    const FaultKey *key = findFaultKey(name);
    return key && (key->unit == FaultUnit::Headers || key->unit == FaultUnit::Text);
}

/// What holds where the file is silent.
QString defaultText(FaultKind kind, std::string_view name)
{
    const FaultKey *key = findFaultKey(name);
    if (!key)
        return {};
    const FaultTraits &traits = faultTraits(kind);
    if (key->unit == FaultUnit::Variant)
        return traits.variants.empty() ? QString() : toQString(traits.variants.front());
    // Refuse and blackhole come back by themselves.
    const bool comesBack = name == "for" && kind != FaultKind::Stall;
    return comesBack ? toQString(formatDuration(kServerAway)) : toQString(key->absent);
}

} // namespace

QString faultParameter(const Fault &fault, std::string_view key)
{
    const FaultKey *entry = findFaultKey(key);
    return entry ? toQString(faultKeyText(fault, *entry)) : QString();
}

Result<void> setFaultParameter(Fault &fault, std::string_view key, const QString &text)
{
    const FaultKey *entry = findFaultKey(key);
    return entry ? setFaultKeyText(fault, *entry, toStd(text)) : Result<void>();
}

FaultParametersModel::FaultParametersModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void FaultParametersModel::setFault(const Fault &fault)
{
    const FaultTraits &traits = faultTraits(fault.kind);
    std::vector<std::string_view> keys;
    for (const std::string_view key : traits.keys) {
        // The status has a field of its own; an offset counts bytes of the body.
        if (key != "status" && (key != "offset" || faultPlace(fault) == FaultPlace::Body))
            keys.push_back(key);
    }
    if (keys != m_keys || fault.kind != m_fault.kind) {
        beginResetModel();
        m_fault = fault;
        m_keys = std::move(keys);
        endResetModel();
        return;
    }
    if (fault == m_fault)
        return;
    m_fault = fault;
    if (!m_keys.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int FaultParametersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_keys.size());
}

int FaultParametersModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FaultParametersModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const std::string_view key = m_keys[static_cast<std::size_t>(index.row())];
    const QString value = faultParameter(m_fault, key);
    switch (role) {
    case KeyRole:
        return toQString(key);
    case IsLongRole:
        return isLong(key);
    case ChoicesRole: {
        QStringList choices;
        if (key == "variant") {
            for (const std::string_view variant : faultTraits(m_fault.kind).variants)
                choices << toQString(variant);
        }
        return choices;
    }
    case Qt::EditRole:
        return value;
    case Qt::DisplayRole:
        if (index.column() == NameColumn)
            return parameterName(key);
        return value.isEmpty() ? defaultText(m_fault.kind, key)
                               : QString(value).replace('\n', QStringLiteral(" · "));
    case Qt::ForegroundRole:
        return index.column() == ValueColumn && value.isEmpty()
                   ? QVariant(roleColor(ColorRole::Muted, QGuiApplication::palette()))
                   : QVariant();
    case Qt::AccessibleTextRole:
        return parameterName(key) + QStringLiteral(", ")
               + (value.isEmpty() ? defaultText(m_fault.kind, key) : value);
    default:
        return {};
    }
}

bool FaultParametersModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || index.column() != ValueColumn || role != Qt::EditRole)
        return false;
    const std::string_view key = m_keys[static_cast<std::size_t>(index.row())];
    if (value.toString() == faultParameter(m_fault, key))
        return false;
    Fault fault = m_fault;
    if (const auto done = setFaultParameter(fault, key, value.toString()); !done) {
        Q_EMIT refused(parameterName(key) + QStringLiteral(": ") + toQString(done.error().message));
        return false;
    }
    m_fault = fault;
    Q_EMIT dataChanged(index, index);
    Q_EMIT edited(fault);
    return true;
}

QVariant FaultParametersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return QStringList{tr("Parameter"), tr("Value")}.value(section);
}

Qt::ItemFlags FaultParametersModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
    if (index.isValid() && index.column() == ValueColumn)
        flags |= Qt::ItemIsEditable;
    return flags;
}

} // namespace understudy::ui
