// SPDX-License-Identifier: GPL-3.0-or-later
// The cells of RulesModel: what they say of a condition, and what is made of what is typed.
#include "ui/models/rules_node.h"

#include "core/match/condition.h"
#include "core/match/target_values.h"
#include "core/model/operator_catalogue.h"
#include "ui/models/rule_values.h"
#include "ui/models/rule_words.h"
#include "ui/services/plain_text.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <QGuiApplication>

#include <algorithm>

namespace understudy::ui {

QString RulesModel::problemIn(const Node &node, int column)
{
    switch (column) {
    case NameColumn:
        return targetProblem(node.target);
    case ValueColumn:
        if (!node.value.problem.isEmpty())
            return node.value.problem;
        if (!node.checked || node.checked->first != node.condition)
            node.checked.emplace(node.condition, conditionProblem(node.condition));
        return node.checked->second;
    case OptionsColumn:
        return node.options.problem;
    default:
        return {};
    }
}

QString RulesModel::plainText(const Node &node, int column)
{
    switch (column) {
    case TargetColumn:
        return QString::fromLatin1(ruleTargetWord(node.target.kind).word);
    case NameColumn:
        return ruleTargetName(node.target);
    case OperatorColumn:
        return toQString(operatorTraits(node.condition.op).name);
    case ValueColumn:
        return node.value.problem.isEmpty() ? ruleValueText(node.condition) : node.value.text;
    case OptionsColumn:
        return node.options.problem.isEmpty() ? ruleOptionsText(node.condition) : node.options.text;
    default:
        return {};
    }
}

QString RulesModel::shownText(const Node &node, int column)
{
    if (column == NotColumn)
        return node.condition.negated ? tr("not") : QString();
    QString text = plainText(node, column);
    const QString problem = problemIn(node, column);
    if (problem.isEmpty())
        return text;
    const bool isDraft
        = column == OptionsColumn || (column == ValueColumn && !node.value.problem.isEmpty());
    return isDraft ? tr("%1   ✗ not taken: %2").arg(text, problem)
                   : tr("%1   ✗ rule off: %2").arg(text, problem);
}

namespace {

/// "✓ 2", or "✗ (absent)".
QString resultText(const ConditionTrace *result)
{
    if (!result)
        return {};
    return (result->passed ? QStringLiteral("✓ ") : QStringLiteral("✗ "))
           + toQString(result->actual);
}

} // namespace

QVariant RulesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeAt(index);
    const int column = index.column();
    if (role == IsGroupRole)
        return node.isGroup;
    if (node.isGroup) {
        if (column == TargetColumn && role == WordsRole)
            return ruleGroupWords();
        if (column == TargetColumn && (role == Qt::DisplayRole || role == Qt::EditRole))
            return ruleGroupWords()[static_cast<int>(node.kind)];
        return {};
    }
    switch (role) {
    case WordsRole:
        return column == TargetColumn     ? ruleTargetWords()
               : column == OperatorColumn ? ruleOperatorWords()
                                          : QVariant();
    case ProblemRole: {
        for (const int place : {NameColumn, ValueColumn, OptionsColumn}) {
            if (const QString problem = problemIn(node, place); !problem.isEmpty())
                return problem;
        }
        return QString();
    }
    case Qt::ToolTipRole: {
        if (column == ResultColumn)
            return plainToolTip(resultText(resultOf(node)));
        const QString problem = problemIn(node, column);
        return problem.isEmpty() ? QVariant() : plainToolTip(tr("Rule off: %1").arg(problem));
    }
    case Qt::ForegroundRole:
        if (const ConditionTrace *result = column == ResultColumn ? resultOf(node) : nullptr)
            return roleColor(result->passed ? ColorRole::Success : ColorRole::Error,
                             QGuiApplication::palette());
        return problemIn(node, column).isEmpty()
                   ? QVariant()
                   : QVariant(roleColor(ColorRole::Error, QGuiApplication::palette()));
    case Qt::CheckStateRole:
        return column == NotColumn ? QVariant(node.condition.negated ? Qt::Checked : Qt::Unchecked)
                                   : QVariant();
    case Qt::DisplayRole:
        return column == ResultColumn ? resultText(resultOf(node)) : shownText(node, column);
    case Qt::EditRole:
        return plainText(node, column);
    default:
        return {};
    }
}

