// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/rules_model.h"

#include "core/base/json_text.h"
#include "ui/services/plain_text.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <boost/json/parse.hpp>

#include <QApplication>
#include <QRegularExpression>

#include <algorithm>

namespace understudy::ui {

struct RulesModel::Node
{
    Node *parent = nullptr;
    bool isGroup = false;
    RuleGroup::Kind kind = RuleGroup::Kind::All;
    RuleTarget target;
    Condition condition;
    int leaf = -1; ///< conditions with the same number came from one leaf
    std::vector<std::unique_ptr<Node>> children;

    int row() const
    {
        const auto &siblings = parent->children;
        const auto found = std::find_if(siblings.begin(), siblings.end(),
                                        [this](const auto &n) { return n.get() == this; });
        return static_cast<int>(found - siblings.begin());
    }
};

namespace {

struct TargetWord
{
    RuleTarget::Kind kind;
    const char *word;
    bool hasName;
};

constexpr TargetWord kTargets[]{
    {RuleTarget::Kind::Query, "query", true},
    {RuleTarget::Kind::Header, "header", true},
    {RuleTarget::Kind::PathParameter, "path parameter", true},
    {RuleTarget::Kind::Body, "body", false},
    {RuleTarget::Kind::BodyJsonPath, "body JSONPath", true},
    {RuleTarget::Kind::BodyXPath, "body XPath", true},
    {RuleTarget::Kind::Cookie, "cookie", true},
    {RuleTarget::Kind::Form, "form", true},
    {RuleTarget::Kind::Part, "part", true},
    {RuleTarget::Kind::Method, "method", false},
    {RuleTarget::Kind::Path, "path", false},
    {RuleTarget::Kind::Host, "host", false},
    {RuleTarget::Kind::Port, "port", false},
    {RuleTarget::Kind::Scheme, "scheme", false},
    {RuleTarget::Kind::Client, "client", false},
    {RuleTarget::Kind::ClientCertificateSubject, "client certificate", false},
    {RuleTarget::Kind::Count, "count", false},
    {RuleTarget::Kind::State, "state", true},
    {RuleTarget::Kind::Bucket, "bucket", true},
    {RuleTarget::Kind::Jwt, "jwt", true},
    {RuleTarget::Kind::Expression, "expression", false}};

const TargetWord &wordOf(RuleTarget::Kind kind)
{
    return *std::find_if(std::begin(kTargets), std::end(kTargets),
                         [&](const TargetWord &t) { return t.kind == kind; });
}

bool takesNoValue(RuleOperator op)
{
    return op == RuleOperator::Absent || op == RuleOperator::Empty;
}

QString valueText(const Condition &condition)
{
    const boost::json::value &value = condition.value;
    if (takesNoValue(condition.op))
        return value.is_bool() && !value.get_bool() ? QStringLiteral("false") : QString();
    if (const auto *text = value.if_string())
        return toQString(std::string_view(text->data(), text->size()));
    if (const auto *list = value.if_array(); list && condition.op == RuleOperator::OneOf) {
        QStringList words;
        for (const auto &item : *list) {
            if (const auto *word = item.if_string())
                words << toQString(std::string_view(word->data(), word->size()));
            else
                words << toQString(writeJson(item));
        }
        return words.join(QStringLiteral(", "));
    }
    return toQString(writeJson(value));
}

boost::json::value scalarOf(const QString &text)
{
    bool ok = false;
    if (const qint64 whole = text.toLongLong(&ok); ok && QString::number(whole) == text)
        return whole;
    if (const double number = text.toDouble(&ok); ok)
        return number;
    return boost::json::value(toStd(text));
}

boost::json::value valueOf(RuleOperator op, const QString &text, const boost::json::value &before)
{
    switch (op) {
    case RuleOperator::Absent:
    case RuleOperator::Empty:
        return text.trimmed() != QLatin1String("false");
    case RuleOperator::OneOf: {
        boost::json::array list;
        for (const QString &word : text.split(','))
            list.emplace_back(toStd(word.trimmed()));
        return list;
    }
    case RuleOperator::Less:
    case RuleOperator::LessOrEqual:
    case RuleOperator::Greater:
    case RuleOperator::GreaterOrEqual:
        return scalarOf(text.trimmed());
    case RuleOperator::Json:
    case RuleOperator::JsonSchema:
    case RuleOperator::HasExactly:
    case RuleOperator::Includes: {
        boost::system::error_code error;
        boost::json::value parsed = boost::json::parse(toStd(text), error);
        if (!error)
            return parsed;
        break;
    }
    default:
        break;
    }
    // A number that was a number in the file stays one.
    return before.is_number() ? scalarOf(text) : boost::json::value(toStd(text));
}

} // namespace

QString conditionProblem(const Condition &condition)
{
    const auto *text = condition.value.if_string();
    switch (condition.op) {
    case RuleOperator::Matches: {
        if (!text)
            return {};
        const QRegularExpression regex(toQString(std::string_view(text->data(), text->size())));
        if (!regex.isValid())
            return RulesModel::tr("position %1: %2")
                .arg(regex.patternErrorOffset() + 1)
                .arg(regex.errorString());
        return {};
    }
    case RuleOperator::Less:
    case RuleOperator::LessOrEqual:
    case RuleOperator::Greater:
    case RuleOperator::GreaterOrEqual:
        return condition.value.is_number() ? QString() : RulesModel::tr("expected a number");
    default:
        return {};
    }
}

RulesModel::RulesModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
    m_root->isGroup = true;
    connect(this, &RulesModel::edited, this, [this] { m_shown = rules(); });
}

