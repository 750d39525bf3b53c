// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/behaviour_scopes.h"

#include "core/model/behaviour_labels.h"
#include "core/model/edit.h"
#include "core/model/validate.h"
#include "ui/services/numbers.h"
#include "ui/services/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace understudy::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("BehaviourScopes", text); }

/// The folders around an endpoint, outermost first, and where the endpoint stands.
ItemPath pathTo(const Server &server, const std::string &endpointId)
{
    ItemPath path;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        if (visit.endpoint.id == endpointId)
            path = visit.path;
    });
    return path;
}

void addFolders(const Server &server, const QString &serverId, ItemPath path,
                std::vector<BehaviourScopeEntry> &entries)
{
    for (; !path.empty(); path.pop_back()) {
        const Item *item = itemAt(server, path);
        if (!item || !item->folder())
            continue;
        const QString name = toQString(item->folder()->name);
        entries.push_back({ObjectRef::folder(serverId, path), tr("Folder %1").arg(name),
                           tr("folder %1").arg(name), &item->folder()->behaviour});
    }
}

} // namespace

const Behaviour *behaviourAt(const Server &server, const ObjectRef &scope)
{
    switch (scope.kind) {
    case ObjectRef::Kind::None:
        return nullptr;
    case ObjectRef::Kind::Server:
        return &server.behaviour;
    case ObjectRef::Kind::Folder: {
        const Item *item = itemAt(server, scope.path);
        return item && item->folder() ? &item->folder()->behaviour : nullptr;
    }
    case ObjectRef::Kind::Endpoint:
        break;
    }
    const Endpoint *endpoint = findEndpoint(server, toStd(scope.endpointId));
    if (!endpoint || scope.responseId.isEmpty())
        return endpoint ? &endpoint->behaviour : nullptr;
    const auto response
        = std::find_if(endpoint->responses.begin(), endpoint->responses.end(),
                       [&](const Response &r) { return toQString(r.id) == scope.responseId; });
    return response == endpoint->responses.end() ? nullptr : &response->behaviour;
}

Behaviour *behaviourAt(Server &server, const ObjectRef &scope)
{
    // What is shared is made this server's own on the way.
    if (Item *item = scope.kind == ObjectRef::Kind::Folder ? itemAt(server, scope.path) : nullptr)
        item->mutableFolder();
    else if (scope.kind == ObjectRef::Kind::Endpoint)
        findEndpoint(server, toStd(scope.endpointId));
    return const_cast<Behaviour *>(behaviourAt(std::as_const(server), scope));
}

std::vector<BehaviourScopeEntry> behaviourScopes(const Server &server, const ObjectRef &object)
{
    std::vector<BehaviourScopeEntry> entries;
    if (!behaviourAt(server, object))
        return entries;
    const QString id = object.serverId;
    if (object.kind == ObjectRef::Kind::Endpoint) {
        if (!object.responseId.isEmpty()) {
            ObjectRef response = ObjectRef::endpoint(id, object.endpointId);
            response.responseId = object.responseId;
            entries.push_back(
                {response, tr("This response"), tr("response"), behaviourAt(server, response)});
        }
        const ObjectRef endpoint = ObjectRef::endpoint(id, object.endpointId);
        entries.push_back(
            {endpoint, tr("This endpoint"), tr("endpoint"), behaviourAt(server, endpoint)});
        ItemPath path = pathTo(server, toStd(object.endpointId));
        if (!path.empty())
            path.pop_back();
        addFolders(server, id, std::move(path), entries);
    } else if (object.kind == ObjectRef::Kind::Folder) {
        addFolders(server, id, object.path, entries);
        entries.front().title = tr("This folder");
    }
    entries.push_back(
        {ObjectRef::server(id),
         entries.empty() ? tr("This server") : tr("Server %1").arg(toQString(server.name)),
         tr("server"), &server.behaviour});
    return entries;
}

QString behaviourSource(const std::vector<BehaviourScopeEntry> &scopes, std::size_t here)
{
    const auto link = [&](std::size_t i, const QString &text) {
        return QStringLiteral("<a href=\"%1\">%2</a>").arg(i).arg(text.toHtmlEscaped());
    };
    const auto name = [&](std::size_t i) { return i == here ? tr("here") : scopes[i].shortName; };
    QStringList latencies;
    QString throttle;
    QStringList faults;
    for (std::size_t i = 0; i < scopes.size(); ++i) {
        const Behaviour &behaviour = *scopes[i].behaviour;
        for (const auto *model :
             {&behaviour.latency.connect, &behaviour.latency.head, &behaviour.latency.body}) {
            if (*model)
                latencies << link(i, spacedUnits(toQString(latencyLabel(**model))) + ' ' + name(i));
        }
        if (behaviour.throttle && throttle.isEmpty())
            throttle = i == here ? link(i, tr("throttle set here"))
                                 : link(i, tr("throttle from %1").arg(scopes[i].shortName));
        if (!behaviour.faults.empty())
            faults << link(i, name(i));
    }
    QStringList parts;
    if (!latencies.isEmpty())
        parts << latencies.join(QStringLiteral(" + "));
    if (!throttle.isEmpty())
        parts << throttle;
    if (!faults.isEmpty())
        parts << tr("faults: %1").arg(faults.join(tr(", then ")));
    return parts.isEmpty() ? tr("Answers at once, without faults")
                           : parts.join(QStringLiteral(" · "));
}

bool hasFaults(const Server &server)
{
    if (!server.behaviour.faults.empty()
        || (server.listen.tls && !server.listen.tls->fault.empty()))
        return true;
    bool found = false;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        found = found || !visit.endpoint.behaviour.faults.empty()
                || std::any_of(visit.folders.begin(), visit.folders.end(),
                               [](const Folder *f) { return !f->behaviour.faults.empty(); })
                || std::any_of(visit.endpoint.responses.begin(), visit.endpoint.responses.end(),
                               [](const Response &r) { return !r.behaviour.faults.empty(); });
    });
    return found;
}

BehaviourProbe::BehaviourProbe(const Server &server, const ObjectRef &scope)
{
    m_server.listen = server.listen;
    m_server.headers = server.headers; // they may say how bodies are coded
    switch (scope.kind) {
    case ObjectRef::Kind::None:
        return;
    case ObjectRef::Kind::Server:
        m_slot = &m_server.behaviour;
        return;
    case ObjectRef::Kind::Folder:
        m_server.items.emplace_back(Folder{});
        m_slot = &m_server.items.front().mutableFolder()->behaviour;
        return;
    case ObjectRef::Kind::Endpoint:
        break;
    }
    const Endpoint *endpoint = findEndpoint(server, toStd(scope.endpointId));
    if (!endpoint)
        return;
    m_server.items.emplace_back(*endpoint);
    Endpoint &copy = *m_server.items.front().mutableEndpoint();
    copy.behaviour = {};
    for (Response &response : copy.responses)
        response.behaviour = {};
    m_slot = behaviourAt(m_server, scope);
}

QStringList BehaviourProbe::problems(const Behaviour &part)
{
    if (!m_slot)
        return {};
    *m_slot = part;
    QStringList texts;
    for (const Finding &finding : validate(m_server)) {
        const QString text = toQString(finding.message);
        if (finding.severity == Severity::Error && finding.field.starts_with("behaviour")
            && !texts.contains(text))
            texts << text;
    }
    return texts;
}

} // namespace understudy::ui
