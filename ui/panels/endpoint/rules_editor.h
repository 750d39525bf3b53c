// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/match/explanation.h"
#include "core/model/rule.h"

#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;

namespace understudy::ui {

class RulesModel;
class RulesTable;

/// A table of rules with its buttons; each row reads like a sentence.
class RulesEditor : public QWidget
{
    Q_OBJECT
public:
    /// `prefix` begins the names of its parts: "rules" gives `rulesTable`, `rulesOperatorCombo`,
    /// and with `buttonPrefix` "" `addRuleButton`. `emptyNote` stands there while there is no rule.
    RulesEditor(const QString &prefix, const QString &buttonPrefix, const QString &emptyNote,
                QWidget *parent = nullptr);

    void setEmptyNote(const QString &note) { m_emptyNote = note; } ///< from the next rules on
    void setRules(const std::optional<Rule> &rules);
    std::optional<Rule> rules() const;
    int conditionCount() const;
    /// How the conditions hold for some request; none: the column is not there.
    void setResults(std::vector<ConditionTrace> results);
    void moveCurrent(int step);

Q_SIGNALS:
    void edited();

private:
    void updateNote();
    void removeCurrent();
    void duplicateCurrent();

    RulesModel *m_model;
    RulesTable *m_table;
    QComboBox *m_operator;
    QLabel *m_note;
    QString m_emptyNote;
};

} // namespace understudy::ui
