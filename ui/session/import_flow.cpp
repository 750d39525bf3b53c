// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/import_flow.h"

#include "core/workspace/broken_rules.h"
#include "core/workspace/named_files.h"
#include "ui/services/text.h"
#include "ui/session/desktop_session.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace understudy::ui {

namespace {

ImportOffer offerOf(const DesktopSession &session, formats::LoadOutcome outcome,
                    const QString &beside)
{
    ImportOffer offer;
    offer.outcome = std::move(outcome);
    if (offer.outcome.servers.empty()) {
        offer.failure = offer.outcome.errors.empty()
                            ? QCoreApplication::translate("ImportFlow", "nothing in it can be read")
                            : toQString(offer.outcome.errors.front().error.message);
        return offer;
    }
    if (session.workspace().isOpen())
        offer.folders << session.workspace().folder();
    if (!beside.isEmpty())
        offer.folders << beside;
    offer.folders << session.dataFolder(QStringLiteral("workspace"));
    offer.folders.removeDuplicates();
    return offer;
}

} // namespace

ImportOffer readImport(const DesktopSession &session, const QString &file)
{
    return offerOf(session, loadImport(file, {}), QFileInfo(file).absolutePath());
}

formats::LoadOutcome loadImport(const QString &file, const formats::LoadOptions &options)
{
    formats::LoadOutcome outcome = formats::load(toPath(file), options);
    workspace::switchOffBrokenRules(outcome);
    return outcome;
}

ImportOffer readImportText(const DesktopSession &session, const QString &text)
{
    return offerOf(session, loadClipboard(text, {}), {});
}

formats::LoadOutcome loadClipboard(const QString &text, const formats::LoadOptions &options)
{
    formats::LoadOutcome outcome = formats::loadText(toStd(text), "Clipboard", options);
    workspace::switchOffBrokenRules(outcome);
    return outcome;
}

ImportOutcome takeImport(DesktopSession &session, const formats::LoadOutcome &outcome)
{
    WorkspaceDocument &workspace = session.workspace();
    ImportOutcome out;
    workspace.undoStack()->beginMacro(QCoreApplication::translate("ImportFlow", "Import"));
    for (const formats::LoadedServer &loaded : outcome.servers) {
        Server server = loaded.server;
        if (server.name.empty())
            server.name = loaded.file.stem().string();
        if (server.listen.port != 0 && session.portsInUse().contains(server.listen.port))
            server.listen.port = session.nextPort();
        const auto added = workspace.addServer(server);
        if (!added) {
            out.failures << QCoreApplication::translate("ImportFlow", "%1 is not imported: %2")
                                .arg(toQString(server.name), toQString(added.error().text()));
            continue;
        }
        out.servers << *added;
        // Body files are looked for beside the mock file, which stands somewhere else now.
        for (const Error &error : workspace::copyNamedFiles(
                 server, loaded.folder(), toPath(workspace.folder()), workspace::Existing::Keep))
            out.notCopied << toQString(error.text());
    }
    workspace.undoStack()->endMacro();
    return out;
}

} // namespace understudy::ui
