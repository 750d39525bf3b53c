// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"

#include "ui/models/responses_model.h"
#include "ui/models/rules_model.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

namespace understudy::ui::test {

/// What the keys do in the tree and in the lists of the window.
class WindowKeys : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml",
              serverText("Api", 0,
                         "- id: a\n  method: GET\n  path: /a\n  responses:\n"
                         "  - status: 201\n    headers: {X-One: '1', X-Two: '2'}\n"
                         "    when:\n    - query.x: {equals: one}\n    - query.y: {equals: two}\n"
                         "    behaviour:\n      faults:\n      - {kind: status, status: 500}\n"
                         "  - status: 202\n"
                         "- id: b\n  method: GET\n  path: /b\n  responses:\n  - status: 200\n"));
        open();
        m_window->editors().open(ObjectRef::endpoint("api", "a"), true);
        m_window->panel().reveal(ObjectRef::endpoint("api", "b"));
    }

    template<class Table>
    Table *showTable(const char *name, int tab)
    {
        inEditor<QTabWidget>("responseTabs")->setCurrentIndex(tab);
        auto *table = inEditor<Table>(name);
        table->setFocus();
        return table;
    }
    QTreeView *rules() { return showTable<QTreeView>("rulesTable", 2); }
    const Endpoint &endpoint() { return *findEndpoint(server("api"), "a"); }
    const Response &response() { return endpoint().responses.front(); }
    /// The editor of the open cell.
    template<class Editor>
    static Editor *cellEditor(QAbstractItemView *table)
    {
        for (Editor *editor : table->viewport()->findChildren<Editor *>()) {
            if (editor->isVisible() && editor->parentWidget() == table->viewport())
                return editor;
        }
        return nullptr;
    }
    bool isRenaming() { return find<QLineEdit>("treeRenameEdit") != nullptr; }
};

TEST_F(WindowKeys, ArrowKeysShowTheRowThatTheyGoTo)
{
    tree()->setFocus();
    tree()->setCurrentIndex(serverRow("api"));
    QTest::keyClick(tree(), Qt::Key_Down);
    EXPECT_EQ(m_window->editors().currentRef(), ObjectRef::endpoint("api", "a"));
    QTest::keyClick(tree(), Qt::Key_Down);
    EXPECT_EQ(m_window->editors().currentRef(), ObjectRef::endpoint("api", "b"));
    EXPECT_TRUE(m_window->panel().current().sameObject(m_window->editors().currentRef()));
    EXPECT_TRUE(tree()->hasFocus());
    QTest::keyClick(tree(), Qt::Key_Home);
    EXPECT_EQ(m_window->editors().currentRef(), ObjectRef::server("api"));
    EXPECT_EQ(m_window->editors().count(), 2) << "the preview is reused";
}

TEST_F(WindowKeys, ATabThatIsClickedSelectsItsRow)
{
    m_window->editors().open(ObjectRef::endpoint("api", "b"), true);
    QTabBar *bar = m_window->editors().tabBar();
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(0).center());
    EXPECT_TRUE(m_window->panel().current().sameObject(ObjectRef::endpoint("api", "a")));
    trigger("view.nextTab");
    EXPECT_TRUE(m_window->panel().current().sameObject(ObjectRef::endpoint("api", "b")));
}

TEST_F(WindowKeys, RenamingInTheRulesTableEditsTheCell)
{
    QTreeView *table = rules();
    table->setCurrentIndex(table->model()->index(0, RulesModel::ValueColumn));
    QTest::keyClick(table, Qt::Key_F2);
    EXPECT_FALSE(isRenaming());
    auto *line = cellEditor<QLineEdit>(table);
    ASSERT_NE(line, nullptr);
    QTest::keyClick(line, Qt::Key_F2);
    QTest::keyClick(line, Qt::Key_D, Qt::ControlModifier);
    EXPECT_FALSE(isRenaming());
    EXPECT_EQ(server("api").items.size(), 2U);
    line->setText("three");
    QTest::keyClick(line, Qt::Key_Return);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] {
            return table->model()->index(0, RulesModel::ValueColumn).data(Qt::EditRole) == "three";
        },
        2000));
}

TEST_F(WindowKeys, NoListRenamesOrDuplicatesInTheTree)
{
    for (const char *name : {"responseList", "headersTable", "faultsTable"}) {
        const int tab = QByteArray(name) == "headersTable"  ? 1
                        : QByteArray(name) == "faultsTable" ? 3
                                                            : 0;
        auto *table = showTable<QTableView>(name, tab);
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_F2);
        EXPECT_FALSE(isRenaming()) << name;
    }
    for (const char *name : {"trafficView", "problemsView"}) {
        auto *table = find<QTableView>(name);
        QTest::keyClick(table, Qt::Key_F2);
        QTest::keyClick(table, Qt::Key_D, Qt::ControlModifier);
        EXPECT_FALSE(isRenaming()) << name;
    }
    EXPECT_EQ(server("api").items.size(), 2U);
}

