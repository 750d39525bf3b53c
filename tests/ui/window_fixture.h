// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/status.h"
#include "tests/support/loopback_client.h"
#include "ui/models/workspace_tree_model.h"
#include "ui/panels/endpoint/endpoint_editor.h"
#include "ui/panels/window/editor_tabs.h"
#include "ui/panels/window/main_window.h"
#include "ui/panels/workspace/workspace_panel.h"
#include "ui/services/action_registry.h"
#include "ui/services/text.h"
#include "ui/widgets/tree_delegate.h"
#include "ui/widgets/workspace_tree.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QFrame>
#include <QPushButton>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <functional>

namespace understudy::ui::test {

/// A window with a settings file, a data folder and a range of ports of its own, and a folder for a
/// workspace.
class WindowTest : public testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_TRUE(m_folder.isValid());
        m_firstPort = freePort();
        makeWindow();
    }

    void TearDown() override { endProgram(); }

    void endProgram()
    {
        m_window.reset();
        m_session.reset();
    }

    void makeWindow()
    {
        endProgram();
        SessionOptions options;
        options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
        options.dataFolder = m_folder.filePath(QStringLiteral("data"));
        options.authorityFolder = m_folder.filePath(QStringLiteral("authority"));
        options.firstPort = m_firstPort;
        m_session = std::make_unique<DesktopSession>(std::move(options));
        m_window = std::make_unique<MainWindow>(*m_session);
        m_tester = std::make_unique<QAbstractItemModelTester>(
            model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        m_window->show();
        m_window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
    }

    static quint16 freePort()
    {
        QTcpServer probe;
        probe.listen(QHostAddress::LocalHost, 0);
        return probe.serverPort();
    }

    QString workspaceFolder() const { return m_folder.filePath(QStringLiteral("work")); }

    QString write(const QString &name, const QByteArray &text)
    {
        QDir().mkpath(workspaceFolder());
        QFile file(workspaceFolder() + '/' + name);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
        return file.fileName();
    }

    QByteArray read(const QString &name) const
    {
        QFile file(workspaceFolder() + '/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void open()
    {
        ASSERT_TRUE(m_window->openWorkspace(workspaceFolder()));
        QApplication::processEvents(); // the docks that appear get their sizes
    }

    WorkspaceTreeModel *model() { return m_window->panel().model(); }
    WorkspaceTree *tree() { return m_window->panel().tree(); }
    WorkspaceDocument &workspace() { return m_session->workspace(); }
    RuntimeController &runtime() { return m_session->runtime(); }
    const Server &server(const QString &id) { return *workspace().find(id)->value; }

    template<class Widget>
    Widget *find(const char *name)
    {
        return m_window->findChild<Widget *>(QString::fromLatin1(name));
    }
    /// In the editor in front.
    template<class Widget>
    Widget *inEditor(const char *name)
    {
        QWidget *page = m_window->editors().currentWidget();
        return page ? page->findChild<Widget *>(QString::fromLatin1(name)) : nullptr;
    }

    void trigger(const char *id) { m_window->actions().action(QString::fromLatin1(id))->trigger(); }

    /// The banner of that kind ("externalChange"); null if there is none.
    QFrame *banner(const QString &kind)
    {
        for (QFrame *frame : m_window->findChildren<QFrame *>(QStringLiteral("messageBanner"))) {
            if (frame->property("kind") == kind)
                return frame;
        }
        return nullptr;
    }
    /// The button of a banner or a question that stands for an action; null if it has none.
    static QPushButton *button(QWidget *where, const char *actionId)
    {
        for (QPushButton *candidate : where->findChildren<QPushButton *>()) {
            if (candidate->property("actionId") == QLatin1String(actionId))
                return candidate;
        }
        return nullptr;
    }
    static void press(QWidget *where, const char *actionId)
    {
        ASSERT_TRUE(where) << actionId;
        ASSERT_TRUE(button(where, actionId)) << actionId;
        QTest::mouseClick(button(where, actionId), Qt::LeftButton);
    }

    QModelIndex serverRow(const QString &id) { return model()->indexOf(ObjectRef::server(id)); }
    QModelIndex endpointRow(const QString &serverId, const QString &id)
    {
        return model()->indexOf(ObjectRef::endpoint(serverId, id));
    }
    RowState state(const QString &id)
    {
        return static_cast<RowState>(serverRow(id).data(WorkspaceTreeModel::StateRole).toInt());
    }

    void clickRowButton(const QModelIndex &index, const QString &action)
    {
        tree()->scrollTo(index);
        const QRect rect = tree()->rowDelegate()->actionRect(index, action);
        ASSERT_FALSE(rect.isEmpty());
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, rect.center());
    }

    quint16 portOf(const QString &id) { return runtime().status(id)->port; }
    std::string get(const QString &id, const std::string &target)
    {
        return understudy::test::get(portOf(id), target);
    }
    int statusOf(const QString &id, const std::string &target) { return statusIn(get(id, target)); }
    static int statusIn(const std::string &answer)
    {
        return answer.size() < 12 ? 0 : std::atoi(answer.c_str() + 9);
    }

    QTemporaryDir m_folder;
    quint16 m_firstPort = 0;
    std::unique_ptr<DesktopSession> m_session;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

inline QByteArray serverText(const QByteArray &name, quint16 port, const QByteArray &endpoints)
{
    return "understudy: 1\nname: " + name + "\nlisten:\n  port: " + QByteArray::number(port)
           + "\nendpoints:\n" + endpoints;
}

inline const QByteArray kHello = "- id: hello\n"
                                 "  method: GET\n"
                                 "  path: /hello\n"
                                 "  responses:\n"
                                 "  - headers:\n"
                                 "      Content-Type: text/plain\n"
                                 "    body: hi\n";

} // namespace understudy::ui::test
