// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/import_flow.h"

#include "core/workspace/broken_rules.h"
#include "core/workspace/fetched_import.h"
#include "core/workspace/import_reader.h"
#include "core/workspace/named_files.h"
#include "ui/services/text.h"
#include "ui/session/desktop_session.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace understudy::ui {

namespace {

ImportOffer offerOf(const DesktopSession &session, const QString &name,
                    const ImportOffer::Reader &load, const QString &beside)
{
    ImportOffer offer;
    offer.name = name;
    offer.read = load;
    offer.outcome = offer.read({});
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
    const QFileInfo info(file);
    return offerOf(
        session, info.fileName(),
        [file](const formats::LoadOptions &options) {
            return workspace::forImport(formats::load(toPath(file), options), options);
        },
        info.absolutePath());
}

ImportOffer readImportText(const DesktopSession &session, const QString &text)
{
    return offerOf(session, QCoreApplication::translate("ImportFlow", "The clipboard"),
                   [text](const formats::LoadOptions &options) {
                       // Without a stamp: what is copied next is another document.
                       formats::LoadOutcome outcome
                           = formats::loadText(toStd(text), "Clipboard", options);
                       workspace::switchOffBrokenRules(outcome);
                       return outcome;
                   },
                   {});
}

ImportOffer readImportDocument(const DesktopSession &session, const wire::FetchedDocument &document)
{
    return offerOf(session, toQString(document.url),
                   [document](const formats::LoadOptions &options) {
                       return workspace::forImport(workspace::loadFetched(document, options),
                                                   options);
                   },
                   {});
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
