// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/unsaved_dialog.h"

#include "ui/dialogs/compare_dialog.h"
#include "ui/document/save_question.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace understudy::ui {

namespace {

QPushButton *choiceButton(const QString &actionId, const QString &text)
{
    auto *button = new QPushButton(text);
    button->setObjectName(QStringLiteral("unsavedChoice"));
    button->setProperty("actionId", actionId);
    button->setAccessibleName(text);
    button->setAutoDefault(false);
    return button;
}

QWidget *questionRow(const SaveQuestion &question, const std::function<void()> &compare)
{
    auto *row = new QWidget;
    row->setObjectName(QStringLiteral("unsavedRow"));
    auto *text = new QLabel;
    text->setObjectName(QStringLiteral("unsavedText"));
    text->setTextFormat(Qt::PlainText);
    text->setText(question.text);
    text->setWordWrap(true);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(text, 1);
    for (const SaveQuestion::Choice &choice : question.choices) {
        auto *button = choiceButton(choice.id, choice.text);
        layout->addWidget(button);
        // Queued: the row goes with the answer.
        QObject::connect(button, &QPushButton::clicked, row, choice.run, Qt::QueuedConnection);
    }
    if (question.isBetweenTwo) {
        auto *button = choiceButton(QStringLiteral("file.compare"), UnsavedDialog::tr("Compare"));
        layout->addWidget(button);
        QObject::connect(button, &QPushButton::clicked, row, compare);
    }
    return row;
}

} // namespace

UnsavedDialog::UnsavedDialog(WorkspaceDocument &workspace, const QString &leave, QWidget *parent)
    : QDialog(parent)
    , m_workspace(workspace)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("unsavedDialog"));
    setWindowTitle(tr("Not saved"));
    auto *head = new QLabel(tr("Some changes are not saved."));
    head->setObjectName(QStringLiteral("unsavedHeading"));
    auto *buttons = new QDialogButtonBox;
    auto *cancel = buttons->addButton(QDialogButtonBox::Cancel);
    cancel->setObjectName(QStringLiteral("unsavedCancelButton"));
    auto *discard = buttons->addButton(leave, QDialogButtonBox::DestructiveRole);
    discard->setObjectName(QStringLiteral("discardButton"));
    discard->setAutoDefault(false);
    cancel->setDefault(true);
    m_layout->addWidget(head);
    m_layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(discard, &QPushButton::clicked, this, [this] {
        m_isDiscarded = true;
        accept();
    });
    connect(&workspace, &WorkspaceDocument::saveStateChanged, this, &UnsavedDialog::refresh);
    connect(&workspace, &WorkspaceDocument::serverStateChanged, this, &UnsavedDialog::refresh);
    refresh();
}

void UnsavedDialog::refresh()
{
    if (m_isDiscarded)
        return;
    if (!m_workspace.hasUnsavedEdits()) {
        // Queued: what led here may still be at work on the documents.
        QMetaObject::invokeMethod(this, &QDialog::accept, Qt::QueuedConnection);
        return;
    }
    auto *questions = new QWidget;
    auto *rows = new QVBoxLayout(questions);
    rows->setContentsMargins(0, 0, 0, 0);
    for (const auto &document : m_workspace.servers()) {
        const SaveQuestion question = saveQuestion(m_workspace, document->id);
        if (document->isDirty() && question.isValid())
            rows->addWidget(questionRow(question, [this, id = document->id] {
                auto *compare = new CompareDialog({compareWithDisk(m_workspace, id)}, this);
                compare->open();
            }));
    }
    rows->addStretch();
    questions->setMinimumWidth(fontMetrics().horizontalAdvance('x') * 80);
    if (m_questions) {
        m_questions->hide();
        m_questions->deleteLater();
    }
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(questions);
    scroll->setMinimumWidth(questions->minimumWidth());
    scroll->setMinimumHeight(std::min(questions->sizeHint().height(), fontMetrics().height() * 16));
    m_questions = scroll;
    m_layout->insertWidget(1, m_questions, 1);
}

} // namespace understudy::ui
