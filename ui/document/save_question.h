// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/workspace_document.h"

#include <functional>
#include <vector>

namespace understudy::ui {

/// What has to be answered before the edits of a server can go to the disk: a banner, and a line of
/// the dialog that comes before edits would be lost.
struct SaveQuestion
{
    struct Choice
    {
        QString id; ///< of the action, "file.reload"
        QString text;
        std::function<void()> run;
    };

    QString kind; ///< of the banner, "externalChange"
    QString text; ///< a sentence or two; empty = there is nothing to ask
    std::vector<Choice> choices;
    bool isBetweenTwo = false; ///< two versions of the file, which can be compared

    bool isValid() const { return !text.isEmpty(); }
};

/// The question about one server. Its choices act on `workspace`, which has to outlive them.
SaveQuestion saveQuestion(WorkspaceDocument &workspace, const QString &id);

} // namespace understudy::ui