TEST_F(WindowKeys, NoControlOfTheEditorRenamesOrDuplicatesInTheTree)
{
    for (const char *name :
         {"rulesOperatorCombo", "statusCombo", "methodCombo", "responseTimesSpin",
          "responseNameEdit", "endpointEnabledSwitch", "bodyEditor"}) {
        inEditor<QTabWidget>("responseTabs")
            ->setCurrentIndex(QByteArray(name) == "rulesOperatorCombo" ? 2 : 0);
        auto *control = inEditor<QWidget>(name);
        ASSERT_NE(control, nullptr) << name;
        control->setFocus();
        QWidget *focus = QApplication::focusWidget();
        ASSERT_NE(focus, nullptr) << name;
        QTest::keyClick(focus, Qt::Key_F2);
        EXPECT_FALSE(isRenaming()) << name;
        if (QByteArray(name) != "bodyEditor") {
            QTest::keyClick(focus, Qt::Key_D, Qt::ControlModifier);
            QTest::keyClick(focus, Qt::Key_Delete);
        }
        EXPECT_EQ(server("api").items.size(), 2U) << name;
    }
    tree()->setFocus();
    QTest::keyClick(tree(), Qt::Key_D, Qt::ControlModifier);
    EXPECT_EQ(server("api").items.size(), 3U);
}

TEST_F(WindowKeys, TabGoesThroughTheFormAsItIsRead)
{
    QStringList wanted{"methodCombo",          "pathEdit",           "endpointEnabledSwitch",
                       "copyUrlButton",        "endpointNameEdit",   "prioritySpin",
                       "descriptionToggle",    "addResponseButton",  "duplicateResponseButton",
                       "deleteResponseButton", "responseModeCombo",  "responseList",
                       "statusCombo",          "responseNameEdit",   "responseTimesSpin",
                       "qt_tabwidget_tabbar",  "rulesOperatorCombo", "addRuleButton",
                       "addRuleGroupButton",   "removeRuleButton",   "rulesTable"};
    inEditor<QTabWidget>("responseTabs")->setCurrentIndex(2);
    inEditor<QWidget>("methodCombo")->setFocus();
    QStringList seen;
    while (seen.size() < wanted.size()) {
        seen << QApplication::focusWidget()->objectName();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    EXPECT_EQ(seen, wanted);
}

TEST_F(WindowKeys, EveryMnemonicOfTheFormIsItsOwn)
{
    QStringList seen;
    const auto add = [&](const QString &text) {
        const QKeySequence key = QKeySequence::mnemonic(text);
        if (key.isEmpty())
            return;
        EXPECT_FALSE(seen.contains(key.toString())) << text.toStdString();
        seen << key.toString();
    };
    for (const QAction *menu : m_window->menuBar()->actions())
        add(menu->text());
    auto *tabs = inEditor<QTabWidget>("responseTabs");
    for (int tab = 0; tab < tabs->count(); ++tab)
        add(tabs->tabText(tab));
    tabs->setCurrentIndex(2);
    QWidget *editor = m_window->editors().currentWidget();
    for (const auto *label : editor->findChildren<QLabel *>()) {
        if (label->isVisibleTo(editor) && label->buddy())
            add(label->text());
    }
    for (const auto *button : editor->findChildren<QAbstractButton *>()) {
        if (button->isVisibleTo(editor))
            add(button->text());
    }
    EXPECT_GE(seen.size(), 8 + 5 + 5);
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::AltModifier);
    EXPECT_TRUE(inEditor<QWidget>("prioritySpin")->hasFocus());
    QTest::keyClick(inEditor<QWidget>("prioritySpin"), Qt::Key_A, Qt::AltModifier);
    EXPECT_EQ(tabs->currentIndex(), 1);
}

TEST_F(WindowKeys, AnEditLeavesARowOfAFilteredTreeCurrent)
{
    ASSERT_TRUE(runtime().start("api"));
    EXPECT_EQ(statusOf("api", "/b"), 200);
    const auto hits
        = [&] { return endpointRow("api", "b").data(WorkspaceTreeModel::HitsRole).toULongLong(); };
    ASSERT_TRUE(QTest::qWaitFor([&] { return hits() == 1; }, 5000));
    find<QLineEdit>("treeFilterEdit")->setText("/b");
    m_window->panel().reveal(ObjectRef::endpoint("api", "b"));
    workspace().edit("api", "Name", [](Server &s) { s.name = "Other"; });
    EXPECT_TRUE(m_window->panel().current().sameObject(ObjectRef::endpoint("api", "b")));
    EXPECT_TRUE(tree()->selectionModel()->isSelected(endpointRow("api", "b")));
    EXPECT_EQ(hits(), 1U);
}

