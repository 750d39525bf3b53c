// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/save_question.h"

#include <QFileInfo>

namespace understudy::ui {

namespace {

QString questionText(const ServerDocument &document)
{
    const QString name = QFileInfo(document.file).fileName();
    switch (document.unsaved()) {
    case Unsaved::Conflict:
        return document.isDirty()
                   ? WorkspaceDocument::tr("%1 was changed outside while there are edits here.")
                         .arg(name)
                   : WorkspaceDocument::tr("%1 was changed outside.").arg(name);
    case Unsaved::Removed:
        return WorkspaceDocument::tr("%1 was removed outside while there are edits here.")
            .arg(name);
    case Unsaved::Broken:
        return WorkspaceDocument::tr("%1 cannot be read, and there are edits here.").arg(name);
    case Unsaved::Failed:
        return WorkspaceDocument::tr("%1 is not saved: %2. The edits are kept here.")
            .arg(name, document.saveError);
    case Unsaved::No:
    case Unsaved::Waiting:
        break;
    }
    return document.isRemoved ? WorkspaceDocument::tr("%1 was removed outside.").arg(name)
                              : QString();
}

} // namespace

SaveQuestion saveQuestion(WorkspaceDocument &workspace, const QString &id)
{
    const ServerDocument *document = workspace.find(id);
    if (!document)
        return {};
    SaveQuestion question;
    question.kind = QStringLiteral("externalChange");
    question.text = questionText(*document);
    if (!question.isValid())
        return {};
    const auto offer = [&](const QString &action, const QString &text,
                           void (WorkspaceDocument::*run)(const QString &)) {
        question.choices.push_back({action, text, [&workspace, run, id] { (workspace.*run)(id); }});
    };
    if (document->isRemoved) {
        offer(QStringLiteral("file.writeAgain"), WorkspaceDocument::tr("Write again"),
              &WorkspaceDocument::writeAgain);
        offer(QStringLiteral("file.forget"), WorkspaceDocument::tr("Remove from list"),
              &WorkspaceDocument::forget);
    } else if (document->unsaved() == Unsaved::Failed) {
        question.kind = QStringLiteral("saveFailed");
        question.choices.push_back({QStringLiteral("file.save"), WorkspaceDocument::tr("Retry"),
                                    [&workspace] { workspace.saveNow(); }});
    } else {
        question.isBetweenTwo = document->isDirty();
        offer(QStringLiteral("file.reload"), WorkspaceDocument::tr("Reload"),
              &WorkspaceDocument::reloadFromDisk);
        offer(QStringLiteral("file.keepMine"), WorkspaceDocument::tr("Keep mine"),
              &WorkspaceDocument::keepMine);
    }
    return question;
}

} // namespace understudy::ui
