// SPDX-License-Identifier: GPL-3.0-or-later
// From a wish to a server that runs: a new one, the sample, an address that is taken.
#pragma once

#include "core/base/result.h"

#include <QString>

namespace understudy::ui {

class DesktopSession;

/// A server that a flow has made or chosen, and the endpoint to look at first.
struct ShownServer
{
    QString id;
    QString endpointId;     ///< empty if it has none
    bool isRunning = false; ///< RuntimeController::startFailed has told why not
};

/// A name that no server of the workspace has: "New API 2".
QString freeServerName(const DesktopSession &session);
/// Adds a server with one endpoint to the workspace that is open, as one step.
Result<ShownServer> makeServer(DesktopSession &session, const QString &name, quint16 port,
                               bool start);

/// Puts the samples into the user's data where they are not there yet; the folder.
QString unpackSamples(const DesktopSession &session);
/// Gives the first of the samples, which are open, a free port and starts it. An empty id: there
/// is none that can be started.
ShownServer startSample(DesktopSession &session);

/// What is said about a server that runs: where, and an address of it that answers a GET.
struct ServerAddress
{
    QString name;
    QString url;
    QString example;
};
ServerAddress serverAddress(const DesktopSession &session, const QString &id);

/// A server that could not start, or could not take an edit.
struct PortConflict
{
    QString text;
    quint16 nextPort = 0; ///< that may be taken instead; 0 where another port is no cure
};
PortConflict portConflict(const DesktopSession &session, const QString &id, ErrorCode code,
                          const QString &message);
void usePort(DesktopSession &session, const QString &id, quint16 port);
/// Starts a server again, or offers it its edit again.
void retry(DesktopSession &session, const QString &id);

} // namespace understudy::ui
