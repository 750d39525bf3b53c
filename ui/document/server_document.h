// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/workspace/mock_file.h"

#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace understudy::ui {

using workspace::ServerValue;

/// What keeps edits of a server from the disk. Waiting passes by itself; the others are questions
/// that only the user can answer.
enum class Unsaved { No, Waiting, Conflict, Removed, Broken, Failed };

/// One mock file of the workspace: what lies on the disk and what the user made of it. Owned and
/// changed by WorkspaceDocument alone; the window's thread.
struct ServerDocument : workspace::MockFile
{
    QString id;             ///< from the file's name; also the id in the Workbench and in exchanges
    QString file;           ///< absolute path
    ServerValue value;      ///< null if the file never could be read
    bool isRemoved = false; ///< the file was taken away from outside
    bool hasConflict = false; ///< the file was changed outside while there were edits here
    QString saveError;        ///< why the last save failed, or empty
    bool isSaving = false;    ///< a worker writes the file; what is heard of it meanwhile waits

    /// What takes longer than a turn of the window may last is done by workers.
    bool isLarge() const { return text.size() > 256 * 1024; }
    bool isDirty() const { return value && value != saved && (!saved || !(*value == *saved)); }
    Unsaved unsaved() const;
    /// "shop.mock.yaml, line 41: bad indentation"; empty if the file is fine.
    QString problemText() const;

    /// Takes over what a text says: as value and as what is saved, or as problems.
    void read(const std::string &newText);
    /// The file's text with the edits in it.
    std::string editedText() const { return value ? MockFile::editedText(*value) : text; }
};

/// "shop-api.mock.yaml" -> "shop-api"; empty if it is not the name of a mock file.
QString serverIdForFile(const QString &fileName);

/// The mock files directly in a folder, by name.
QStringList mockFilesIn(const QString &folder);

} // namespace understudy::ui
