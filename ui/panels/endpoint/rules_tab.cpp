// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/endpoint/rules_tab.h"

#include "ui/panels/endpoint/rules_editor.h"

#include <QVBoxLayout>

namespace understudy::ui {

RulesTab::RulesTab(QWidget *parent)
    : ResponseTab(parent)
    , m_editor(new RulesEditor(QStringLiteral("rules"), {}, {}))
{
    setObjectName(QStringLiteral("rulesTab"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_editor);
    connect(m_editor, &RulesEditor::edited, this, [this] {
        const std::optional<Rule> rules = m_editor->rules();
        Q_EMIT changeRequested(
            tr("Edit rules"), [rules](Response &r) { r.when = rules; }, QStringLiteral("when"));
    });
}

void RulesTab::showResponse(const ResponseView &view)
{
    switch (view.endpoint.select) {
    case Selection::Sequence:
        m_editor->setEmptyNote(tr("No rules: answers when its turn comes"));
        break;
    case Selection::Random:
        m_editor->setEmptyNote(tr("No rules: always among those that are drawn from"));
        break;
    default:
        m_editor->setEmptyNote(tr("No rules: answers whenever no other response does"));
    }
    m_editor->setRules(view.response.when);
}

QString RulesTab::title() const
{
    const int count = m_editor->conditionCount();
    return count > 0 ? tr("&Rules (%1)").arg(count) : tr("&Rules");
}

void RulesTab::moveCurrent(int step) { m_editor->moveCurrent(step); }

} // namespace understudy::ui
