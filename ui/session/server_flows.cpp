// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/server_flows.h"

#include "core/model/edit.h"
#include "ui/services/text.h"
#include "ui/session/desktop_session.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace understudy::ui {

namespace {

constexpr quint16 kFirstUnprivileged = 1024;
constexpr quint16 kInsteadOfPrivileged = 8080;

QString flowText(const char *text) { return QCoreApplication::translate("ServerFlows", text); }

QString nameOf(const DesktopSession &session, const QString &id)
{
    const ServerDocument *document = session.workspace().find(id);
    return document && document->value ? toQString(document->value->name) : id;
}

QString firstEndpoint(const Server &server)
{
    const Endpoint *first = nullptr;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        if (!first)
            first = &visit.endpoint;
    });
    return first ? toQString(first->id) : QString();
}

} // namespace

QString freeServerName(const DesktopSession &session)
{
    QStringList names;
    for (const auto &document : session.workspace().servers())
        names << nameOf(session, document->id);
    QString name = flowText("New API");
    for (int n = 2; names.contains(name); ++n)
        name = flowText("New API %1").arg(n);
    return name;
}

Result<ShownServer> makeServer(DesktopSession &session, const QString &name, quint16 port,
                               bool start)
{
    Server server;
    server.name = toStd(name);
    server.listen.port = port;
    Endpoint hello;
    hello.methods = {"GET"};
    hello.path = "/hello";
    Response response;
    response.headers.push_back({"Content-Type", "application/json"});
    response.body = Body::text("{\n  \"message\": \"Hello\"\n}\n");
    hello.responses.push_back(std::move(response));
    server.items.emplace_back(std::move(hello));
    const auto added = session.workspace().addServer(server);
    if (!added)
        return added.error();
    ShownServer shown{*added, firstEndpoint(*session.workspace().find(*added)->value)};
    shown.isRunning = start && session.runtime().start(*added);
    return shown;
}

QString unpackSamples(const DesktopSession &session)
{
    QString folder = session.dataFolder(QStringLiteral("sample"));
    QDir().mkpath(folder);
    const QDir samples(QStringLiteral(":/samples"));
    QDirIterator files(samples.path(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString source = files.next();
        const QString target = QDir(folder).filePath(samples.relativeFilePath(source));
        QDir().mkpath(QFileInfo(target).absolutePath());
        // Files in resources are read-only, and so are their copies at first.
        if (!QFile::exists(target) && QFile::copy(source, target))
            QFile::setPermissions(target, QFile::permissions(target) | QFile::WriteOwner);
    }
    return folder;
}

ShownServer startSample(DesktopSession &session)
{
    const auto &servers = session.workspace().servers();
    if (servers.empty())
        return {};
    const auto shop = std::find_if(servers.begin(), servers.end(), [](const auto &d) {
        return d->id.startsWith(QLatin1String("shop"));
    });
    const ServerDocument &document = shop == servers.end() ? *servers.front() : **shop;
    if (!document.value)
        return {};
    ShownServer shown{document.id, firstEndpoint(*document.value)};
    const QString address = toQString(document.value->listen.address);
    usePort(session, shown.id,
            session.ports().nextFree(address, session.firstPort(), session.portsInUse(shown.id)));
    shown.isRunning = session.runtime().isRunning(shown.id);
    return shown;
}

ServerAddress serverAddress(const DesktopSession &session, const QString &id)
{
    const Server &server = *session.workspace().find(id)->value;
    ServerAddress address{toQString(server.name), session.runtime().baseUrl(id), {}};
    address.example = address.url;
    bool isFound = false;
    forEachEndpoint(server, [&](const EndpointVisit &visit) {
        const auto &methods = visit.endpoint.methods;
        if (isFound || !visit.enabled
            || std::find(methods.begin(), methods.end(), "GET") == methods.end())
            return;
        isFound = true;
        address.example = session.runtime().endpointUrl(id, visit.endpoint);
    });
    return address;
}

PortConflict portConflict(const DesktopSession &session, const QString &id, ErrorCode code,
                          const QString &message)
{
    PortConflict conflict;
    conflict.text
        = (session.runtime().isRunning(id) ? flowText("%1 goes on with the version before: %2")
                                           : flowText("%1 could not start: %2"))
              .arg(nameOf(session, id), message);
    const ServerDocument *document = session.workspace().find(id);
    if (!document || !document->value || (code != ErrorCode::InUse && code != ErrorCode::Access))
        return conflict;
    const Listen &listen = document->value->listen;
    const quint16 from = code == ErrorCode::Access && listen.port < kFirstUnprivileged
                             ? kInsteadOfPrivileged
                             : static_cast<quint16>(listen.port + 1);
    conflict.nextPort
        = session.ports().nextFree(toQString(listen.address), from, session.portsInUse(id));
    return conflict;
}

void usePort(DesktopSession &session, const QString &id, quint16 port)
{
    session.workspace().edit(id, flowText("Port"),
                             [port](Server &server) { server.listen.port = port; });
    session.runtime().start(id);
}

void retry(DesktopSession &session, const QString &id)
{
    if (session.runtime().isRunning(id))
        session.runtime().flush();
    else
        session.runtime().start(id);
}

} // namespace understudy::ui
