// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/server_document.h"

#include "core/formats/server_id.h"
#include "ui/document/workspace_document.h"
#include "ui/services/text.h"

#include <QDir>
#include <QFileInfo>

namespace understudy::ui {

QString serverIdForFile(const QString &fileName)
{
    const std::filesystem::path file = toPath(fileName);
    return formats::hasMockEnding(file) ? toQString(formats::serverIdOf(file)) : QString();
}

QStringList mockFilesIn(const QString &folder)
{
    const QDir dir(folder);
    QStringList files;
    for (const QString &name : dir.entryList(QDir::Files, QDir::Name)) {
        if (formats::hasMockEnding(toPath(name)))
            files << dir.absoluteFilePath(name);
    }
    return files;
}

Unsaved ServerDocument::unsaved() const
{
    // A conflict is one even when undo has taken the edits back: what is shown here is not what
    // lies on the disk.
    if (isRemoved)
        return isDirty() ? Unsaved::Removed : Unsaved::No;
    if (hasConflict)
        return Unsaved::Conflict;
    if (!isDirty())
        return Unsaved::No;
    if (isBroken())
        return Unsaved::Broken;
    return saveError.isEmpty() ? Unsaved::Waiting : Unsaved::Failed;
}

QString ServerDocument::problemText() const
{
    if (isRemoved)
        return WorkspaceDocument::tr("%1 was removed").arg(QFileInfo(file).fileName());
    if (problems.empty())
        return {};
    const Error &error = problems.front().error;
    const QString name = QFileInfo(file).fileName();
    if (error.where.line > 0)
        return WorkspaceDocument::tr("%1, line %2: %3")
            .arg(name)
            .arg(error.where.line)
            .arg(toQString(error.message));
    return WorkspaceDocument::tr("%1: %2").arg(name, toQString(error.message));
}

void ServerDocument::read(const std::string &newText)
{
    if (MockFile::read(newText, toStd(QFileInfo(file).fileName())))
        value = saved;
}

} // namespace understudy::ui
