// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/window/save_questions.h"

#include "ui/dialogs/compare_dialog.h"
#include "ui/document/save_question.h"
#include "ui/services/theme.h"
#include "ui/widgets/message_bar.h"

#include <QApplication>
#include <QLocale>
#include <QToolButton>

namespace understudy::ui {

namespace {

QString saveKey(const QString &id) { return QStringLiteral("save/") + id; }

} // namespace

SaveQuestions::SaveQuestions(WorkspaceDocument &workspace, MessageBar &messages, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_messages(messages)
    , m_label(new QToolButton)
{
    m_label->setObjectName(QStringLiteral("saveStateLabel"));
    m_label->setAccessibleName(tr("Save state"));
    m_label->setAutoRaise(true);
    m_label->setFocusPolicy(Qt::TabFocus);
    connect(m_label, &QToolButton::clicked, this, &SaveQuestions::saveOrAsk);
    connect(&workspace, &WorkspaceDocument::saveFailed, this, &SaveQuestions::post);
    connect(&workspace, &WorkspaceDocument::externalConflict, this, &SaveQuestions::post);
    connect(&workspace, &WorkspaceDocument::serverStateChanged, this, &SaveQuestions::follow);
    connect(&workspace, &WorkspaceDocument::saveStateChanged, this, &SaveQuestions::refreshLabel);
    connect(&workspace, &WorkspaceDocument::fileFailed, this, [this](const QString &message) {
        m_messages.post(QStringLiteral("saveFailed"), QStringLiteral("file"), message, {});
    });
}

void SaveQuestions::post(const QString &id)
{
    const SaveQuestion question = saveQuestion(m_workspace, id);
    if (!question.isValid()) {
        m_messages.remove(saveKey(id));
        return;
    }
    std::vector<BannerAction> actions;
    for (const SaveQuestion::Choice &choice : question.choices)
        actions.push_back({choice.id, choice.text, choice.run});
    if (question.isBetweenTwo) {
        const auto compare = [this, id] {
            auto *dialog
                = new CompareDialog({compareWithDisk(m_workspace, id)}, m_messages.window());
            dialog->open();
        };
        actions.push_back({QStringLiteral("file.compare"), tr("Compare"), compare, false});
    }
    m_messages.post(question.kind, saveKey(id), question.text, actions);
}

void SaveQuestions::follow(const QString &id)
{
    const ServerDocument *document = m_workspace.find(id);
    const Unsaved state = document ? document->unsaved() : Unsaved::No;
    if (state == Unsaved::Removed || state == Unsaved::Broken)
        post(id);
    else if (state == Unsaved::No || state == Unsaved::Waiting)
        m_messages.remove(saveKey(id));
}

void SaveQuestions::ask(const QString &id)
{
    post(id);
    m_messages.focusFirst();
}

void SaveQuestions::saveOrAsk()
{
    m_workspace.saveNow();
    bool asks = false;
    for (const auto &document : m_workspace.servers()) {
        const Unsaved state = document->unsaved();
        if (state == Unsaved::No || state == Unsaved::Waiting)
            continue;
        post(document->id);
        asks = true;
    }
    if (asks)
        m_messages.focusFirst();
}

void SaveQuestions::refreshLabel()
{
    QString text;
    QString state;
    QString tip;
    switch (m_workspace.saveState()) {
    case SaveState::Saved:
        state = QStringLiteral("saved");
        text = m_workspace.lastSaved().isValid()
                   ? tr("Saved %1")
                         .arg(QLocale().toString(m_workspace.lastSaved().time(),
                                                 QStringLiteral("HH:mm")))
                   : tr("Saved");
        break;
    case SaveState::Saving:
        state = QStringLiteral("saving");
        text = tr("Saving…");
        break;
    case SaveState::NotSaved:
        state = QStringLiteral("notSaved");
        text = tr("Not saved");
        tip = tr("Show why, and what can be done");
        break;
    }
    m_label->setText(text);
    m_label->setToolTip(tip);
    m_label->setVisible(m_workspace.isOpen());
    m_label->setProperty("state", state);
    QPalette palette = QApplication::palette();
    if (m_workspace.saveState() == SaveState::NotSaved)
        palette.setColor(QPalette::ButtonText, roleColor(ColorRole::Error, palette));
    m_label->setPalette(palette);
}

} // namespace understudy::ui
