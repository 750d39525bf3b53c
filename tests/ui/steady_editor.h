// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/server.h"

#include <QString>
#include <QStringList>

namespace understudy::steady {

/// A small program in the test's own: it opens a workspace as the window does and edits it without
/// a pause worth mentioning, until it is ended. On standard output it says "R" when it begins, "E
/// n" at the n-th edit and "T" at every tick; between two ticks are at least ten milliseconds.
bool isSteadyEditor(int argc, char **argv);
int runSteadyEditor(int argc, char **argv);
/// `autosaveMs` as in WorkspaceDocument::setDelays; the same `seed` edits in the same rhythm.
QStringList steadyEditorArguments(const QString &workspace, const QString &stateFolder, int seed,
                                  int autosaveMs);

/// What the server "api" says after n edits, all of it.
Server editedServer(int n);
/// The n of a server that says exactly what editedServer(n) does; -1 for any other.
int editNumber(const Server &server);

} // namespace understudy::steady
