// SPDX-License-Identifier: GPL-3.0-or-later
// A body as a template in the window: what is offered while it is typed, and what it comes to.
#include "tests/ui/window_fixture.h"

#include "ui/panels/endpoint/body_tab.h"
#include "ui/panels/endpoint/preview_pane.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>

namespace understudy::ui::test {

class WindowTemplates : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml",
              serverText("Api", 0,
                         "- {id: a, method: [GET, POST], path: '/a/{id}', responses: "
                         "[{template: true, body: ''}, {id: b, body: plain}]}\n"));
        open();
        m_window->editors().open(ObjectRef::endpoint("api", "a"), true);
        inEditor<BodyTab>("bodyTab")->focusBody();
    }

    BodyEditor *editor() { return inEditor<BodyTab>("bodyTab")->editor(); }
    QAbstractItemView *list()
    {
        return qobject_cast<QAbstractItemView *>(QApplication::activePopupWidget());
    }
    const Response &response() { return findEndpoint(server("api"), "a")->responses.front(); }
    QString previewText() { return inEditor<QPlainTextEdit>("previewBody")->toPlainText(); }
    QString status() { return inEditor<QLabel>("previewStatus")->text(); }
    void openPreview()
    {
        QTest::mouseClick(inEditor<QToolButton>("previewButton"), Qt::LeftButton);
    }
};

TEST_F(WindowTemplates, NamesAreOfferedBehindTwoBraces)
{
    QTest::keyClicks(editor(), "Hello {{");
    ASSERT_TRUE(list() && list()->isVisible());
    QTest::keyClicks(list(), "path.");
    QTest::keyClick(list(), Qt::Key_Return);
    EXPECT_EQ(editor()->bytes(), "Hello {{path.id");
    EXPECT_FALSE(QApplication::activePopupWidget());
    QTest::keyClicks(editor(), "}}");
    EXPECT_EQ(response().body.content, "Hello {{path.id}}");
    // Behind the tag there is nothing to offer, and Esc leaves what is typed.
    QTest::keyClicks(editor(), " {{up");
    ASSERT_TRUE(list() && list()->isVisible());
    QTest::keyClick(list(), Qt::Key_Escape);
    EXPECT_FALSE(QApplication::activePopupWidget());
    EXPECT_EQ(editor()->bytes(), "Hello {{path.id}} {{up");
    QTest::keyClick(editor(), Qt::Key_Space, Qt::ControlModifier);
    ASSERT_TRUE(list() && list()->isVisible());
    QTest::keyClick(list(), Qt::Key_Tab);
    EXPECT_EQ(editor()->bytes(), "Hello {{path.id}} {{uppercase");
    QTest::keyClick(editor(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(editor()->bytes(), "Hello {{path.id}} {{up");
}

TEST_F(WindowTemplates, NothingIsOfferedWhereTheBodyIsNoTemplate)
{
    QTest::mouseClick(inEditor<QCheckBox>("bodyTemplateCheck"), Qt::LeftButton);
    editor()->setFocus();
    QTest::keyClicks(editor(), "Hello {{");
    EXPECT_FALSE(QApplication::activePopupWidget());
    EXPECT_FALSE(inEditor<QToolButton>("previewButton")->isVisible());
}

TEST_F(WindowTemplates, ThePreviewShowsWhatIsSentForARequest)
{
    editor()->replaceAllText("{{path.id}} {{query.q}}");
    openPreview();
    auto *request = inEditor<QLineEdit>("previewRequestEdit");
    EXPECT_EQ(request->text(), "GET /a/1");
    EXPECT_TRUE(QTest::qWaitFor([&] { return previewText() == "1 "; }));
    EXPECT_TRUE(status().startsWith("200 OK · text/plain")) << toStd(status());
    request->selectAll();
    QTest::keyClicks(request, "GET /a/7?q=x");
    EXPECT_TRUE(QTest::qWaitFor([&] { return previewText() == "7 x"; }));
    editor()->replaceAllText("{{#if}}{{/if}}");
    EXPECT_TRUE(QTest::qWaitFor([&] { return status().contains("exactly one argument"); }));
    request->selectAll();
    QTest::keyClicks(request, "GET /b");
    EXPECT_TRUE(QTest::qWaitFor([&] { return status().contains("does not reach"); }));
    request->selectAll();
    QTest::keyClicks(request, "nonsense");
    EXPECT_TRUE(QTest::qWaitFor([&] { return status().contains("Write it as"); }));
    EXPECT_EQ(previewText(), "");
}

TEST_F(WindowTemplates, ThePreviewTakesTheLastRequestWithItsBody)
{
    editor()->replaceAllText("{{method}} {{header.x}} {{raw}}");
    openPreview();
    auto *last = inEditor<QToolButton>("previewLastButton");
    last->click();
    EXPECT_EQ(status(), "this endpoint has not answered a request yet");
    ASSERT_TRUE(runtime().start("api"));
    understudy::test::LoopbackClient client(runtime().status("api")->port);
    client.send("POST /a/9 HTTP/1.1\r\nHost: x\r\nX: head\r\nContent-Length: 4\r\n\r\nbody");
    EXPECT_EQ(understudy::test::bodyOf(client.readAnswer()), "POST head body");
    ASSERT_TRUE(QTest::qWaitFor([&] { return runtime().journal().newest() > 0; }));
    last->click();
    EXPECT_EQ(inEditor<QLineEdit>("previewRequestEdit")->text(), "POST /a/9");
    EXPECT_TRUE(QTest::qWaitFor([&] { return previewText() == "POST head body"; }));
    // Another request that is typed has nothing of it any more.
    auto *request = inEditor<QLineEdit>("previewRequestEdit");
    request->selectAll();
    QTest::keyClicks(request, "GET /a/9");
    EXPECT_TRUE(QTest::qWaitFor([&] { return previewText() == "GET  "; }));
}

TEST_F(WindowTemplates, TheDialectIsChosenUnderMore)
{
    auto *dialect = inEditor<QComboBox>("dialectCombo");
    EXPECT_EQ(dialect->currentText(), "Understudy");
    dialect->setCurrentIndex(2);
    Q_EMIT dialect->activated(2);
    EXPECT_EQ(response().dialect, Dialect::WireMock);
    editor()->setFocus();
    QTest::keyClicks(editor(), "{{request.path.");
    ASSERT_TRUE(list() && list()->isVisible());
    QTest::keyClick(list(), Qt::Key_Return);
    EXPECT_EQ(editor()->bytes(), "{{request.path.id");
}

} // namespace understudy::ui::test
