// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/update_flow.h"

#include "core/workspace/import_reader.h"
#include "core/workspace/named_files.h"
#include "ui/services/text.h"
#include "ui/session/desktop_session.h"

#include <QCoreApplication>

#include <utility>

namespace understudy::ui {

namespace {

struct EarlierServers
{
    std::vector<const ServerDocument *> documents;
    std::vector<workspace::ImportStamp> stamps;
};

EarlierServers earlierServers(const WorkspaceDocument &workspace)
{
    EarlierServers out;
    for (const auto &document : workspace.servers()) {
        auto stamp = document->value ? workspace::stampOf(*document->value) : std::nullopt;
        if (!stamp)
            continue;
        out.documents.push_back(document.get());
        out.stamps.push_back(std::move(*stamp));
    }
    return out;
}

} // namespace

UpdateOffer updatesOf(const DesktopSession &session, const ImportOffer &offer)
{
    UpdateOffer out;
    out.name = offer.name;
    const EarlierServers earlier = earlierServers(session.workspace());
    bool isFirst = true;
    const workspace::KnownImport known = workspace::readKnown(
        [&](const formats::LoadOptions &options) {
            // The offer has been read already, without any.
            return std::exchange(isFirst, false) ? offer.outcome : offer.read(options);
        },
        {}, earlier.stamps);
    for (std::size_t i = 0; i < known.outcome.servers.size(); ++i) {
        const formats::LoadedServer &loaded = known.outcome.servers[i];
        out.newServers += known.earlier[i].empty() ? 1 : 0;
        for (const std::size_t place : known.earlier[i]) {
            const ServerDocument &document = *earlier.documents[place];
            out.servers.push_back(
                {document.id, toQString(document.value->name), document.value, loaded,
                 std::make_shared<const workspace::ImportUpdate>(*document.value, loaded.server)});
        }
    }
    return out;
}

UpdateOutcome takeUpdate(DesktopSession &session, const UpdateOffer &offer,
                         const std::vector<std::vector<bool>> &accepted)
{
    WorkspaceDocument &workspace = session.workspace();
    UpdateOutcome out;
    std::vector<std::pair<QString, std::function<void(Server &)>>> edits;
    for (std::size_t i = 0; i < offer.servers.size(); ++i) {
        const ServerUpdate &server = offer.servers[i];
        const ServerDocument *document = workspace.find(server.serverId);
        if (!document || document->value != server.before) {
            out.failures << QCoreApplication::translate(
                                "UpdateFlow", "%1 has changed meanwhile; import %2 once more")
                                .arg(server.name, offer.name);
            continue;
        }
        auto merged = server.update->merged(accepted.at(i));
        if (!merged) {
            out.failures << server.name + QStringLiteral(": ") + toQString(merged.error().message);
            continue;
        }
        if (!(*merged == *server.before)) {
            edits.emplace_back(server.serverId,
                               [value = std::move(*merged)](Server &s) { s = value; });
            out.servers << server.serverId;
        }
        for (const Error &error :
             workspace::copyNamedFiles(server.loaded.server, server.loaded.folder(),
                                       toPath(workspace.folder()), workspace::Existing::Keep))
            out.notCopied << toQString(error.text());
    }
    if (!edits.empty())
        workspace.editMany(
            QCoreApplication::translate("UpdateFlow", "Update from %1").arg(offer.name), edits);
    return out;
}

} // namespace understudy::ui
