// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/endpoint/rules_editor.h"

#include "ui/models/rules_model.h"
#include "ui/panels/endpoint/rules_table.h"
#include "ui/widgets/list_keys.h"
#include "ui/widgets/tool_button.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace understudy::ui {

RulesEditor::RulesEditor(const QString &prefix, const QString &buttonPrefix,
                         const QString &emptyNote, QWidget *parent)
    : QWidget(parent)
    , m_model(new RulesModel(this))
    , m_table(new RulesTable)
    , m_operator(new QComboBox)
    , m_note(new QLabel)
    , m_emptyNote(emptyNote)
{
    m_table->setObjectName(prefix + QStringLiteral("Table"));
    m_table->setAccessibleName(tr("Rules"));
    m_table->setModel(m_model);
    m_table->header()->setStretchLastSection(true);
    new ListKeys(m_table, {.remove = [this] { removeCurrent(); },
                           .duplicate = [this] { duplicateCurrent(); }});
    m_operator->setObjectName(prefix + QStringLiteral("OperatorCombo"));
    m_operator->setAccessibleName(tr("How the rules combine"));
    m_operator->addItems(ruleGroupWords());
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setObjectName(prefix + QStringLiteral("Note"));

    const auto button = [&](const char *name, const char *icon, const QString &text, auto slot) {
        const QString plain = QString::fromLatin1(name);
        QToolButton *b = makeTextButton(
            buttonPrefix.isEmpty() ? plain : buttonPrefix + plain.left(1).toUpper() + plain.mid(1),
            icon, text);
        connect(b, &QToolButton::clicked, this, slot);
        return b;
    };
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_operator);
    row->addWidget(button("addRuleButton", "list-add", tr("Add ru&le"), [this] {
        const QModelIndex index = m_model->addCondition(m_table->currentIndex().siblingAtColumn(0));
        m_table->expandAll();
        m_table->setCurrentIndex(index.siblingAtColumn(RulesModel::NameColumn));
        m_table->edit(index.siblingAtColumn(RulesModel::NameColumn));
    }));
    row->addWidget(button("addRuleGroupButton", "folder-new", tr("Add &group"), [this] {
        m_table->setCurrentIndex(m_model->addGroup(m_table->currentIndex().siblingAtColumn(0)));
        m_table->expandAll();
    }));
    row->addWidget(
        button("removeRuleButton", "list-remove", tr("Remove"), [this] { removeCurrent(); }));
    row->addStretch();
    m_note->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    layout->addLayout(row);
    layout->addWidget(m_note);
    layout->addWidget(m_table);

    connect(m_operator, &QComboBox::activated, this,
            [this](int index) { m_model->setRootKind(static_cast<RuleGroup::Kind>(index)); });
    connect(m_model, &RulesModel::edited, this, [this] {
        updateNote();
        Q_EMIT edited();
    });
    updateNote();
}

void RulesEditor::setRules(const std::optional<Rule> &rules)
{
    m_model->setRules(rules);
    m_table->expandAll();
    updateNote();
}

std::optional<Rule> RulesEditor::rules() const { return m_model->rules(); }

int RulesEditor::conditionCount() const { return m_model->conditionCount(); }

void RulesEditor::setResults(std::vector<ConditionTrace> results)
{
    m_model->setResults(std::move(results));
    updateNote();
}

void RulesEditor::moveCurrent(int step)
{
    const int column = m_table->currentIndex().column();
    const QModelIndex moved = m_model->move(m_table->currentIndex().siblingAtColumn(0), step);
    if (moved.isValid())
        m_table->setCurrentIndex(moved.siblingAtColumn(column));
}

void RulesEditor::removeCurrent() { m_model->remove(m_table->currentIndex().siblingAtColumn(0)); }

void RulesEditor::duplicateCurrent()
{
    const int column = m_table->currentIndex().column();
    const QModelIndex made = m_model->duplicate(m_table->currentIndex().siblingAtColumn(0));
    m_table->expandAll();
    if (made.isValid())
        m_table->setCurrentIndex(made.siblingAtColumn(column));
}

void RulesEditor::updateNote()
{
    m_operator->setCurrentIndex(static_cast<int>(m_model->rootKind()));
    m_operator->setVisible(m_model->rowCount() > 1 || m_model->rootKind() != RuleGroup::Kind::All);
    m_table->setColumnHidden(RulesModel::OptionsColumn, !m_model->hasOptions());
    m_table->setColumnHidden(RulesModel::ResultColumn, !m_model->hasResults());
    m_table->fitColumns();
    m_note->setText(m_model->rowCount() == 0 ? m_emptyNote : QString());
    m_note->setVisible(!m_note->text().isEmpty());
}

} // namespace understudy::ui
