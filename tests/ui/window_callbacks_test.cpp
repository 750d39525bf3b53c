// SPDX-License-Identifier: GPL-3.0-or-later
// The tab of a response's callbacks: what is typed is in the document, and what it says is sent.
#include "tests/ui/window_fixture.h"

#include "core/base/json_text.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

namespace understudy::ui::test {

class WindowCallbacks : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml", serverText("Api", 0,
                                          "- {id: a, path: '/a/{x}', responses: [{body: a}]}\n"
                                          "- {id: hook, method: ANY, path: /hook, responses: "
                                          "[{body: ok}]}\n"));
        open();
        m_window->editors().open(ObjectRef::endpoint("api", "a"), true);
        auto *tabs = inEditor<QTabWidget>("responseTabs");
        tabs->setCurrentIndex(4);
    }

    void click(const char *name) { QTest::mouseClick(inEditor<QToolButton>(name), Qt::LeftButton); }
    const std::vector<Callback> &callbacks()
    {
        return findEndpoint(server("api"), "a")->responses.front().callbacks;
    }
    QString title() { return inEditor<QTabWidget>("responseTabs")->tabText(4); }
};

TEST_F(WindowCallbacks, WhatIsTypedIsInTheDocumentAndIsSent)
{
    EXPECT_EQ(title(), "Callbac&ks");
    click("addCallbackButton");
    ASSERT_EQ(callbacks().size(), 1U);
    EXPECT_EQ(title(), "Callbac&ks (1)");
    auto *url = inEditor<QLineEdit>("callbackUrlEdit");
    EXPECT_TRUE(url->hasFocus());
    QTest::keyClicks(url, "/hook?x={{path.x}}");
    inEditor<QComboBox>("callbackMethodCombo")->setCurrentText("PUT");
    QTest::mouseClick(inEditor<QCheckBox>("callbackTemplateCheck"), Qt::LeftButton);
    inEditor<QSpinBox>("callbackAfterSpin")->setValue(1);
    inEditor<QSpinBox>("callbackRetriesSpin")->setValue(2);
    auto *kind = inEditor<QComboBox>("callbackBodyKindCombo");
    auto *body = inEditor<QPlainTextEdit>("callbackBodyEdit");
    EXPECT_FALSE(body->isEnabled());
    kind->setCurrentIndex(1);
    Q_EMIT kind->activated(1);
    QTest::keyClicks(body, "{\"n\": 1.50}");
    const Callback made = callbacks().front();
    EXPECT_EQ(made.method, "PUT");
    EXPECT_EQ(made.url, "/hook?x={{path.x}}");
    EXPECT_EQ(made.after, std::chrono::milliseconds(1));
    EXPECT_EQ(made.retries, 2);
    EXPECT_TRUE(made.isTemplate);
    EXPECT_EQ(made.body, Body::text("{\"n\": 1.50}"));
    // As JSON it is the same document, with its numbers as they were written.
    kind->setCurrentIndex(2);
    Q_EMIT kind->activated(2);
    EXPECT_EQ(writeJson(callbacks().front().body.json), "{\"n\":1.50}");
    // What is no JSON is said and not taken.
    body->setPlainText("{");
    EXPECT_TRUE(inEditor<QLabel>("callbackBodyProblem")->text().contains("Ln 1"));
    EXPECT_EQ(writeJson(callbacks().front().body.json), "{\"n\":1.50}");
    EXPECT_EQ(inEditor<QListWidget>("callbackList")->item(0)->text(), "PUT /hook?x={{path.x}}");

    ASSERT_TRUE(runtime().start("api"));
    get("api", "/a/7");
    std::shared_ptr<const Exchange> callback;
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            for (const JournalEntry &entry : runtime().journal().readSince(0, 100).entries) {
                if (entry.exchange->match == MatchKind::Callback)
                    callback = entry.exchange;
            }
            return callback != nullptr;
        },
        5000));
    EXPECT_EQ(callback->request.target(), "/hook?x=7");
    EXPECT_EQ(callback->status, 200);
}