TEST_F(WindowKeys, AFilterWithoutHitLosesNoRow)
{
    m_window->panel().reveal(ObjectRef::endpoint("api", "b"));
    auto *filter = find<QLineEdit>("treeFilterEdit");
    filter->setFocus();
    QTest::keyClicks(filter, "nothing of that name");
    QTest::keyClick(filter, Qt::Key_Escape);
    EXPECT_TRUE(tree()->hasFocus());
    EXPECT_TRUE(m_window->panel().current().sameObject(ObjectRef::endpoint("api", "b")));
    QTest::keyClick(tree(), Qt::Key_Delete);
    EXPECT_EQ(server("api").items.size(), 1U);
}

TEST_F(WindowKeys, TheRowThatGetsTheFocusIsSelected)
{
    tree()->selectionModel()->clearSelection(); // as Qt leaves it when the focus finds no row
    inEditor<QWidget>("methodCombo")->setFocus();
    tree()->setFocus();
    ASSERT_TRUE(tree()->currentIndex().isValid());
    EXPECT_TRUE(tree()->selectionModel()->isSelected(tree()->currentIndex()));
}

TEST_F(WindowKeys, EnterInTheFilterGoesToTheFirstHit)
{
    m_window->panel().reveal(ObjectRef::server("api"));
    auto *filter = find<QLineEdit>("treeFilterEdit");
    filter->setFocus();
    QTest::keyClicks(filter, "/b");
    QTest::keyClick(filter, Qt::Key_Return);
    EXPECT_TRUE(tree()->hasFocus());
    EXPECT_TRUE(m_window->panel().current().sameObject(ObjectRef::endpoint("api", "b")));
}

TEST_F(WindowKeys, DeletingAResponseSelectsItsNeighbour)
{
    auto *list = inEditor<QTableView>("responseList");
    list->setFocus();
    const auto ids = [list] {
        QStringList all;
        for (int row = 0; row < list->model()->rowCount(); ++row)
            all << list->model()->index(row, 0).data(ResponsesModel::ObjectIdRole).toString();
        return all;
    };
    list->setCurrentIndex(list->model()->index(1, 0));
    QTest::keyClick(list, Qt::Key_D, Qt::ControlModifier);
    QTest::keyClick(list, Qt::Key_D, Qt::ControlModifier);
    ASSERT_EQ(list->model()->rowCount(), 4);
    const QStringList before = ids();
    list->setCurrentIndex(list->model()->index(1, 0));
    QTest::keyClick(list, Qt::Key_Delete);
    EXPECT_EQ(list->currentIndex().row(), 1) << "the one that came up";
    QTest::keyClick(list, Qt::Key_Delete);
    EXPECT_EQ(list->currentIndex().row(), 1);
    QTest::keyClick(list, Qt::Key_Delete);
    EXPECT_EQ(list->currentIndex().row(), 0) << "the last one leaves it to the one before";
    EXPECT_EQ(ids(), QStringList{before.front()});
}

TEST_F(WindowKeys, TabGoesFromCellToCellOfARule)
{
    QTreeView *table = rules();
    table->setCurrentIndex(table->model()->index(1, RulesModel::TargetColumn));
    QTest::keyClick(table, Qt::Key_F2);
    auto *target = cellEditor<QComboBox>(table);
    ASSERT_NE(target, nullptr);
    target->setCurrentText("header");
    QTest::keyClick(target, Qt::Key_Tab);
    auto *name = cellEditor<QLineEdit>(table);
    ASSERT_NE(name, nullptr);
    name->setText("Accept");
    QTest::keyClick(name, Qt::Key_Tab);
    EXPECT_EQ(table->currentIndex().column(), RulesModel::NotColumn);
    QTest::keyClick(table, Qt::Key_Space);
    QTest::keyClick(table, Qt::Key_Tab);
    EXPECT_EQ(table->currentIndex().column(), RulesModel::OperatorColumn);
    QComboBox *op = nullptr;
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            return (op = cellEditor<QComboBox>(table)) != nullptr && op->findText("oneOf") >= 0;
        },
        2000));
    op->setCurrentText("oneOf");
    QTest::keyClick(op, Qt::Key_Tab);
    EXPECT_EQ(table->currentIndex().column(), RulesModel::ValueColumn);
    QLineEdit *value = nullptr;
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            value = cellEditor<QLineEdit>(table);
            return value && value->text().contains("two");
        },
        2000));
    value->setText("7, \"a,b\"");
    QTest::keyClick(value, Qt::Key_Return);

    const auto leaf = [this] {
        return std::get<RuleLeaf>(std::get<RuleGroup>(response().when->node).rules[1].node);
    };
    const JsonValue wanted = JsonArray{7, "a,b"};
    EXPECT_TRUE(QTest::qWaitFor([&] { return leaf().conditions[0].value == wanted; }, 2000));
    EXPECT_EQ(leaf().target, (RuleTarget{RuleTarget::Kind::Header, "Accept", {}}));
    EXPECT_TRUE(leaf().conditions[0].negated);
    EXPECT_EQ(leaf().conditions[0].op, RuleOperator::OneOf);
}

