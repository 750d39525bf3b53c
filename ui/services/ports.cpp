// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/ports.h"

#include <QFile>
#include <QHostAddress>
#include <QTcpServer>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace understudy::ui {

namespace {

bool systemAllows(quint16 port)
{
#ifdef Q_OS_UNIX
    if (geteuid() == 0)
        return true;
    QFile limit(QStringLiteral("/proc/sys/net/ipv4/ip_unprivileged_port_start"));
    if (limit.open(QIODevice::ReadOnly))
        return port >= limit.readAll().trimmed().toInt();
    return port >= 1024;
#else
    Q_UNUSED(port)
    return true;
#endif
}

QHostAddress toHost(QString address)
{
    if (address.startsWith('[') && address.endsWith(']'))
        address = address.mid(1, address.size() - 2);
    if (address == QLatin1String("localhost"))
        return QHostAddress(QHostAddress::LocalHost);
    return QHostAddress(address);
}

} // namespace

Ports::Ports()
    : mayBindLow(systemAllows)
{}

bool Ports::isFree(const QString &address, quint16 port) const
{
    if (port == 0)
        return true;
    const QHostAddress host = toHost(address);
    if (host.isNull())
        return true; // the address is what is wrong, and said elsewhere
    QTcpServer probe;
    return probe.listen(host, port);
}

bool Ports::needsPrivileges(quint16 port) const
{
    return port > 0 && port < 1024 && !mayBindLow(port);
}

quint16 Ports::nextFree(const QString &address, quint16 from, const std::set<quint16> &taken) const
{
    for (int port = std::max<int>(from, 1); port <= 65535; ++port) {
        const auto candidate = static_cast<quint16>(port);
        if (!taken.contains(candidate) && !needsPrivileges(candidate) && isFree(address, candidate))
            return candidate;
    }
    return 0;
}

} // namespace understudy::ui
