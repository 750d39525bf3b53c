// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"

#include "core/runtime/authority.h"
#include "ui/models/problems_model.h"

#include <QFile>
#include <QTableView>
#include <QTextDocument>
#include <QUndoStack>

#include <algorithm>
#include <filesystem>

namespace understudy::ui::test {

/// The list of problems, and edits that leave nothing behind.
class WindowProblems : public WindowTest
{
protected:
    QStringList rows()
    {
        const QAbstractItemModel *model = find<QTableView>("problemsView")->model();
        QStringList out;
        for (int row = 0; row < model->rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < model->columnCount(); ++column)
                cells << model->index(row, column).data().toString();
            out << cells.join(QStringLiteral(" | "));
        }
        return out;
    }

    int rowWith(const QString &text)
    {
        const QStringList all = rows();
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const QString &row) { return row.contains(text); });
        return found == all.end() ? -1 : static_cast<int>(found - all.begin());
    }

    bool waitForRows(int count)
    {
        return QTest::qWaitFor([&] { return rows().size() == count; }, 10'000);
    }
};

TEST_F(WindowProblems, RowsOfTheTreeWarnOfThem)
{
    write("api.mock.yaml", serverText("Api", 0,
                                      "- id: good\n  path: /good\n  responses:\n  - body: a\n"
                                      "- id: a\n  path: /a\n  responses:\n"
                                      "  - when: {query.q: {matches: '('}}\n"
                                      "- folder: Files <b>\n  endpoints:\n"
                                      "  - id: b\n    path: /b\n    responses:\n"
                                      "    - bodyFile: <i>none</i>\n"));
    open();
    ASSERT_TRUE(waitForRows(2)) << rows().join('\n').toStdString();
    const auto warning = [this](const QString &id) {
        return endpointRow("api", id).data(WorkspaceTreeModel::WarningRole).toString();
    };
    EXPECT_TRUE(warning("good").isEmpty());
    EXPECT_TRUE(warning("a").contains("its rules are off")) << warning("a").toStdString();
    EXPECT_TRUE(warning("b").contains("is missing")) << warning("b").toStdString();
    const QString tip = endpointRow("api", "b").data(Qt::ToolTipRole).toString();
    EXPECT_TRUE(tip.contains("is missing")) << tip.toStdString();
    EXPECT_FALSE(Qt::mightBeRichText(tip) && tip.contains("<i>")) << tip.toStdString();
    ASSERT_TRUE(workspace().edit("api", "Body", [](Server &edited) {
        findEndpoint(edited, "b")->responses.front().body = Body::text("there");
    }));
    EXPECT_TRUE(QTest::qWaitFor([&] { return warning("b").isEmpty(); }, 10'000));
    EXPECT_FALSE(warning("a").isEmpty());
}

TEST_F(WindowProblems, ListEverythingThatTheStartWouldSay)
{
    write("api.mock.yaml", serverText("Api", 0,
                                      "- id: a\n  path: /a\n  responses:\n"
                                      "  - {callbacks: [{url: '{{#if', template: true}], body: a}\n"
                                      "  - {body: b}\n"
                                      "- id: b\n  path: /a\n  responses:\n  - bodyFile: none\n"
                                      "- {id: c, path: /c}\n"
                                      "- id: d\n  path: /d\n  responses:\n"
                                      "  - when: {query.q: {matches: '('}}\n"));
    open();
    ASSERT_TRUE(waitForRows(6)) << rows().join('\n').toStdString();
    EXPECT_TRUE(rows().at(0).contains("its rules are off")) << rows().at(0).toStdString();
    for (const char *text : {"line 1, column", "'none' is missing", "it has no responses",
                             "it is never chosen", "it is never reached"})
        EXPECT_GE(rowWith(text), 0) << text;
}

TEST_F(WindowProblems, LeadToTheObjectAndShowItsLine)
{
    write("api.mock.yaml",
          serverText("Api", 0, "- id: b\n  path: /b\n  responses:\n  - bodyFile: none\n"));
    open();
    ASSERT_TRUE(waitForRows(1)) << rows().join('\n').toStdString();
    auto *view = find<QTableView>("problemsView");
    EXPECT_TRUE(view->model()->index(0, 0).data(Qt::ToolTipRole).toString().startsWith("Line "));
    Q_EMIT view->activated(view->model()->index(0, 0));
    EXPECT_EQ(m_window->editors().currentRef(), ObjectRef::endpoint("api", "b"));
}

TEST_F(WindowProblems, ForgetAMissingFileOnceItIsThere)
{
    write("api.mock.yaml",
          serverText("Api", 0, "- id: b\n  path: /b\n  responses:\n  - bodyFile: body.txt\n"));
    open();
    ASSERT_TRUE(waitForRows(1)) << rows().join('\n').toStdString();
    write("body.txt", "hello");
    EXPECT_TRUE(waitForRows(0)) << rows().join('\n').toStdString();
}

TEST_F(WindowProblems, SayThatAFileWentThatWasThere)
{
    write("body.txt", "hello");
    const std::filesystem::path folder(workspaceFolder().toStdU16String());
    ASSERT_TRUE(showAuthority(folder / "one"));
    // What has no responses is a problem that the first look finds.
    write("api.mock.yaml", "understudy: 1\nname: Api\nlisten:\n  port: 0\n  tls:\n"
                           "    certificate: one/authority.pem\n    key: one/authority-key.pem\n"
                           "endpoints:\n- {id: a, path: /a}\n"
                           "- id: b\n  path: /b\n  responses:\n  - bodyFile: body.txt\n");
    open();
    ASSERT_TRUE(waitForRows(1)) << rows().join('\n').toStdString();
    ASSERT_TRUE(QFile::remove(workspaceFolder() + "/body.txt"));
    EXPECT_TRUE(waitForRows(2)) << rows().join('\n').toStdString();
    write("body.txt", "again");
    EXPECT_TRUE(waitForRows(1)) << rows().join('\n').toStdString();
    std::filesystem::remove(folder / "one/authority-key.pem");
    EXPECT_TRUE(waitForRows(2)) << rows().join('\n').toStdString();
    EXPECT_GE(rowWith("TLS"), 0) << rows().join('\n').toStdString();
}

TEST_F(WindowProblems, AnEditUndoneLeavesTheFileAsItWas)
{
    write("api.mock.yaml",
          serverText("Api", 0,
                     "- {id: a,  path: /a, responses: [{bodyJson: {n: 12.90, big: "
                     "1236546565217899832645}}]} # by hand\n"
                     "- id: b\n  path: /b\n  responses: [ {status: 200, body: b} ]\n"));
    const QByteArray before = read("api.mock.yaml");
    workspace().setDelays(10, 0);
    open();
    workspace().edit("api", "Name", [](Server &s) { s.name = "Other"; });
    ASSERT_TRUE(workspace().saveNow());
    workspace().edit("api", "Body", [](Server &s) {
        findEndpoint(s, "b")->responses[0].body = Body::text("more\nlines\n");
        s.items.erase(s.items.begin());
    });
    ASSERT_TRUE(workspace().saveNow());
    EXPECT_NE(read("api.mock.yaml"), before);
    workspace().undoStack()->undo();
    ASSERT_TRUE(workspace().saveNow());
    QByteArray renamed = before;
    renamed.replace("Api", "Other");
    EXPECT_EQ(read("api.mock.yaml"), renamed);
    workspace().undoStack()->undo();
    ASSERT_TRUE(workspace().saveNow());
    EXPECT_EQ(read("api.mock.yaml"), before);
}

} // namespace understudy::ui::test