TEST_F(WindowKeys, TabWalksThroughTheRulesAndOnToTheNextWidget)
{
    QTreeView *table = rules();
    table->setCurrentIndex(table->model()->index(0, RulesModel::ValueColumn));
    QTest::keyClick(table, Qt::Key_Tab);
    EXPECT_EQ(table->currentIndex(), table->model()->index(1, RulesModel::TargetColumn));
    QTest::keyClick(table, Qt::Key_Backtab, Qt::ShiftModifier);
    EXPECT_EQ(table->currentIndex(), table->model()->index(0, RulesModel::ValueColumn));
    table->setCurrentIndex(table->model()->index(1, RulesModel::ValueColumn));
    QTest::keyClick(table, Qt::Key_Tab);
    EXPECT_FALSE(table->hasFocus());
}

TEST_F(WindowKeys, DeleteAndDuplicateInTheRulesTable)
{
    QTreeView *table = rules();
    table->setCurrentIndex(table->model()->index(0, RulesModel::ValueColumn));
    QTest::keyClick(table, Qt::Key_D, Qt::ControlModifier);
    EXPECT_EQ(table->model()->rowCount(), 3);
    QTest::keyClick(table, Qt::Key_Delete);
    QTest::keyClick(table, Qt::Key_Delete);
    ASSERT_EQ(table->model()->rowCount(), 1);
    EXPECT_EQ(server("api").items.size(), 2U) << "nothing in the tree";
    trigger("edit.undo");
    EXPECT_EQ(table->model()->rowCount(), 2);
}

TEST_F(WindowKeys, DeleteDuplicateAndRenameInTheResponseList)
{
    auto *list = inEditor<QTableView>("responseList");
    list->setFocus();
    list->setCurrentIndex(list->model()->index(1, 0));
    QTest::keyClick(list, Qt::Key_D, Qt::ControlModifier);
    EXPECT_EQ(endpoint().responses.size(), 3U);
    QTest::keyClick(list, Qt::Key_Delete);
    ASSERT_EQ(endpoint().responses.size(), 2U);
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Delete);
    ASSERT_EQ(endpoint().responses.size(), 1U);
    EXPECT_EQ(response().status, 202);
    QTest::keyClick(list, Qt::Key_F2);
    EXPECT_TRUE(inEditor<QLineEdit>("responseNameEdit")->hasFocus());
    EXPECT_EQ(server("api").items.size(), 2U) << "nothing in the tree";
}

TEST_F(WindowKeys, DeleteAndDuplicateInTheTablesOfHeadersAndFaults)
{
    auto *headers = showTable<QTableView>("headersTable", 1);
    headers->setCurrentIndex(headers->model()->index(0, 1));
    QTest::keyClick(headers, Qt::Key_D, Qt::ControlModifier);
    EXPECT_EQ(response().headers.size(), 3U);
    QTest::keyClick(headers, Qt::Key_Delete);
    QTest::keyClick(headers, Qt::Key_Delete);
    ASSERT_EQ(response().headers.size(), 1U);

    m_window->editors().currentEndpoint()->focusField([] {
        ObjectRef ref = ObjectRef::endpoint("api", "a");
        ref.field = "behaviour";
        return ref;
    }());
    auto *scope = inEditor<QComboBox>("behaviourScopeCombo");
    scope->setCurrentIndex(0);
    Q_EMIT scope->activated(0);
    auto *faults = showTable<QTableView>("faultsTable", 3);
    ASSERT_EQ(faults->model()->rowCount(), 1);
    faults->setCurrentIndex(faults->model()->index(0, 0));
    QTest::keyClick(faults, Qt::Key_D, Qt::ControlModifier);
    EXPECT_EQ(response().behaviour.faults.size(), 2U);
    QTest::keyClick(faults, Qt::Key_Delete);
    EXPECT_EQ(response().behaviour.faults.size(), 1U);
}

} // namespace understudy::ui::test