RulesModel::~RulesModel() = default;

QStringList RulesModel::targetWords()
{
    QStringList words;
    for (const TargetWord &target : kTargets)
        words << QString::fromLatin1(target.word);
    return words;
}

QStringList RulesModel::operatorWords()
{
    QStringList words;
    for (const auto &[op, name] : ruleOperatorNames())
        words << toQString(name);
    return words;
}

QStringList RulesModel::groupWords() { return {tr("All of"), tr("Any of"), tr("None of")}; }

void RulesModel::setRules(const std::optional<Rule> &wanted)
{
    if (wanted == m_shown)
        return;
    m_shown = wanted;
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_root->isGroup = true;
    int leaves = 0;
    const std::function<void(Node &, const Rule &)> add = [&](Node &parent, const Rule &rule) {
        if (const auto *group = std::get_if<RuleGroup>(&rule.node)) {
            auto node = std::make_unique<Node>();
            node->parent = &parent;
            node->isGroup = true;
            node->kind = group->kind;
            for (const Rule &child : group->rules)
                add(*node, child);
            parent.children.push_back(std::move(node));
            return;
        }
        const RuleLeaf &leaf = std::get<RuleLeaf>(rule.node);
        Node *home = &parent;
        // Outside of an "all", several conditions of one leaf need a group to keep their meaning.
        if (leaf.conditions.size() > 1 && parent.kind != RuleGroup::Kind::All) {
            auto group = std::make_unique<Node>();
            group->parent = &parent;
            group->isGroup = true;
            home = group.get();
            parent.children.push_back(std::move(group));
        }
        for (const Condition &condition : leaf.conditions) {
            auto node = std::make_unique<Node>();
            node->parent = home;
            node->target = leaf.target;
            node->condition = condition;
            node->leaf = leaves;
            home->children.push_back(std::move(node));
        }
        ++leaves;
    };
    if (wanted) {
        if (const auto *group = std::get_if<RuleGroup>(&wanted->node)) {
            m_root->kind = group->kind;
            for (const Rule &rule : group->rules)
                add(*m_root, rule);
        } else {
            add(*m_root, *wanted);
        }
    }
    endResetModel();
}

std::optional<Rule> RulesModel::rules() const
{
    if (m_root->children.empty())
        return std::nullopt;
    const std::function<RuleGroup(const Node &)> collect = [&](const Node &node) {
        RuleGroup group;
        group.kind = node.kind;
        int leaf = -1;
        for (const auto &child : node.children) {
            if (child->isGroup) {
                leaf = -1;
                group.rules.push_back(Rule{collect(*child)});
                continue;
            }
            RuleLeaf *last
                = group.rules.empty() ? nullptr : std::get_if<RuleLeaf>(&group.rules.back().node);
            if (last && leaf >= 0 && child->leaf == leaf && last->target == child->target
                && node.kind == RuleGroup::Kind::All) {
                last->conditions.push_back(child->condition);
            } else {
                group.rules.push_back(Rule{RuleLeaf{child->target, {child->condition}}});
            }
            leaf = child->leaf;
        }
        return group;
    };
    RuleGroup root = collect(*m_root);
    // One leaf alone needs no group around it.
    if (root.rules.size() == 1 && root.kind == RuleGroup::Kind::All
        && std::holds_alternative<RuleLeaf>(root.rules.front().node))
        return root.rules.front();
    return Rule{std::move(root)};
}

