// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"
#include "core/wire/document_fetch.h"

#include <QStringList>

#include <functional>

namespace understudy::ui {

class DesktopSession;

/// A file of another program (or a mock file of another folder) that was read, before the user has
/// said where its servers go.
struct ImportOffer
{
    using Reader = std::function<formats::LoadOutcome(const formats::LoadOptions &)>;

    QString name; ///< what was read, as people know it
    Reader read;  ///< reads it again, in another way
    formats::LoadOutcome outcome;
    QStringList folders; ///< where they may be written, the likeliest first
    QString failure;     ///< why there is nothing to import; else empty
};

struct ImportOutcome
{
    QStringList servers;   ///< ids of those that were added, in the file's order
    QStringList failures;  ///< a sentence for each that was not
    QStringList notCopied; ///< files they name that could not be brought along, and why
};

/// Of a file or folder, and of a text from the clipboard. What is read can be served as a mock
/// file.
ImportOffer readImport(const DesktopSession &session, const QString &file);
ImportOffer readImportText(const DesktopSession &session, const QString &text);
/// Of what was fetched from a URL.
ImportOffer readImportDocument(const DesktopSession &session,
                               const wire::FetchedDocument &document);

/// Adds the servers, and the files that they name, to the workspace that is open; one undo step. A
/// port that another server of the workspace wants is replaced by a free one. None is started.
ImportOutcome takeImport(DesktopSession &session, const formats::LoadOutcome &outcome);

} // namespace understudy::ui
