// SPDX-License-Identifier: GPL-3.0-or-later
// What a keystroke costs in a large file: the window is open on a running server of many endpoints,
// a name is typed, and every turn of the event loop is timed until all that follows is done. Ends
// with 1 if one took longer than the target.
//
//     understudy_ui_edit_bench [ENDPOINTS] [KEYSTROKES]      default 10000 60
#include "core/formats/native/native.h"
#include "tests/bench/ui_timed_application.h"
#include "ui/document/runtime_controller.h"
#include "ui/document/workspace_document.h"
#include "ui/panels/window/editor_tabs.h"
#include "ui/panels/window/main_window.h"
#include "ui/services/text.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace understudy;
using namespace understudy::ui;
using namespace understudy::bench;

namespace {

constexpr double kLongestTurn = 16; // ms; a frame

std::string largeFile(int endpoints)
{
    Server server;
    server.name = "Large";
    server.listen.port = 0;
    for (int i = 0; i < endpoints; ++i) {
        Endpoint endpoint;
        endpoint.methods = {"GET"};
        endpoint.path = "/api/v1/things" + std::to_string(i) + "/{id}";
        Response response;
        response.headers.push_back({"Content-Type", "application/json"});
        response.body.kind = Body::Kind::Text;
        response.body.content = "{\"id\": " + std::to_string(i) + "}";
        endpoint.responses.push_back(response);
        server.items.emplace_back(std::move(endpoint));
    }
    return formats::native::write(server);
}

/// Handles events for so long.
void pass(int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < milliseconds)
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
}

void report(const char *what, std::vector<double> &turns, double &worst)
{
    const double longest = turns.empty() ? 0 : *std::max_element(turns.begin(), turns.end());
    std::printf("%-34s longest turn %6.1f ms, p99 %5.1f ms of %zu\n", what, longest,
                percentile(turns, 0.99), turns.size());
    worst = std::max(worst, longest);
    turns.clear();
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("DISPLAY"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    TimedApplication application(argc, argv);
    const int endpoints = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const int keystrokes = argc > 2 ? std::atoi(argv[2]) : 60;

    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("large.mock.yaml")));
    if (!file.open(QIODevice::WriteOnly))
        return 2;
    file.write(QByteArray::fromStdString(largeFile(endpoints)));
    file.close();
    const QTemporaryDir own;
    SessionOptions options;
    options.settingsFile = own.filePath(QStringLiteral("settings.ini"));
    options.dataFolder = own.path();
    options.authorityFolder = own.path();
    options.firstPort = 0;
    DesktopSession session(options);
    MainWindow window(session);
    window.resize(1280, 800);
    window.show();
    window.openPaths({folder.path()});
    const QString id = QStringLiteral("large");
    session.runtime().start(id);
    pass(3000);
    const ServerDocument *document = session.workspace().find(id);
    if (!document || !document->value || !session.runtime().isRunning(id))
        return 2;
    const Item &middle = document->value->items[static_cast<std::size_t>(endpoints) / 2];
    window.editors().open(ObjectRef::endpoint(id, toQString(middle.endpoint()->id)), false);
    pass(2000);

    auto *name = window.findChild<QLineEdit *>(QStringLiteral("endpointNameEdit"));
    if (!name)
        return 2;
    application.turns.clear();
    double worst = 0;
    name->setFocus();
    for (int i = 0; i < keystrokes; ++i) {
        QTest::keyClick(name, static_cast<char>('a' + i % 26));
        pass(50);
    }
    report("while keys are typed", application.turns, worst);
    pass(4000);
    report("while it is saved and checked", application.turns, worst);
    const bool isFine = worst <= kLongestTurn;
    std::printf("target %.0f ms: %s\n", kLongestTurn, isFine ? "kept" : "missed");
    return isFine ? 0 : 1;
}
