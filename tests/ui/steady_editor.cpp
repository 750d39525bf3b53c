// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/steady_editor.h"

#include "core/model/edit.h"
#include "ui/document/recovery.h"
#include "ui/document/workspace_document.h"
#include "ui/services/stop_signals.h"

#include <QCoreApplication>
#include <QTimer>

#include <random>
#include <string>
#include <string_view>

#include <unistd.h>

namespace understudy::steady {

namespace {

constexpr std::string_view kFlag = "--edit-steadily";

void say(const std::string &line)
{
    [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, line.data(), line.size());
}

} // namespace

bool isSteadyEditor(int argc, char **argv) { return argc > 1 && argv[1] == kFlag; }

QStringList steadyEditorArguments(const QString &workspace, const QString &stateFolder, int seed,
                                  int autosaveMs)
{
    return {QString::fromLatin1(kFlag.data()), workspace, stateFolder, QString::number(seed),
            QString::number(autosaveMs)};
}

Server editedServer(int n)
{
    Server server;
    server.name = "Api";
    server.description = "edit " + std::to_string(n);
    server.listen.port = 0;
    Endpoint endpoint;
    endpoint.methods = {"GET"};
    endpoint.path = "/all";
    Response response;
    std::string text;
    for (int line = 0; line < 40; ++line)
        text += "line " + std::to_string(line) + " of edit " + std::to_string(n) + '\n';
    response.body = Body::text(text);
    endpoint.responses.push_back(std::move(response));
    server.items.emplace_back(std::move(endpoint));
    assignIds(server);
    return server;
}

int editNumber(const Server &server)
{
    constexpr std::string_view prefix = "edit ";
    if (!server.description.starts_with(prefix))
        return -1;
    const int n = std::atoi(server.description.c_str() + prefix.size());
    return server == editedServer(n) ? n : -1;
}

int runSteadyEditor(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    ui::WorkspaceDocument workspace;
    ui::Recovery recovery(workspace, arguments.at(3));
    workspace.setDelays(arguments.at(5).toInt(), 1000);
    if (!workspace.open(arguments.at(2)))
        return 1;
    const ui::StopSignals signals;
    QObject::connect(&signals, &ui::StopSignals::stopRequested, &workspace, [&] {
        workspace.saveNow();
        QCoreApplication::quit();
    });
    std::mt19937 random(static_cast<unsigned>(arguments.at(4).toInt()));
    int n = 0;
    int pause = 0;
    QTimer tick;
    tick.setSingleShot(true);
    tick.setInterval(10);
    tick.setTimerType(Qt::PreciseTimer);
    QObject::connect(&tick, &QTimer::timeout, &workspace, [&] {
        say("T\n");
        if (pause-- <= 0) {
            ++n;
            workspace.edit(QStringLiteral("api"), QStringLiteral("Edit"),
                           [&](Server &server) { server = editedServer(n); });
            say("E " + std::to_string(n) + '\n');
            // Mostly bursts of keys, now and then a thought.
            pause = static_cast<int>(random() % 8 == 0 ? random() % 60 : random() % 3);
        }
        tick.start();
    });
    tick.start();
    say("R\n");
    return QCoreApplication::exec();
}

} // namespace understudy::steady
