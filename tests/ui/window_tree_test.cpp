// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"

#include <QElapsedTimer>
#include <QFrame>
#include <QLineEdit>

namespace understudy::ui::test {

namespace {

const QByteArray kTree
    = "- folder: Users\n"
      "  endpoints:\n"
      "  - id: list\n    method: GET\n    path: /users\n    responses:\n    - body: a\n"
      "  - id: create\n    method: POST\n    path: /users\n    responses:\n    - status: 201\n"
      "  - id: remove\n    method: DELETE\n    path: /users/{id}\n    enabled: false\n"
      "    responses:\n    - status: 204\n"
      "- id: ping\n  method: GET\n  path: /ping\n  responses:\n  - body: pong\n"
      "- id: post-status\n  method: POST\n  path: /status\n  responses:\n  - status: 202\n";

} // namespace

class WindowTree : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml", serverText("Api", 0, kTree));
        open();
    }

    QStringList visibleEndpoints(const QModelIndex &parent = {})
    {
        QStringList ids;
        for (int row = 0; row < model()->rowCount(parent); ++row) {
            const QModelIndex index = model()->index(row, 0, parent);
            if (model()->refAt(index).kind == ObjectRef::Kind::Endpoint)
                ids << index.data(WorkspaceTreeModel::ObjectIdRole).toString();
            ids << visibleEndpoints(index);
        }
        return ids;
    }

    QModelIndex folder() { return model()->indexOf(ObjectRef::folder("api", {0})); }
    bool isEnabled(const char *id) { return findEndpoint(server("api"), id)->enabled; }
};

TEST_F(WindowTree, AFilterShowsOnlyHitsAndTheirAncestors)
{
    tree()->collapse(folder());
    auto *filter = find<QLineEdit>("treeFilterEdit");
    QTest::keyClicks(filter, "users post");
    EXPECT_EQ(visibleEndpoints(), QStringList{"create"});
    EXPECT_TRUE(tree()->isExpanded(folder()));
    QTest::keyClick(filter, Qt::Key_Escape);
    EXPECT_EQ(visibleEndpoints().size(), 5);
    EXPECT_FALSE(tree()->isExpanded(folder()));
    EXPECT_TRUE(tree()->isExpanded(serverRow("api")));
}

TEST_F(WindowTree, AFilterFindsDisabledEndpointsAndBodies)
{
    auto *filter = find<QLineEdit>("treeFilterEdit");
    filter->setText("is:disabled");
    EXPECT_EQ(visibleEndpoints(), QStringList{"remove"});
    filter->setText("body:pong");
    EXPECT_EQ(visibleEndpoints(), QStringList{"ping"});
}

TEST_F(WindowTree, SpaceDisablesAndUndoEnablesAgain)
{
    ASSERT_TRUE(runtime().start("api"));
    tree()->setCurrentIndex(endpointRow("api", "ping"));
    QTest::keyClick(tree(), Qt::Key_Space);
    EXPECT_FALSE(isEnabled("ping"));
    EXPECT_EQ(endpointRow("api", "ping")
                  .siblingAtColumn(WorkspaceTreeModel::StateColumn)
                  .data()
                  .toString(),
              "off");
    EXPECT_TRUE(QTest::qWaitFor([this] { return statusOf("api", "/ping") == 404; }, 2000));
    trigger("edit.undo");
    EXPECT_TRUE(isEnabled("ping"));
    EXPECT_TRUE(QTest::qWaitFor([this] { return statusOf("api", "/ping") == 200; }, 2000));
}

TEST_F(WindowTree, AMixedFolderTurnsAllOnAndOneUndoRestoresTheMix)
{
    EXPECT_EQ(folder().data(Qt::CheckStateRole).toInt(), Qt::PartiallyChecked);
    clickRowButton(folder(), QStringLiteral("toggleEnabled"));
    EXPECT_EQ(folder().data(Qt::CheckStateRole).toInt(), Qt::Checked);
    EXPECT_TRUE(isEnabled("remove"));
    trigger("edit.undo");
    EXPECT_EQ(folder().data(Qt::CheckStateRole).toInt(), Qt::PartiallyChecked);
    EXPECT_TRUE(isEnabled("list"));
    EXPECT_FALSE(isEnabled("remove"));
}

TEST_F(WindowTree, DeletingFiveAsksNothingAndUndoBringsThemBackInPlace)
{
    const Server before = server("api");
    tree()->selectionModel()->clear();
    for (const char *id : {"list", "create", "remove", "ping", "post-status"})
        tree()->selectionModel()->select(endpointRow("api", QString::fromLatin1(id)),
                                         QItemSelectionModel::Select | QItemSelectionModel::Rows);
    trigger("edit.delete");
    EXPECT_TRUE(visibleEndpoints().isEmpty());
    auto *toast = find<QFrame>("undoToast");
    EXPECT_TRUE(toast->isVisible());
    trigger("edit.undo");
    EXPECT_EQ(server("api"), before);
    EXPECT_EQ(visibleEndpoints(), (QStringList{"list", "create", "remove", "ping", "post-status"}));
}

