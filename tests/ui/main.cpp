// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/steady_editor.h"

#include <QApplication>
#include <QLocale>
#include <QThreadPool>

#include <gtest/gtest.h>

/// Tests drive widgets inside GoogleTest; without a display they run offscreen.
int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QLocale::setDefault(QLocale::c());
    // The program that the tests of recovery kill.
    if (understudy::steady::isSteadyEditor(argc, argv))
        return understudy::steady::runSteadyEditor(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    const QApplication application(argc, argv);
    // Workers end when they have nothing to do, and not behind OpenSSL, which clears what it keeps
    // for each thread.
    QThreadPool::globalInstance()->setExpiryTimeout(0);
    return RUN_ALL_TESTS();
}