QVariant RulesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return QStringList{tr("Target"), tr("Name"),    tr("Not"),        tr("Operator"),
                       tr("Value"),  tr("Options"), tr("Request has")}
        .value(section);
}

bool RulesModel::setTarget(Node &node, const QString &text)
{
    const RuleTargetWord *target = findRuleTarget(text);
    if (!target || target->kind == node.target.kind)
        return false;
    setRuleTargetKind(node.target, target->kind);
    node.leaf = -1;
    return true;
}

bool RulesModel::setName(Node &node, const QString &text)
{
    const QString name = text.trimmed();
    if (name.isEmpty() || name == ruleTargetName(node.target))
        return false;
    setRuleTargetName(node.target, name);
    node.leaf = -1;
    return true;
}

bool RulesModel::setOperator(Node &node, const QString &text)
{
    const OperatorTraits *chosen = findOperator(toStd(text));
    if (!chosen || chosen->op == node.condition.op)
        return false;
    JsonValue value = ruleValueFor(chosen->op, node.condition);
    node.condition.op = chosen->op;
    node.condition.value = std::move(value);
    node.condition.options = {};
    node.value = {};
    node.options = {};
    return true;
}

bool RulesModel::setValue(Node &node, const QString &text)
{
    if (text == plainText(node, ValueColumn))
        return false; // shown as it is: nothing was typed
    auto value = parseRuleValue(node.condition, text);
    if (!value) {
        node.value = {text, toQString(value.error().message)};
        return true;
    }
    node.value = {};
    node.condition.value = *std::move(value);
    return true;
}

bool RulesModel::setOptions(Node &node, const QString &text)
{
    if (text == plainText(node, OptionsColumn))
        return false;
    auto options = parseRuleOptions(node.condition.op, text);
    if (!options) {
        node.options = {text, toQString(options.error().message)};
        return true;
    }
    node.options = {};
    node.condition.options = *std::move(options);
    return true;
}

bool RulesModel::setCell(Node &node, int column, const QString &text)
{
    switch (column) {
    case TargetColumn:
        return setTarget(node, text);
    case NameColumn:
        return setName(node, text);
    case OperatorColumn:
        return setOperator(node, text);
    case ValueColumn:
        return setValue(node, text);
    case OptionsColumn:
        return setOptions(node, text);
    default:
        return false;
    }
}

bool RulesModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid())
        return false;
    Node &node = *nodeAt(index);
    if (node.isGroup) {
        const auto kind = ruleGroupWords().indexOf(value.toString());
        if (role != Qt::EditRole || index.column() != TargetColumn || kind < 0)
            return false;
        node.kind = static_cast<RuleGroup::Kind>(kind);
    } else if (role == Qt::CheckStateRole && index.column() == NotColumn) {
        node.condition.negated = value.toInt() == Qt::Checked;
    } else if (role != Qt::EditRole || !setCell(node, index.column(), value.toString())) {
        return false;
    }
    Q_EMIT dataChanged(index.siblingAtColumn(0), index.siblingAtColumn(ColumnCount - 1));
    Q_EMIT edited();
    return true;
}

Qt::ItemFlags RulesModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Node &node = *nodeAt(index);
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (node.isGroup)
        return index.column() == TargetColumn ? flags | Qt::ItemIsEditable : flags;
    switch (index.column()) {
    case NotColumn:
        return flags | Qt::ItemIsUserCheckable;
    case NameColumn:
        return ruleTargetWord(node.target.kind).hasName ? flags | Qt::ItemIsEditable : flags;
    case ValueColumn:
        return takesNoValue(node.condition.op) ? flags : flags | Qt::ItemIsEditable;
    case OptionsColumn:
        return takesOptions(node.condition.op) ? flags | Qt::ItemIsEditable : flags;
    case ResultColumn:
        return flags;
    default:
        return flags | Qt::ItemIsEditable;
    }
}

} // namespace understudy::ui
