// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/update_flow.h"

#include "core/workspace/named_files.h"
#include "ui/services/text.h"
#include "ui/session/desktop_session.h"

#include <QCoreApplication>

#include <algorithm>

namespace understudy::ui {

namespace {

using workspace::ImportStamp;

struct EarlierServer
{
    const ServerDocument *document = nullptr;
    ImportStamp stamp;
};

std::vector<EarlierServer> earlierServers(const WorkspaceDocument &workspace)
{
    std::vector<EarlierServer> out;
    for (const auto &document : workspace.servers()) {
        if (!document->value)
            continue;
        if (auto stamp = workspace::stampOf(*document->value))
            out.push_back({document.get(), std::move(*stamp)});
    }
    return out;
}

const EarlierServer *earlierOf(const std::vector<EarlierServer> &earlier, const Server &offered)
{
    const auto stamp = workspace::stampOf(offered);
    const auto found = std::find_if(earlier.begin(), earlier.end(), [&](const EarlierServer &one) {
        return stamp && workspace::isOfSameServer(one.stamp, *stamp);
    });
    return found == earlier.end() ? nullptr : &*found;
}

} // namespace

UpdateOffer updatesOf(const DesktopSession &session, const ImportOffer &offer)
{
    UpdateOffer out;
    out.name = offer.name;
    const std::vector<EarlierServer> earlier = earlierServers(session.workspace());
    formats::LoadOptions options;
    bool isKnown = false;
    for (const formats::LoadedServer &loaded : offer.outcome.servers) {
        if (const EarlierServer *before = earlierOf(earlier, loaded.server)) {
            options = workspace::asBefore(before->stamp, options);
            isKnown = true;
        }
    }
    if (!isKnown)
        return out;
    const formats::LoadOutcome outcome
        = options == formats::LoadOptions{} ? offer.outcome : offer.read(options);
    for (const formats::LoadedServer &loaded : outcome.servers) {
        const EarlierServer *before = earlierOf(earlier, loaded.server);
        if (!before) {
            ++out.newServers;
            continue;
        }
        const ServerDocument &document = *before->document;
        out.servers.push_back(
            {document.id, toQString(document.value->name), document.value, loaded,
             std::make_shared<const workspace::ImportUpdate>(*document.value, loaded.server)});
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
        if (*merged == *server.before)
            continue;
        edits.emplace_back(server.serverId, [value = std::move(*merged)](Server &s) { s = value; });
        out.servers << server.serverId;
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
