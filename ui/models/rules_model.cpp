// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/rules_model.h"

#include "ui/models/rule_values.h"
#include "ui/models/rules_node.h"

#include <algorithm>

namespace understudy::ui {

RulesModel::RulesModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
    m_root->isGroup = true;
    connect(this, &RulesModel::edited, this, [this] { m_shown = rules(); });
}

RulesModel::~RulesModel() = default;

void RulesModel::setRules(const std::optional<Rule> &wanted)
{
    if (wanted == m_shown)
        return;
    m_shown = wanted;
    beginResetModel();
    m_root = std::make_unique<Node>();
    m_root->isGroup = true;
    m_root->isMade = !wanted || !std::holds_alternative<RuleGroup>(wanted->node);
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
            group->isMade = true;
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
    const std::function<Rule(const Node &)> collect = [&](const Node &node) {
        RuleGroup group;
        group.kind = node.kind;
        int leaf = -1;
        for (const auto &child : node.children) {
            if (child->isGroup) {
                leaf = -1;
                group.rules.push_back(collect(*child));
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
        // One leaf alone needs no group around it where the file has none.
        if (node.isMade && group.rules.size() == 1 && group.kind == RuleGroup::Kind::All
            && std::holds_alternative<RuleLeaf>(group.rules.front().node))
            return group.rules.front();
        return Rule{std::move(group)};
    };
    return collect(*m_root);
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

bool RulesModel::hasOptions() const
{
    const std::function<bool(const Node &)> has = [&](const Node &node) {
        return (!node.isGroup && takesOptions(node.condition.op))
               || std::any_of(node.children.begin(), node.children.end(),
                              [&](const auto &child) { return has(*child); });
    };
    return has(*m_root);
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
    return beside->isGroup
               ? insertAt(beside, static_cast<int>(beside->children.size()), std::move(node))
               : insertAt(beside->parent, beside->row() + 1, std::move(node));
}

QModelIndex RulesModel::insertAt(Node *parent, int row, std::unique_ptr<Node> node)
{
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

QModelIndex RulesModel::duplicate(const QModelIndex &index)
{
    if (!index.isValid())
        return {};
    const std::function<std::unique_ptr<Node>(const Node &)> copy = [&](const Node &node) {
        auto made = std::make_unique<Node>();
        made->isGroup = node.isGroup;
        made->kind = node.kind;
        made->target = node.target;
        made->condition = node.condition;
        for (const auto &child : node.children) {
            made->children.push_back(copy(*child));
            made->children.back()->parent = made.get();
        }
        return made;
    };
    Node *beside = nodeAt(index);
    const QModelIndex made = insertAt(beside->parent, beside->row() + 1, copy(*beside));
    Q_EMIT edited();
    return made;
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

void RulesModel::setResults(std::vector<ConditionTrace> results)
{
    if (results == m_results)
        return;
    m_results = std::move(results);
    const std::function<void(const Node &)> tell = [&](const Node &node) {
        for (const auto &child : node.children) {
            if (child->isGroup)
                tell(*child);
        }
        if (!node.children.empty())
            Q_EMIT dataChanged(indexFor(node.children.front().get(), ResultColumn),
                               indexFor(node.children.back().get(), ResultColumn));
    };
    tell(*m_root);
}

/// Null while the conditions are not those that were tried.
const ConditionTrace *RulesModel::resultOf(const Node &wanted) const
{
    if (static_cast<int>(m_results.size()) != conditionCount())
        return nullptr;
    std::size_t place = 0;
    const std::function<const Node *(const Node &)> find = [&](const Node &node) -> const Node * {
        for (const auto &child : node.children) {
            if (const Node *found = child->isGroup ? find(*child) : nullptr)
                return found;
            if (child.get() == &wanted)
                return child.get();
            place += child->isGroup ? 0 : 1;
        }
        return nullptr;
    };
    return find(*m_root) && m_results[place].subject == ruleTargetText(wanted.target)
               ? &m_results[place]
               : nullptr;
}

int RulesModel::columnCount(const QModelIndex &) const { return ColumnCount; }

} // namespace understudy::ui
