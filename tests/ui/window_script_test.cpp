// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of scripts in the window: the kind of body, a script to begin with, the preview; and what
// the server's form has for computed answers.
#include "tests/ui/window_fixture.h"

#include "ui/panels/endpoint/body_tab.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>

namespace understudy::ui::test {

class WindowScripts : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml",
              serverText("Api", 0, "- {id: get-a, method: GET, path: '/a/{id}', responses: [{}]}\n")
                  + "buckets: {users: {items: [1]}, carts: {items: [2]}}\n");
        open();
        m_window->editors().open(ObjectRef::endpoint("api", "get-a"), true);
    }

    const Body &body() { return findEndpoint(server("api"), "get-a")->responses.front().body; }
    void chooseKind(const QString &text)
    {
        auto *kind = inEditor<QComboBox>("bodyKindCombo");
        kind->setCurrentIndex(kind->findText(text));
        Q_EMIT kind->activated(kind->currentIndex());
    }
    QString preview() { return inEditor<QPlainTextEdit>("previewBody")->toPlainText(); }
};

TEST_F(WindowScripts, OneIsCreatedPreviewedAndServed)
{
    chooseKind("Script");
    EXPECT_EQ(body().kind, Body::Kind::Script);
    QTest::mouseClick(inEditor<QPushButton>("bodyScriptCreateButton"), Qt::LeftButton);
    EXPECT_EQ(body().content, "scripts/get-a.js");
    const QString file = QString(workspaceFolder() + "/scripts/get-a.js");
    ASSERT_TRUE(QFile::exists(file)) << file.toStdString();
    EXPECT_TRUE(inEditor<QPushButton>("bodyScriptCreateButton")->isHidden());
    QTest::mouseClick(inEditor<QToolButton>("previewButton"), Qt::LeftButton);
    EXPECT_TRUE(QTest::qWaitFor([this] { return preview().contains("\"path\""); }))
        << preview().toStdString();
    // An edit by another program is seen.
    QFile script(file);
    ASSERT_TRUE(script.open(QIODevice::WriteOnly));
    script.write("module.exports = () => 'edited elsewhere';");
    script.close();
    EXPECT_TRUE(QTest::qWaitFor([this] { return preview() == "edited elsewhere"; }))
        << preview().toStdString();
}

TEST_F(WindowScripts, AScriptThatIsThereIsNeverWrittenOver)
{
    QDir().mkpath(QString(workspaceFolder() + "/scripts"));
    QFile script(QString(workspaceFolder() + "/scripts/get-a.js"));
    ASSERT_TRUE(script.open(QIODevice::WriteOnly));
    script.write("mine");
    script.close();
    chooseKind("Script");
    QTest::mouseClick(inEditor<QPushButton>("bodyScriptCreateButton"), Qt::LeftButton);
    EXPECT_EQ(body().content, "scripts/get-a-2.js");
    ASSERT_TRUE(script.open(QIODevice::ReadOnly));
    EXPECT_EQ(script.readAll(), "mine");
}

TEST_F(WindowScripts, ABucketIsChosenByName)
{
    chooseKind("Bucket");
    EXPECT_EQ(body().kind, Body::Kind::Bucket);
    EXPECT_EQ(body().content, "users");
    auto *names = inEditor<QComboBox>("bodyBucketCombo");
    names->setCurrentIndex(names->findText("carts"));
    Q_EMIT names->activated(names->currentIndex());
    EXPECT_EQ(body().content, "carts");
    chooseKind("Text");
    chooseKind("Bucket");
    EXPECT_EQ(body().content, "carts");
}

TEST_F(WindowScripts, TheServersFormHasHelpersLanguageAndKeys)
{
    m_window->editors().open(ObjectRef::server("api"), true);
    const auto type = [this](const char *name, const QString &text) {
        auto *edit = m_window->findChild<QLineEdit *>(name);
        edit->setText(text);
        Q_EMIT edit->editingFinished();
    };
    type("helpersFileEdit", "h.js");
    type("scenarioKeysEdit", "cart: header.X-Run, order: query.run");
    auto *locale = m_window->findChild<QComboBox *>("localeCombo");
    locale->setCurrentText("de");
    Q_EMIT locale->lineEdit()->editingFinished();
    EXPECT_EQ(server("api").helpers, "h.js");
    EXPECT_EQ(server("api").locale, "de");
    ASSERT_EQ(server("api").scenarios.size(), 2U);
    EXPECT_EQ(ruleTargetText(*server("api").scenarios[1].key), "query.run");
    // What is no key stays in its field, with the reason; the keys stay as they were.
    type("scenarioKeysEdit", "cart header");
    auto *message = m_window->findChild<QLabel *>("scenarioKeysMessage");
    EXPECT_FALSE(message->isHidden());
    EXPECT_TRUE(message->text().contains("cart header"));
    EXPECT_EQ(server("api").scenarios.size(), 2U);
    // Leaving the field as it is changes nothing.
    auto *keys = m_window->findChild<QLineEdit *>("scenarioKeysEdit");
    keys->setText("cart: header.X-Run, order: query.run");
    const auto before = workspace().find("api")->value;
    Q_EMIT keys->editingFinished();
    EXPECT_EQ(workspace().find("api")->value, before);
    type("scenarioKeysEdit", "");
    EXPECT_TRUE(server("api").scenarios.empty());
}

} // namespace understudy::ui::test
