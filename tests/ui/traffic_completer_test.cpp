// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/traffic_samples.h"
#include "ui/models/traffic_suggestions.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/services/traffic_feed.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLineEdit>
#include <QTest>

#include <gtest/gtest.h>

using namespace understudy;
using namespace understudy::ui;

namespace {

std::vector<JournalEntry> entries()
{
    std::vector<JournalEntry> out;
    for (const understudy::test::Sample &sample :
         {understudy::test::Sample{.target = "/a", .status = 404},
          understudy::test::Sample{.target = "/b,c", .status = 200},
          understudy::test::Sample{.method = "POST", .target = "/a", .status = 200}})
        out.push_back({out.size() + 1, understudy::test::makeExchange(sample)});
    out.push_back({4, understudy::test::makeBroken()});
    out.push_back({5, understudy::test::makeNoRequest()});
    return out;
}

/// "value hint" of each line.
QStringList lines(const QString &text, const std::vector<JournalEntry> &recent = entries())
{
    QStringList out;
    const FilterSuggestions found = filterSuggestions(text, text.size(), recent);
    for (const FilterSuggestion &line : found.lines)
        out << line.insert + u' ' + line.hint;
    return out;
}

/// The filter box of a shown page with a few rows.
class FilterCompletionTest : public testing::Test
{
protected:
    void SetUp() override
    {
        for (const JournalEntry &entry : entries())
            journal.append(entry.exchange);
        page.resize(1000, 400);
        page.show();
        page.activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&page));
        edit = page.findChild<QLineEdit *>("trafficFilterEdit");
        edit->setFocus();
        page.feed()->poll();
    }
    static QAbstractItemView *popup()
    {
        const auto widgets = QApplication::allWidgets();
        for (QWidget *widget : widgets) {
            if (widget->objectName() == QStringLiteral("filterCompletions"))
                return qobject_cast<QAbstractItemView *>(widget);
        }
        return nullptr;
    }

    Journal journal;
    TrafficPage page{journal};
    QLineEdit *edit = nullptr;
};

} // namespace

TEST(FilterSuggestions, OfferKeysWithWhatTheyAskFor)
{
    EXPECT_EQ(lines("re"), (QStringList{"reqbody: text in the request's body",
                                        "respbody: text in the response's body",
                                        "reqsize: of the request's body: >1k",
                                        "respsize: of the response's body: >1k"}));
    EXPECT_EQ(lines("orders -fau"), QStringList{"fault: kind of the fault: reset, status"});
    EXPECT_TRUE(lines("orders").isEmpty());
}

TEST(FilterSuggestions, ExplainEveryKey)
{
    const FilterSuggestions all = filterSuggestions({}, 0, {});
    EXPECT_GE(all.lines.size(), 19);
    for (const FilterSuggestion &line : all.lines)
        EXPECT_FALSE(line.hint.isEmpty()) << line.insert.toStdString();
}

TEST(FilterSuggestions, CountTheValuesThatRowsHave)
{
    EXPECT_EQ(lines("method:"), (QStringList{"GET 3 rows", "POST 1 row"}));
    EXPECT_EQ(lines("status:").mid(0, 3), (QStringList{"200 3 rows", "2xx 3 rows", "0 1 row"}));
    EXPECT_EQ(lines("fault:"), (QStringList{"reset 1 row", "tls 1 row"}));
    EXPECT_EQ(lines("is:fa"), QStringList{"fault 2 rows"});
    EXPECT_EQ(lines("latency:>1"), (QStringList{">100ms 1 row", ">1s 0 rows"}));
    EXPECT_EQ(lines("header:conte"), (QStringList{"content-length 4 rows", "content-type 4 rows"}));
}

TEST(FilterSuggestions, QuoteWhatNeedsQuotes)
{
    EXPECT_EQ(lines("server:"), QStringList{"\"Shop API\" 5 rows"});
    EXPECT_EQ(lines("server:\"Sh"), QStringList{"\"Shop API\" 5 rows"});
    EXPECT_TRUE(lines("path:/b").contains("\"/b,c\" 1 row"));
}

TEST(FilterSuggestions, CountCharactersAndNotBytes)
{
    const QString text = QStringLiteral("größe method:PO");
    EXPECT_EQ(filterSuggestions(text, text.size(), entries()).from, 13);
}

TEST_F(FilterCompletionTest, CompletesAKeyAndThenItsValue)
{
    ASSERT_TRUE(popup());
    EXPECT_FALSE(popup()->isVisible());
    QTest::keyClicks(edit, "-meth");
    ASSERT_TRUE(popup()->isVisible());
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Return);
    EXPECT_EQ(edit->text(), "-method:");
    ASSERT_TRUE(QTest::qWaitFor([] { return popup()->isVisible(); }));
    ASSERT_EQ(popup()->model()->rowCount(), 2);
    EXPECT_EQ(popup()->model()->index(1, 0).data().toString(), "POST   1 row");
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Return);
    EXPECT_EQ(edit->text(), "-method:POST");
    EXPECT_FALSE(popup()->isVisible());
}

TEST_F(FilterCompletionTest, KeepsWhatStandsBehindTheCursor)
{
    edit->setText("met path:/a");
    edit->setCursorPosition(3);
    QTest::keyClick(edit, Qt::Key_Down);
    ASSERT_TRUE(popup()->isVisible());
    QTest::keyClick(popup(), Qt::Key_Down);
    QTest::keyClick(popup(), Qt::Key_Return);
    EXPECT_EQ(edit->text(), "method: path:/a");
    EXPECT_EQ(edit->cursorPosition(), 7);
}

TEST_F(FilterCompletionTest, ShowsEveryKeyOnlyWhenAsked)
{
    QTest::keyClicks(edit, "a ");
    EXPECT_FALSE(popup()->isVisible());
    QTest::keyClick(edit, Qt::Key_Space, Qt::ControlModifier);
    EXPECT_TRUE(popup()->isVisible());
    EXPECT_GE(popup()->model()->rowCount(), 19);
    QTest::keyClick(popup(), Qt::Key_Escape);
    EXPECT_FALSE(popup()->isVisible());
    EXPECT_EQ(edit->text(), "a ");
}