TEST_F(WindowTree, RenamesInPlaceWithEnterAndDropsWithEscape)
{
    tree()->setCurrentIndex(endpointRow("api", "ping"));
    trigger("edit.rename");
    auto *edit = find<QLineEdit>("treeRenameEdit");
    ASSERT_NE(edit, nullptr);
    edit->setText("Health");
    QTest::keyClick(edit, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor(
        [this] { return findEndpoint(server("api"), "ping")->name == "Health"; }, 1000));
    ASSERT_TRUE(
        QTest::qWaitFor([this] { return find<QLineEdit>("treeRenameEdit") == nullptr; }, 1000));
    trigger("edit.rename");
    edit = find<QLineEdit>("treeRenameEdit");
    ASSERT_NE(edit, nullptr);
    edit->setText("Other");
    QTest::keyClick(edit, Qt::Key_Escape);
    EXPECT_EQ(findEndpoint(server("api"), "ping")->name, "Health");
}

TEST_F(WindowTree, MovesAndDuplicatesAsOneStepEach)
{
    tree()->setCurrentIndex(endpointRow("api", "create"));
    trigger("item.moveUp");
    EXPECT_EQ(visibleEndpoints().mid(0, 2), (QStringList{"create", "list"}));
    trigger("edit.undo");
    EXPECT_EQ(visibleEndpoints().mid(0, 2), (QStringList{"list", "create"}));
    tree()->setCurrentIndex(endpointRow("api", "ping"));
    trigger("edit.duplicate");
    EXPECT_EQ(visibleEndpoints().size(), 6);
    trigger("edit.undo");
    EXPECT_EQ(visibleEndpoints().size(), 5);
}

TEST_F(WindowTree, ADeletedServerComesBackWithItsFile)
{
    const QByteArray before = read("api.mock.yaml");
    tree()->setCurrentIndex(serverRow("api"));
    trigger("edit.delete");
    EXPECT_EQ(model()->rowCount(), 0);
    EXPECT_FALSE(QFile::exists(workspaceFolder() + "/api.mock.yaml"));
    trigger("edit.undo");
    EXPECT_EQ(read("api.mock.yaml"), before);
    EXPECT_EQ(visibleEndpoints().size(), 5);
}

TEST_F(WindowTree, AClickOpensAPreviewThatTheNextClickReuses)
{
    const auto click = [this](const char *id) {
        const QModelIndex index = endpointRow("api", QString::fromLatin1(id));
        tree()->scrollTo(index);
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {},
                          tree()->visualRect(index).center());
    };
    click("ping");
    click("list");
    EXPECT_EQ(m_window->editors().count(), 1);
    EXPECT_EQ(m_window->editors().currentRef(), ObjectRef::endpoint("api", "list"));
    m_window->editors().open(ObjectRef::endpoint("api", "list"), true);
    click("ping");
    EXPECT_EQ(m_window->editors().count(), 2);
}

TEST_F(WindowTest, FiltersTenThousandEndpointsInTime)
{
    QByteArray endpoints;
    for (int folder = 0; folder < 100; ++folder) {
        endpoints += "- folder: F" + QByteArray::number(folder) + "\n  endpoints:\n";
        for (int i = 0; i < 100; ++i)
            endpoints += "  - id: e" + QByteArray::number(folder * 100 + i)
                         + "\n    method: GET\n    path: /r" + QByteArray::number(folder) + "/x"
                         + QByteArray::number(i) + "\n    responses:\n    - status: 200\n";
    }
    write("big.mock.yaml", serverText("Big", 0, endpoints));
    m_tester.reset(); // it walks the whole model after every change
    open();
    ASSERT_EQ(model()->endpointCount(), 10'000);
    auto *filter = find<QLineEdit>("treeFilterEdit");
    QElapsedTimer clock;
    clock.start();
    QTest::keyClick(filter, Qt::Key_7);
    tree()->viewport()->repaint();
    const qint64 elapsed = clock.elapsed();
    EXPECT_LT(model()->endpointCount(), 10'000);
    EXPECT_GT(model()->endpointCount(), 0);
#ifdef NDEBUG
    EXPECT_LE(elapsed, 400); // ux.md GUI-20 with the factor 2 of section 20
#else
    RecordProperty("elapsedMs", static_cast<int>(elapsed));
    EXPECT_LE(elapsed, 4000);
#endif
}

} // namespace understudy::ui::test
