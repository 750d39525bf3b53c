// SPDX-License-Identifier: GPL-3.0-or-later
// Rules in the window as they hold for a request of the traffic.
#include "tests/ui/window_fixture.h"

#include "ui/models/rules_model.h"
#include "ui/panels/traffic/traffic_page.h"

#include <QLabel>
#include <QTabWidget>
#include <QTableView>
#include <QTreeView>

namespace understudy::ui::test {

class WindowRules : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml",
              serverText("Api", 0,
                         "- id: a\n  path: /a\n  responses:\n"
                         "  - {id: r, when: {all: [{query.q: {equals: 1}}, {header.X-Y: {absent: "
                         "true}}]}, body: r}\n"));
        open();
        m_window->editors().open(ObjectRef::endpoint("api", "a"), true);
        auto *tabs = inEditor<QTabWidget>("responseTabs");
        tabs->setCurrentWidget(inEditor<QWidget>("rulesTab"));
        ASSERT_TRUE(runtime().start("api"));
    }

    QTreeView *table() { return inEditor<QTreeView>("rulesTable"); }
    QString result(int row)
    {
        return table()->model()->index(row, RulesModel::ResultColumn).data().toString();
    }
    bool becomes(const QString &first, const QString &second)
    {
        return QTest::qWaitFor([&] { return result(0) == first && result(1) == second; });
    }
    QString tried() { return inEditor<QLabel>("rulesRequestLabel")->text(); }
};

TEST_F(WindowRules, AreTriedWithTheNewestRequestAndWithTheSelectedOne)
{
    EXPECT_TRUE(table()->isColumnHidden(RulesModel::ResultColumn));
    get("api", "/a?q=2");
    EXPECT_TRUE(becomes("✗ 2", "✓ (absent)")) << result(0).toStdString();
    EXPECT_FALSE(table()->isColumnHidden(RulesModel::ResultColumn));
    EXPECT_TRUE(tried().contains("/a?q=2")) << tried().toStdString();
    get("api", "/a?q=1");
    EXPECT_TRUE(becomes("✓ 1", "✓ (absent)")) << result(0).toStdString();
    // The one that is looked at in the traffic comes first.
    runtime().select(runtime().journal().at(1).exchange);
    EXPECT_TRUE(becomes("✗ 2", "✓ (absent)")) << result(0).toStdString();
    runtime().select(nullptr);
    EXPECT_TRUE(becomes("✓ 1", "✓ (absent)")) << result(0).toStdString();
}

TEST_F(WindowRules, AreTriedAgainWhenTheyAreEdited)
{
    get("api", "/a?q=2");
    ASSERT_TRUE(becomes("✗ 2", "✓ (absent)"));
    auto *model = table()->model();
    ASSERT_TRUE(model->setData(model->index(0, RulesModel::ValueColumn), "2"));
    EXPECT_TRUE(becomes("✓ 2", "✓ (absent)")) << result(0).toStdString();
    EXPECT_FALSE(model->flags(model->index(0, RulesModel::ResultColumn)) & Qt::ItemIsEditable);
}

TEST_F(WindowRules, ARequestOfAnotherEndpointSaysSo)
{
    get("api", "/b");
    runtime().select(runtime().journal().at(1).exchange);
    EXPECT_TRUE(QTest::qWaitFor([this] { return tried().contains("does not reach"); }));
    EXPECT_TRUE(table()->isColumnHidden(RulesModel::ResultColumn));
}

TEST_F(WindowRules, TheRowThatIsLookedAtIsTheSelectedOne)
{
    get("api", "/a?q=2");
    get("api", "/a?q=1");
    auto *traffic = m_window->findChild<QTableView *>("trafficView");
    ASSERT_TRUE(traffic);
    ASSERT_TRUE(QTest::qWaitFor([&] { return traffic->model()->rowCount() == 2; }));
    traffic->setCurrentIndex(traffic->model()->index(0, 0));
    EXPECT_TRUE(QTest::qWaitFor([this] { return runtime().selectedExchange() != nullptr; }));
}

} // namespace understudy::ui::test