int RulesModel::conditionCount() const
{
    const std::function<int(const Node &)> count = [&](const Node &node) {
        int sum = node.isGroup ? 0 : 1;
        for (const auto &child : node.children)
            sum += count(*child);
        return sum;
    };
    return count(*m_root);
}

RuleGroup::Kind RulesModel::rootKind() const { return m_root->kind; }

void RulesModel::setRootKind(RuleGroup::Kind kind)
{
    if (m_root->kind == kind)
        return;
    m_root->kind = kind;
    Q_EMIT edited();
}

RulesModel::Node *RulesModel::nodeAt(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex RulesModel::indexFor(const Node *node, int column) const
{
    return node == m_root.get() ? QModelIndex()
                                : createIndex(node->row(), column, const_cast<Node *>(node));
}

QModelIndex RulesModel::insert(const QModelIndex &after, std::unique_ptr<Node> node)
{
    Node *beside = nodeAt(after);
    Node *parent = beside->isGroup ? beside : beside->parent;
    const int row = beside->isGroup ? static_cast<int>(parent->children.size()) : beside->row() + 1;
    node->parent = parent;
    Node *made = node.get();
    beginInsertRows(indexFor(parent), row, row);
    parent->children.insert(parent->children.begin() + row, std::move(node));
    endInsertRows();
    return indexFor(made);
}

QModelIndex RulesModel::addCondition(const QModelIndex &after)
{
    auto node = std::make_unique<Node>();
    node->target = {RuleTarget::Kind::Query, "name", {}};
    node->condition.op = RuleOperator::Equals;
    node->condition.value = "";
    const QModelIndex index = insert(after, std::move(node));
    Q_EMIT edited();
    return index;
}

QModelIndex RulesModel::addGroup(const QModelIndex &after)
{
    auto group = std::make_unique<Node>();
    group->isGroup = true;
    group->kind = RuleGroup::Kind::Any;
    auto child = std::make_unique<Node>();
    child->parent = group.get();
    child->target = {RuleTarget::Kind::Query, "name", {}};
    child->condition.value = "";
    group->children.push_back(std::move(child));
    const QModelIndex index = insert(after, std::move(group));
    Q_EMIT edited();
    return index;
}

void RulesModel::remove(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    Node *node = nodeAt(index);
    Node *parent = node->parent;
    const int row = node->row();
    beginRemoveRows(indexFor(parent), row, row);
    const auto keep = std::move(parent->children[static_cast<std::size_t>(row)]);
    parent->children.erase(parent->children.begin() + row);
    endRemoveRows();
    Q_EMIT edited();
}

QModelIndex RulesModel::move(const QModelIndex &index, int step)
{
    if (!index.isValid())
        return {};
    Node *node = nodeAt(index);
    Node *parent = node->parent;
    const int row = node->row();
    const int target = row + step;
    if (target < 0 || target >= static_cast<int>(parent->children.size()))
        return {};
    const QModelIndex parentIndex = indexFor(parent);
    beginMoveRows(parentIndex, row, row, parentIndex, step > 0 ? target + 1 : target);
    std::swap(parent->children[static_cast<std::size_t>(row)],
              parent->children[static_cast<std::size_t>(target)]);
    endMoveRows();
    Q_EMIT edited();
    return indexFor(node);
}

QModelIndex RulesModel::index(int row, int column, const QModelIndex &parent) const
{
    const Node *node = nodeAt(parent);
    if (row < 0 || column < 0 || column >= ColumnCount
        || row >= static_cast<int>(node->children.size())
        || (parent.isValid() && parent.column() != 0))
        return {};
    return createIndex(row, column, node->children[static_cast<std::size_t>(row)].get());
}

QModelIndex RulesModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexFor(nodeAt(index)->parent) : QModelIndex();
}

int RulesModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid() && parent.column() != 0)
        return 0;
    return static_cast<int>(nodeAt(parent)->children.size());
}

int RulesModel::columnCount(const QModelIndex &) const { return ColumnCount; }

