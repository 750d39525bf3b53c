// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/import_update.h"
#include "ui/document/server_document.h"
#include "ui/session/import_flow.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace understudy::ui {

/// A server of the open workspace that an earlier import of the same document has made, and what
/// the document says otherwise now.
struct ServerUpdate
{
    QString serverId;
    QString name;
    ServerValue before; ///< what the changes were compared with
    formats::LoadedServer loaded;
    std::shared_ptr<const workspace::ImportUpdate> update;
};

/// What an import would bring up to date instead of bringing it once more.
struct UpdateOffer
{
    QString name; ///< of the document
    std::vector<ServerUpdate> servers;
    int newServers = 0; ///< of the document that the workspace has not
};

/// No servers where the workspace has none of that document. Reads the document again where it was
/// read in another way.
UpdateOffer updatesOf(const DesktopSession &session, const ImportOffer &offer);

/// What came of it, a sentence for each failure.
struct UpdateOutcome
{
    QStringList servers; ///< ids of those that were changed
    QStringList failures;
    QStringList notCopied; ///< files they name that could not be brought along, and why
};

/// Takes over the changes that are accepted: a flag for each, for each server. One undo step.
UpdateOutcome takeUpdate(DesktopSession &session, const UpdateOffer &offer,
                         const std::vector<std::vector<bool>> &accepted);

} // namespace understudy::ui
