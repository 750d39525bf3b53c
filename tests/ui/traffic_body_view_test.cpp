// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/body_view.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include <gtest/gtest.h>

using namespace understudy;
using namespace understudy::ui;

namespace {

CapturedBody bodyOf(std::string text)
{
    CapturedBody body;
    body.size = text.size();
    body.content = std::make_shared<const std::string>(std::move(text));
    return body;
}

class BodyViewTest : public testing::Test
{
protected:
    QString text() { return view.findChild<QPlainTextEdit *>("bodyText")->toPlainText(); }
    QString remark() { return view.findChild<QLabel *>("bodyRemark")->text(); }
    void setMode(int mode) { view.findChild<QComboBox *>("bodyModeCombo")->setCurrentIndex(mode); }

    BodyView view{"Request body"};
};

} // namespace

TEST_F(BodyViewTest, ShowsJsonPrettyRawAndAsBytes)
{
    view.setBody(bodyOf(R"({"a":1})"), {});
    EXPECT_EQ(text(), "{\n  \"a\": 1\n}");
    setMode(1);
    EXPECT_EQ(text(), R"({"a":1})");
    setMode(2);
    EXPECT_TRUE(text().startsWith("00000000  7b 22 61"));
}

TEST_F(BodyViewTest, ShowsTheBeginningOfALargeBodyAndTheRestOnRequest)
{
    view.setBody(bodyOf(std::string(600'000, 'x')), {});
    EXPECT_EQ(text().size(), 256 * 1024);
    auto *all = view.findChild<QPushButton *>("showAllButton");
    EXPECT_FALSE(all->isHidden());
    EXPECT_EQ(all->text(), "Show all (600.0 kB)");
    all->click();
    ASSERT_TRUE(QTest::qWaitFor([this] { return text().size() == 600'000; }));
    EXPECT_TRUE(all->isHidden());
}

TEST_F(BodyViewTest, SaysWhyThereIsNothing)
{
    view.setBody({}, {});
    EXPECT_EQ(remark(), "No body");
    CapturedBody dropped;
    dropped.size = 5;
    dropped.dropped = true;
    view.setBody(dropped, {});
    EXPECT_TRUE(remark().startsWith("Body no longer kept (memory limit)"));
    dropped.dropped = false;
    view.setBody(dropped, {});
    EXPECT_TRUE(remark().startsWith("Body was over the capture limit"));
    EXPECT_FALSE(view.findChild<QPushButton *>("saveBodyButton")->isEnabled());
}

TEST_F(BodyViewTest, ShowsWhatIsNotTextAsBytes)
{
    view.setBody(bodyOf(std::string("\0\1\2", 3)), {});
    EXPECT_TRUE(text().startsWith("00000000  00 01 02"));
    view.setBody(bodyOf("abc"), "br");
    EXPECT_TRUE(remark().startsWith("Compressed with br"));
}

TEST_F(BodyViewTest, FindsByKey)
{
    view.setBody(bodyOf("one two one"), {});
    view.findChild<QLineEdit *>("bodyFindEdit")->setText("one");
    auto *edit = view.findChild<QPlainTextEdit *>("bodyText");
    QTest::keyClick(edit, Qt::Key_F3);
    EXPECT_EQ(edit->textCursor().selectionStart(), 0);
    QTest::keyClick(edit, Qt::Key_F3);
    EXPECT_EQ(edit->textCursor().selectionStart(), 8);
    QTest::keyClick(edit, Qt::Key_F3);
    EXPECT_EQ(edit->textCursor().selectionStart(), 0);
}