QVariant RulesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeAt(index);
    if (role == IsGroupRole)
        return node.isGroup;
    if (node.isGroup) {
        if (index.column() == TargetColumn && (role == Qt::DisplayRole || role == Qt::EditRole))
            return groupWords()[static_cast<int>(node.kind)];
        return {};
    }
    const QString problem = conditionProblem(node.condition);
    switch (role) {
    case ProblemRole:
        return problem;
    case Qt::ToolTipRole:
        return problem.isEmpty() ? QVariant() : plainToolTip(tr("Rule off: %1").arg(problem));
    case Qt::ForegroundRole:
        return index.column() == ValueColumn && !problem.isEmpty()
                   ? QVariant(roleColor(ColorRole::Error, QApplication::palette()))
                   : QVariant();
    case Qt::CheckStateRole:
        return index.column() == NotColumn
                   ? QVariant(node.condition.negated ? Qt::Checked : Qt::Unchecked)
                   : QVariant();
    case Qt::DisplayRole:
    case Qt::EditRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case TargetColumn:
        return QString::fromLatin1(wordOf(node.target.kind).word);
    case NameColumn: {
        QString name = toQString(node.target.name);
        if (node.target.kind == RuleTarget::Kind::Bucket && !node.target.path.empty())
            name += ':' + toQString(node.target.path);
        return name;
    }
    case NotColumn:
        return role == Qt::DisplayRole && node.condition.negated ? tr("not") : QString();
    case OperatorColumn:
        return toQString(ruleOperatorName(node.condition.op));
    case ValueColumn:
        return role == Qt::DisplayRole && !problem.isEmpty()
                   ? tr("%1   ✗ rule off: %2").arg(valueText(node.condition), problem)
                   : valueText(node.condition);
    default:
        return {};
    }
}

QVariant RulesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return QStringList{tr("Target"), tr("Name"), tr("Not"), tr("Operator"), tr("Value")}.value(
        section);
}

bool RulesModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid())
        return false;
    Node &node = *nodeAt(index);
    const QString text = value.toString();
    if (node.isGroup) {
        const auto kind = groupWords().indexOf(text);
        if (role != Qt::EditRole || index.column() != TargetColumn || kind < 0)
            return false;
        node.kind = static_cast<RuleGroup::Kind>(kind);
    } else if (role == Qt::CheckStateRole && index.column() == NotColumn) {
        node.condition.negated = value.toInt() == Qt::Checked;
    } else if (role != Qt::EditRole) {
        return false;
    } else if (index.column() == TargetColumn) {
        const auto target
            = std::find_if(std::begin(kTargets), std::end(kTargets),
                           [&](const TargetWord &t) { return text == QLatin1String(t.word); });
        if (target == std::end(kTargets) || target->kind == node.target.kind)
            return false;
        node.target.kind = target->kind;
        node.target.path.clear();
        if (!target->hasName)
            node.target.name.clear();
        else if (target->kind == RuleTarget::Kind::BodyJsonPath)
            node.target.name = "$.name";
        else if (target->kind == RuleTarget::Kind::BodyXPath)
            node.target.name = "/name";
        else if (node.target.name.empty())
            node.target.name = "name";
        node.leaf = -1;
    } else if (index.column() == NameColumn) {
        std::string name = toStd(text.trimmed());
        if (name.empty() || name == node.target.name)
            return false;
        node.target.name = std::move(name);
        if (node.target.kind == RuleTarget::Kind::Bucket) {
            const QString trimmed = text.trimmed();
            node.target.name = toStd(trimmed.section(':', 0, 0));
            node.target.path = toStd(trimmed.section(':', 1));
        }
        node.leaf = -1;
    } else if (index.column() == OperatorColumn) {
        const auto &names = ruleOperatorNames();
        const auto found = std::find_if(names.begin(), names.end(),
                                        [&](const auto &n) { return toQString(n.second) == text; });
        if (found == names.end() || found->first == node.condition.op)
            return false;
        const QString before = valueText(node.condition);
        node.condition.op = found->first;
        node.condition.options.clear();
        node.condition.value = valueOf(found->first, before, {});
    } else {
        boost::json::value now = valueOf(node.condition.op, text, node.condition.value);
        if (now == node.condition.value)
            return false;
        node.condition.value = std::move(now);
    }
    // NOLINTNEXTLINE(readability-misleading-indentation): the macro before it is empty
    Q_EMIT dataChanged(index.siblingAtColumn(0), index.siblingAtColumn(ColumnCount - 1));
    Q_EMIT edited();
    return true;
}

Qt::ItemFlags RulesModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Node &node = *nodeAt(index);
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (node.isGroup)
        return index.column() == TargetColumn ? flags | Qt::ItemIsEditable : flags;
    switch (index.column()) {
    case NotColumn:
        return flags | Qt::ItemIsUserCheckable;
    case NameColumn:
        return wordOf(node.target.kind).hasName ? flags | Qt::ItemIsEditable : flags;
    case ValueColumn:
        return takesNoValue(node.condition.op) ? flags : flags | Qt::ItemIsEditable;
    default:
        return flags | Qt::ItemIsEditable;
    }
}

} // namespace understudy::ui
