// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/responses_model.h"

#include "core/base/json_text.h"
#include "core/http/status.h"
#include "core/model/operator_catalogue.h"
#include "ui/document/behaviour_edits.h"
#include "ui/services/plain_text.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <QFont>
#include <QGuiApplication>

namespace understudy::ui {

namespace {

QString conditionText(const Condition &condition)
{
    QString text = condition.negated ? ResponsesModel::tr("not ") : QString();
    text += toQString(operatorTraits(condition.op).name);
    const bool isFalse = condition.value.isBool() && !condition.value.isTrue();
    if (operatorTraits(condition.op).value == OperatorValue::Flag && !isFalse)
        return text;
    if (const auto *word = condition.value.ifString())
        return text + ' ' + toQString(*word);
    return text + ' ' + toQString(writeJson(condition.value));
}

ColorRole statusRole(int status)
{
    switch (status / 100) {
    case 2:
        return ColorRole::Success;
    case 3:
        return ColorRole::Redirect;
    case 4:
        return ColorRole::Warning;
    case 5:
        return ColorRole::Error;
    default:
        return ColorRole::Text;
    }
}

} // namespace

QString ruleSummary(const Rule &rule)
{
    if (const auto *leaf = std::get_if<RuleLeaf>(&rule.node)) {
        QStringList parts;
        for (const Condition &condition : leaf->conditions)
            parts << toQString(ruleTargetText(leaf->target)) + ' ' + conditionText(condition);
        return parts.join(QStringLiteral(", "));
    }
    const auto &group = std::get<RuleGroup>(rule.node);
    QStringList parts;
    for (const Rule &child : group.rules)
        parts << ruleSummary(child);
    const QString joined = parts.join(
        group.kind == RuleGroup::Kind::Any ? ResponsesModel::tr(" or ") : QStringLiteral(", "));
    return group.kind == RuleGroup::Kind::None ? ResponsesModel::tr("none of: %1").arg(joined)
                                               : joined;
}

ResponsesModel::ResponsesModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void ResponsesModel::setEndpoint(const Endpoint &endpoint)
{
    std::vector<Row> rows;
    bool hasDefault = false;
    for (const Response &response : endpoint.responses) {
        Row row;
        row.id = toQString(response.id);
        row.name = toQString(response.name);
        row.status = response.status;
        row.statusTemplate = toQString(response.statusTemplate);
        row.phrase = toQString(!response.reason.empty() ? response.reason
                               : !response.statusTemplate.empty()
                                   ? response.statusTemplate
                                   : std::string(http::reasonPhrase(response.status)));
        row.rules = response.when ? ruleSummary(*response.when) : QString();
        row.weight = QString::number(response.weight);
        row.times = response.times ? QString::number(*response.times) : QString();
        row.behaviour = behaviourParts(response.behaviour).join(QStringLiteral(", "));
        row.isDefault = !response.when && !hasDefault;
        hasDefault |= row.isDefault;
        rows.push_back(std::move(row));
    }
    if (rows == m_rows)
        return;
    if (rows.size() == m_rows.size()) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int ResponsesModel::rowOf(const QString &responseId) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].id == responseId)
            return static_cast<int>(i);
    }
    return -1;
}

int ResponsesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ResponsesModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ResponsesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == ObjectIdRole)
        return row.id;
    if (role == StatusCodeRole)
        return row.status;
    if (role == Qt::ForegroundRole && index.column() == StatusColumn
        && row.statusTemplate.isEmpty())
        return roleColor(statusRole(row.status), QGuiApplication::palette());
    if (role == Qt::ForegroundRole && index.column() == BehaviourColumn)
        return roleColor(ColorRole::Fault, QGuiApplication::palette());
    if (role == Qt::ToolTipRole && index.column() == BehaviourColumn)
        return plainToolTip(row.behaviour);
    if (role == Qt::ToolTipRole) {
        if (row.isDefault)
            return tr("Answers when no rule of another response holds");
        return row.rules.isEmpty() ? QVariant() : QVariant(plainToolTip(row.rules));
    }
    if (role == Qt::AccessibleTextRole)
        return tr("Response %1, %2 %3 %4 %5")
            .arg(index.row() + 1)
            .arg(row.statusText())
            .arg(row.name, row.rules, row.behaviour);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case MarkColumn:
        return row.isDefault ? QStringLiteral("⚑") : QString();
    case StatusColumn:
        return row.statusText();
    case NameColumn:
        return row.name.isEmpty() ? row.phrase : row.name;
    case RulesColumn:
        return row.rules;
    case WeightColumn:
        return row.weight;
    case TimesColumn:
        return row.times;
    case BehaviourColumn:
        return row.behaviour.isEmpty() ? QString() : QStringLiteral("⚡ ") + row.behaviour;
    default:
        return {};
    }
}

QVariant ResponsesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return QStringList{QString(),    tr("Status"), tr("Name"),     tr("Rules"),
                       tr("Weight"), tr("Times"),  tr("Behaviour")}
        .value(section);
}

} // namespace understudy::ui