TEST_F(WindowCallbacks, ARowLeadsToTheRequestThatCausedIt)
{
    workspace().edit("api", "Callback", [](Server &s) {
        Callback callback;
        callback.url = "/hook";
        findEndpoint(s, "a")->responses.front().callbacks = {callback};
    });
    ASSERT_TRUE(runtime().start("api"));
    get("api", "/a/7");
    auto *table = find<QTableView>("trafficView");
    ASSERT_TRUE(QTest::qWaitFor([&] { return table->model()->rowCount() == 3; }, 5000));
    int row = -1;
    quint64 cause = 0;
    for (const JournalEntry &entry : runtime().journal().readSince(0, 10).entries) {
        if (entry.exchange->match == MatchKind::Callback) {
            row = static_cast<int>(entry.sequence) - 1;
            cause = entry.exchange->cause;
        }
    }
    ASSERT_GE(row, 0);
    table->setCurrentIndex(table->model()->index(row, 0));
    auto *button = find<QPushButton>("showCauseButton");
    ASSERT_TRUE(QTest::qWaitFor([&] { return button->isVisible(); }, 2000));
    EXPECT_EQ(button->text(), QStringLiteral("Show request %1").arg(cause));
    // It is none of what the servers are asked.
    EXPECT_FALSE(find<QAction>("traffic.resend")->isEnabled());
    EXPECT_FALSE(find<QAction>("traffic.mock")->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(table->currentIndex().row(), static_cast<int>(cause) - 1);
    EXPECT_FALSE(button->isVisible());
    EXPECT_TRUE(find<QAction>("traffic.resend")->isEnabled());
}

TEST_F(WindowCallbacks, JsonThatIsHalfTypedStaysWhateverElseIsEdited)
{
    click("addCallbackButton");
    auto *kind = inEditor<QComboBox>("callbackBodyKindCombo");
    auto *body = inEditor<QPlainTextEdit>("callbackBodyEdit");
    kind->setCurrentIndex(2);
    Q_EMIT kind->activated(2);
    EXPECT_EQ(callbacks().front().body, Body::ofJson(nullptr));
    QTest::keyClicks(body, "{\"n\": {{path.x}}");
    QTest::keyClicks(inEditor<QLineEdit>("callbackUrlEdit"), "/hook");
    QTest::mouseClick(inEditor<QCheckBox>("callbackTemplateCheck"), Qt::LeftButton);
    EXPECT_EQ(body->toPlainText(), "{\"n\": {{path.x}}");
    body->selectAll();
    QTest::keyClicks(body, "[1]");
    EXPECT_EQ(body->toPlainText(), "[1]");
    EXPECT_EQ(callbacks().front().body, Body::ofJson(JsonArray{JsonNumber{"1"}}));
    EXPECT_EQ(callbacks().front().url, "/hook");
}

TEST_F(WindowCallbacks, AreDuplicatedDeletedAndUndone)
{
    click("addCallbackButton");
    QTest::keyClicks(inEditor<QLineEdit>("callbackUrlEdit"), "/hook");
    click("duplicateCallbackButton");
    ASSERT_EQ(callbacks().size(), 2U);
    EXPECT_EQ(callbacks()[0], callbacks()[1]);
    EXPECT_EQ(inEditor<QListWidget>("callbackList")->currentRow(), 1);
    auto *list = inEditor<QListWidget>("callbackList");
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Delete);
    EXPECT_EQ(callbacks().size(), 1U);
    trigger("edit.undo");
    EXPECT_EQ(callbacks().size(), 2U);
    trigger("edit.undo");
    trigger("edit.undo");
    trigger("edit.undo");
    EXPECT_TRUE(callbacks().empty());
}

TEST_F(WindowCallbacks, AreSignedWithASecretOrAVariable)
{
    click("addCallbackButton");
    auto *secret = inEditor<QLineEdit>("callbackSecretEdit");
    auto *header = inEditor<QLineEdit>("callbackSignHeaderEdit");
    auto *hash = inEditor<QComboBox>("callbackHashCombo");
    EXPECT_FALSE(header->isEnabled());
    EXPECT_EQ(hash->currentText(), "SHA-256");
    inEditor<QSpinBox>("callbackCopiesSpin")->setValue(2);
    EXPECT_EQ(callbacks()[0].copies, 2);
    inEditor<QTabWidget>("callbackParts")->setCurrentIndex(2);
    secret->setFocus();
    QTest::keyClicks(secret, "s3cret");
    ASSERT_TRUE(callbacks()[0].sign);
    EXPECT_EQ(callbacks()[0].sign->secret, "s3cret");
    EXPECT_EQ(callbacks()[0].sign->header, "X-Signature");
    header->setFocus();
    header->selectAll();
    QTest::keyClicks(header, "X-Hub");
    hash->setCurrentIndex(2);
    Q_EMIT hash->activated(2);
    EXPECT_EQ(callbacks()[0].sign->header, "X-Hub");
    EXPECT_EQ(callbacks()[0].sign->hash, Signature::Hash::Sha512);
    secret->setFocus();
    secret->selectAll();
    QTest::keyClicks(secret, "$HOOK_SECRET");
    EXPECT_EQ(callbacks()[0].sign->secretEnv, "HOOK_SECRET");
    EXPECT_EQ(callbacks()[0].sign->secret, "");
    EXPECT_EQ(callbacks()[0].sign->header, "X-Hub");
    secret->selectAll();
    QTest::keyClick(secret, Qt::Key_Delete);
    EXPECT_FALSE(callbacks()[0].sign);
    EXPECT_FALSE(header->isEnabled());
}

} // namespace understudy::ui::test
