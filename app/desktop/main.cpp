// SPDX-License-Identifier: GPL-3.0-or-later
// understudy [FOLDER | FILE...]: the desktop. Composition only.
#include "ui/panels/window/main_window.h"
#include "ui/services/stop_signals.h"
#include "ui/services/theme.h"

#include <QApplication>
#include <QCommandLineParser>

int main(int argc, char **argv)
{
    using namespace understudy::ui;

    QApplication::setApplicationName(QStringLiteral("understudy"));
    QApplication::setOrganizationName(QStringLiteral("understudy"));
    QApplication::setApplicationDisplayName(QStringLiteral("Understudy"));
    QApplication::setApplicationVersion(QStringLiteral(UNDERSTUDY_VERSION));
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(
        Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    const QApplication app(argc, argv);
    const StopSignals signals;

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("main", "A desktop workbench for mock HTTP servers"));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("paths"),
        QCoreApplication::translate("main", "A folder of mock files, or files to open"),
        QStringLiteral("[FOLDER | FILE...]"));
    parser.process(app);

    DesktopSession session;
    applyTheme(static_cast<ThemeChoice>(
        session.settings().value(QStringLiteral("appearance/theme"), 0).toInt()));
    MainWindow window(session);
    window.fitScreen();
    QObject::connect(&signals, &StopSignals::stopRequested, &window, &MainWindow::saveAndQuit);
    window.openPaths(parser.positionalArguments());
    window.show();
    return QApplication::exec();
}
