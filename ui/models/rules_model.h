// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/match/explanation.h"
#include "core/model/rule.h"
#include "ui/models/rule_words.h"

#include <QAbstractItemModel>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace understudy::ui {

/// The rules of a response as an editable tree: groups (all, any, none) and one row for each
/// condition. A leaf of the file with several conditions is shown as several rows and written back
/// as it was.
class RulesModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column {
        TargetColumn,
        NameColumn,
        NotColumn,
        OperatorColumn,
        ValueColumn,
        OptionsColumn,
        ResultColumn,
        ColumnCount
    };
    enum Role {
        IsGroupRole = Qt::UserRole + 1,
        ProblemRole, ///< QString: why the rule is off, or what was typed not taken; empty if not
        WordsRole    ///< QStringList: what a combo box in the cell offers; nothing for the rest
    };

    explicit RulesModel(QObject *parent = nullptr);
    ~RulesModel() override;

    /// Shows other rules; nothing is emitted. Equal rules change nothing.
    void setRules(const std::optional<Rule> &rules);
    std::optional<Rule> rules() const;
    int conditionCount() const;

    RuleGroup::Kind rootKind() const;
    void setRootKind(RuleGroup::Kind kind);
    /// Behind `after`, or into it if it is a group; at the end without. Returns the new row.
    QModelIndex addCondition(const QModelIndex &after);
    QModelIndex addGroup(const QModelIndex &after);
    /// Behind `index`, with everything in it. Returns the copy.
    QModelIndex duplicate(const QModelIndex &index);
    void remove(const QModelIndex &index);
    QModelIndex move(const QModelIndex &index, int step);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    /// How the conditions hold for some request, in the order of the rows; none: there is nothing
    /// to say. What is of other conditions is not shown.
    void setResults(std::vector<ConditionTrace> results);
    bool hasResults() const { return !m_results.empty(); }

    /// Some condition has options, or may have.
    bool hasOptions() const;

Q_SIGNALS:
    void edited();

private:
    struct Node;

    Node *nodeAt(const QModelIndex &index) const;
    QModelIndex indexFor(const Node *node, int column = 0) const;
    QModelIndex insert(const QModelIndex &after, std::unique_ptr<Node> node);
    QModelIndex insertAt(Node *parent, int row, std::unique_ptr<Node> node);

    static QString problemIn(const Node &node, int column);
    static QString plainText(const Node &node, int column);
    static QString shownText(const Node &node, int column);
    static bool setTarget(Node &node, const QString &text);
    static bool setName(Node &node, const QString &text);
    static bool setOperator(Node &node, const QString &text);
    static bool setValue(Node &node, const QString &text);
    static bool setOptions(Node &node, const QString &text);
    static bool setCell(Node &node, int column, const QString &text);

    const ConditionTrace *resultOf(const Node &node) const;

    std::unique_ptr<Node> m_root;
    std::vector<ConditionTrace> m_results;
    std::optional<Rule> m_shown; ///< as given or as last edited
};

} // namespace understudy::ui
