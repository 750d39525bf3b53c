// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"

#include "core/traffic/journal.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/widgets/body_editor.h"

#include <QFrame>
#include <QLineEdit>
#include <QSpinBox>
#include <QTableView>

namespace understudy::ui::test {

/// "+ Mock" of requests that were answered by nobody.
class WindowMock : public WindowTest
{
protected:
    JournalEntry newestEntry(std::uint64_t number)
    {
        JournalEntry entry;
        EXPECT_TRUE(QTest::qWaitFor(
            [&] {
                entry = runtime().journal().at(number);
                return entry.exchange != nullptr;
            },
            5000));
        return entry;
    }
};

TEST_F(WindowMock, ASecondMockOfTheSameEndpointOpensTheOneThatIsThere)
{
    write("api.mock.yaml", serverText("Api", 0, kHello));
    open();
    ASSERT_TRUE(runtime().start("api"));
    std::vector<JournalEntry> misses;
    for (const char *target : {"/orders/17", "/orders/17", "/orders/18"}) {
        ASSERT_EQ(statusOf("api", target), 404);
        misses.push_back(newestEntry(misses.size() + 1));
    }
    for (const JournalEntry &miss : misses)
        Q_EMIT find<TrafficPage>("trafficPage")->mockRequested(miss);
    EXPECT_EQ(server("api").items.size(), 2U);
    EXPECT_EQ(workspace().undoStack()->count(), 1);
    EXPECT_EQ(m_window->editors().count(), 1);
    EXPECT_EQ(statusOf("api", "/orders/18"), 200);
}

TEST_F(WindowMock, AMockOpensTheWiderEndpointThatWouldAnswerNow)
{
    write("api.mock.yaml", serverText("Api", 0, kHello));
    open();
    ASSERT_TRUE(runtime().start("api"));
    ASSERT_EQ(statusOf("api", "/orders/17"), 404);
    const JournalEntry miss = newestEntry(1);
    workspace().edit("api", "Wider",
                     [](Server &s) { s.items[0].mutableEndpoint()->path = "/{all*}"; });
    Q_EMIT find<TrafficPage>("trafficPage")->mockRequested(miss);
    EXPECT_EQ(server("api").items.size(), 1U);
    EXPECT_EQ(m_window->editors().currentRef(), ObjectRef::endpoint("api", "hello"));
}

TEST_F(WindowMock, AMockOfARequestThatNoRuleFitsIsAResponseMore)
{
    write("api.mock.yaml",
          serverText("Api", 0,
                     "- id: order\n  method: GET\n  path: /orders/{id}\n  responses:\n"
                     "  - status: 202\n    when:\n      query.x: {equals: 1}\n"));
    open();
    ASSERT_TRUE(runtime().start("api"));
    ASSERT_EQ(statusOf("api", "/orders/17"), 404);
    const JournalEntry miss = newestEntry(1);
    Q_EMIT find<TrafficPage>("trafficPage")->mockRequested(miss);
    Q_EMIT find<TrafficPage>("trafficPage")->mockRequested(miss);
    ASSERT_EQ(server("api").items.size(), 1U);
    EXPECT_EQ(server("api").items[0].endpoint()->responses.size(), 2U);
    EXPECT_EQ(statusOf("api", "/orders/17"), 200);
    EXPECT_EQ(statusOf("api", "/orders/17?x=1"), 202) << "the rules are still asked first";
}

TEST_F(WindowMock, AMockIsUndoneWhereverTheFocusIs)
{
    write("api.mock.yaml", serverText("Api", 0, kHello));
    open();
    ASSERT_TRUE(runtime().start("api"));
    ASSERT_EQ(statusOf("api", "/orders/17"), 404);
    const JournalEntry miss = newestEntry(1);
    const std::vector<std::function<QWidget *()>> places{
        [this]() -> QWidget * { return inEditor<BodyEditor>("bodyEditor"); },
        [this]() -> QWidget * { return inEditor<QLineEdit>("pathEdit"); },
        [this]() -> QWidget * { return inEditor<QSpinBox>("prioritySpin"); },
        [this]() -> QWidget * { return inEditor<QTableView>("responseList"); },
        [this]() -> QWidget * { return find<QLineEdit>("trafficFilterEdit"); },
        [this]() -> QWidget * { return find<QTableView>("trafficView"); },
        [this]() -> QWidget * { return tree(); }};
    for (const auto &place : places) {
        Q_EMIT find<TrafficPage>("trafficPage")->mockRequested(miss);
        ASSERT_EQ(server("api").items.size(), 2U);
        find<QFrame>("undoToast")->hide();
        QWidget *widget = place();
        ASSERT_NE(widget, nullptr);
        widget->setFocus();
        QTest::keyClick(widget, Qt::Key_Z, Qt::ControlModifier);
        EXPECT_EQ(server("api").items.size(), 1U) << widget->objectName().toStdString();
        EXPECT_EQ(m_window->editors().count(), 0) << widget->objectName().toStdString();
        QTest::keyClick(tree(), Qt::Key_Y, Qt::ControlModifier);
        EXPECT_EQ(server("api").items.size(), 2U);
        trigger("edit.undo");
    }
}

} // namespace understudy::ui::test
