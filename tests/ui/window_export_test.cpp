// SPDX-License-Identifier: GPL-3.0-or-later
// A server as other tools have it, from the menu to the file.
#include "tests/ui/window_fixture.h"

#include "ui/dialogs/export_dialog.h"

#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>

namespace understudy::ui::test {

class WindowExport : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml", "understudy: 1\nname: My Api\nendpoints:\n"
                               "- {path: /a, responses: [{bodyFile: a.txt}]}\n"
                               "- {path: /off, enabled: false, responses: [{}]}\n");
        write("a.txt", "from a file");
        open();
        m_window->panel().reveal(ObjectRef::server("api"));
        trigger("file.export");
        m_dialog = find<ExportDialog>("exportDialog");
    }
    template<class Widget>
    Widget *in(const char *name)
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }
    void choose(const char *format)
    {
        auto *combo = in<QComboBox>("exportFormatCombo");
        combo->setCurrentIndex(combo->findData(QString::fromLatin1(format)));
        ASSERT_TRUE(QTest::qWaitFor(
            [&] { return in<QPushButton>("exportSaveButton")->isEnabled(); }, 30000));
    }

    ExportDialog *m_dialog = nullptr;
};

TEST_F(WindowExport, ShowsWhatIsWrittenAndWhatHasNoWord)
{
    ASSERT_TRUE(m_dialog);
    choose("native");
    EXPECT_TRUE(in<QPlainTextEdit>("exportText")->toPlainText().startsWith("understudy: 1"));
    EXPECT_EQ(in<QListWidget>("exportReport")->count(), 0);
    choose("wiremock");
    const QString text = in<QPlainTextEdit>("exportText")->toPlainText();
    EXPECT_TRUE(text.contains("\"body\": \"from a file\"")) << toStd(text);
    EXPECT_EQ(in<QListWidget>("exportReport")->findItems("switched off", Qt::MatchContains).size(),
              1);
    in<QPushButton>("exportCopyButton")->click();
    EXPECT_EQ(QApplication::clipboard()->text(), text);
}

TEST_F(WindowExport, SavesAndSaysWhereItCannot)
{
    ASSERT_TRUE(m_dialog);
    choose("wiremock");
    EXPECT_TRUE(m_dialog->saveTo(workspaceFolder() + QStringLiteral("/out.json")));
    EXPECT_EQ(in<QPlainTextEdit>("exportText")->toPlainText().toUtf8(),
              read(QStringLiteral("out.json")));
    EXPECT_FALSE(m_dialog->saveTo(workspaceFolder() + QStringLiteral("/nowhere/out.json")));
    EXPECT_FALSE(in<QLabel>("exportMessage")->text().isEmpty());
}

TEST_F(WindowExport, APartOfTheServerInTheLastFormat)
{
    choose("curl");
    const QPointer<ExportDialog> first = m_dialog;
    m_dialog->reject();
    ASSERT_TRUE(QTest::qWaitFor([&] { return first.isNull(); }, 3000));
    m_window->panel().reveal(ObjectRef::endpoint("api", "any-off"));
    trigger("item.export");
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            m_dialog = find<ExportDialog>("exportDialog");
            return m_dialog && m_dialog->formatId() == "curl"
                   && in<QPushButton>("exportSaveButton")->isEnabled();
        },
        30000));
    auto *scopes = in<QComboBox>("exportScopeCombo");
    ASSERT_EQ(scopes->count(), 2);
    EXPECT_EQ(scopes->currentText(), "Endpoint ANY /off");
    const QString part = in<QPlainTextEdit>("exportText")->toPlainText();
    EXPECT_FALSE(part.contains("3000/a")) << toStd(part);
    scopes->setCurrentIndex(0);
    ASSERT_TRUE(QTest::qWaitFor(
        [&] { return in<QPlainTextEdit>("exportText")->toPlainText() != part; }, 30000));
    EXPECT_TRUE(in<QPlainTextEdit>("exportText")->toPlainText().contains("3000/a"));
}

} // namespace understudy::ui::test
