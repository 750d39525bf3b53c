// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/window_fixture.h"

#include "ui/models/responses_model.h"
#include "ui/panels/endpoint/body_tab.h"
#include "ui/widgets/body_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QTableView>
#include <QThreadPool>
#include <QToolButton>

namespace understudy::ui::test {

namespace {

/// Twelve lines of JSON with a comma missing at the end of the eleventh.
QByteArray brokenJson()
{
    QByteArray text = "{\n";
    for (int i = 0; i < 9; ++i)
        text += "  \"k" + QByteArray::number(i) + "\": " + QByteArray::number(i) + ",\n";
    return text + "  \"last\": 1\n  \"broken\": 2\n}\n";
}

const QByteArray kEndpoints
    = "- id: a\n  method: GET\n  path: /a\n  responses:\n  - headers:\n"
      "      Content-Type: application/json\n    body: |\n      {\"a\": 1}\n"
      "- id: b\n  method: GET\n  path: /b\n  responses:\n  - headers:\n"
      "      Content-Type: application/json\n    body: |\n      {\"b\": 2}\n";

} // namespace

class WindowEditor : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml", serverText("Api", 0, kEndpoints));
        open();
        show("a");
    }

    void show(const char *id)
    {
        m_window->editors().open(ObjectRef::endpoint("api", QString::fromLatin1(id)), true);
    }
    BodyEditor *body() { return inEditor<BodyEditor>("bodyEditor"); }
    QLabel *chip() { return inEditor<QLabel>("bodyStatusChip"); }
    QString chipState() { return chip()->property("state").toString(); }
    const Response &response(const char *id)
    {
        return findEndpoint(server("api"), id)->responses.front();
    }
    int cursorLine()
    {
        int line = 0;
        int column = 0;
        body()->getCursorPosition(&line, &column);
        return line + 1;
    }
    bool hasSquiggle(int line)
    {
        const long from = body()->SendScintilla(QsciScintillaBase::SCI_POSITIONFROMLINE,
                                                static_cast<unsigned long>(line - 1));
        const long to = body()->SendScintilla(QsciScintillaBase::SCI_GETLINEENDPOSITION,
                                              static_cast<unsigned long>(line - 1));
        for (long at = from; at < to; ++at) {
            if (body()->SendScintilla(QsciScintillaBase::SCI_INDICATORALLONFOR,
                                      static_cast<unsigned long>(at))
                != 0)
                return true;
        }
        return false;
    }
};

TEST_F(WindowEditor, ABrokenBodyIsMarkedWithItsLine)
{
    body()->replaceAllText(brokenJson());
    ASSERT_TRUE(QTest::qWaitFor([this] { return chipState() == "invalid"; }, 2000));
    EXPECT_TRUE(chip()->text().contains("Ln 12")) << chip()->text().toStdString();
    EXPECT_TRUE(hasSquiggle(12));
    body()->setCursorPosition(0, 0);
    trigger("body.nextProblem");
    EXPECT_EQ(cursorLine(), 12);
}

TEST_F(WindowEditor, ABodyWithBracesSaysThatTemplatesAreOffAndOneClickTurnsThemOn)
{
    auto *check = inEditor<QCheckBox>("bodyTemplateCheck");
    EXPECT_FALSE(check->isChecked());
    body()->replaceAllText("{\"method\": \"{{method}}\"}");
    ASSERT_TRUE(QTest::qWaitFor([&] { return check->property("role") == "warning"; }, 3000));
    EXPECT_FALSE(response("a").isTemplate);
    QTest::mouseClick(check, Qt::LeftButton);
    EXPECT_TRUE(response("a").isTemplate);
    EXPECT_NE(check->property("role"), "warning");
    ASSERT_TRUE(runtime().start("api"));
    EXPECT_EQ(understudy::test::bodyOf(get("api", "/a")), "{\"method\": \"GET\"}");
    trigger("edit.undo");
    EXPECT_FALSE(response("a").isTemplate);
    EXPECT_FALSE(check->isChecked());
}

TEST_F(WindowEditor, ABrokenTemplateIsMarkedWhereTheServerSaysIt)
{
    workspace().edit("api", "Template",
                     [](Server &s) { findEndpoint(s, "a")->responses[0].isTemplate = true; });
    body()->replaceAllText("{\n  \"ä\": \"{{#if}\"\n}");
    ASSERT_TRUE(QTest::qWaitFor([&] { return chipState() == "invalid"; }, 3000));
    EXPECT_TRUE(chip()->text().contains("Ln 2, Col 14")) << chip()->text().toStdString();
    body()->setCursorPosition(0, 0);
    trigger("body.nextProblem");
    EXPECT_EQ(cursorLine(), 2);
    body()->replaceAllText("{\"a\": {{count}}}");
    EXPECT_TRUE(QTest::qWaitFor([&] { return chipState() == "invalid"; }, 3000));
    body()->replaceAllText("{\"a\": {{count}} }");
    EXPECT_TRUE(QTest::qWaitFor([&] { return chipState() == "valid"; }, 3000));
}

TEST_F(WindowEditor, ACheckThatComesLateSaysNothingOfAnotherText)
{
    QByteArray longOne = "[";
    for (int i = 0; i < 200'000; ++i)
        longOne += "1, ";
    body()->replaceAllText(longOne);
    auto *check = inEditor<QCheckBox>("bodyTemplateCheck");
    QTest::mouseClick(check, Qt::LeftButton); // begins to check the long text
    body()->replaceAllText("  ");
    QTest::mouseClick(check, Qt::LeftButton); // begins to check the blank one
    EXPECT_EQ(chipState(), "empty");
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    EXPECT_EQ(chipState(), "empty");
}

TEST_F(WindowEditor, FormattingABrokenBodyOnlyJumpsToTheError)
{
    body()->replaceAllText(brokenJson());
    body()->setCursorPosition(0, 0);
    trigger("body.format");
    EXPECT_EQ(body()->bytes(), brokenJson());
    EXPECT_EQ(cursorLine(), 12);
}

TEST_F(WindowEditor, FormattingIndentsAValidBody)
{
    body()->replaceAllText("{\"x\":[1,2.50],\"y\":{}}");
    trigger("body.format");
    EXPECT_EQ(body()->bytes(), "{\n  \"x\": [\n    1,\n    2.50\n  ],\n  \"y\": {}\n}");
}

TEST_F(WindowEditor, ABrokenBodyIsServedByteForByte)
{
    body()->replaceAllText(brokenJson());
    ASSERT_TRUE(runtime().start("api"));
    EXPECT_EQ(understudy::test::bodyOf(get("api", "/a")), brokenJson().toStdString());
}

TEST_F(WindowEditor, UndoNeverBringsAnotherBodysText)
{
    body()->replaceAllText("{\"edited\": true}");
    show("b");
    ASSERT_EQ(body()->bytes(), "{\"b\": 2}\n");
    body()->setFocus();
    QTest::keyClick(body(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(body()->bytes(), "{\"b\": 2}\n");
    EXPECT_EQ(response("a").body.content, "{\"edited\": true}");
}

TEST_F(WindowEditor, ABodyFindsItsHistoryAgain)
{
    body()->replaceAllText("{\"edited\": true}");
    show("b");
    show("a");
    body()->setFocus();
    QTest::keyClick(body(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(body()->bytes(), "{\"a\": 1}\n");
}

TEST_F(WindowEditor, AnEditedBodyIsServedSoon)
{
    ASSERT_TRUE(runtime().start("api"));
    body()->replaceAllText("{\"new\": 1}");
    EXPECT_TRUE(QTest::qWaitFor(
        [this] { return understudy::test::bodyOf(get("api", "/a")) == "{\"new\": 1}"; }, 5000));
}

TEST_F(WindowEditor, ABodyEditIsOneStepOfTheWorkspace)
{
    QTest::keyClicks(body(), "xyz");
    EXPECT_EQ(workspace().undoStack()->count(), 1);
    workspace().undoStack()->undo();
    EXPECT_EQ(response("a").body.content, "{\"a\": 1}\n");
    EXPECT_EQ(body()->bytes(), "{\"a\": 1}\n");
}

TEST_F(WindowEditor, RefusesAStatusThatIsNone)
{
    auto *status = inEditor<QComboBox>("statusCombo");
    auto *message = inEditor<QLabel>("statusMessage");
    const auto type = [&](const char *text) {
        status->lineEdit()->setFocus();
        status->lineEdit()->clear();
        QTest::keyClicks(status->lineEdit(), QString::fromLatin1(text));
    };
    type("99");
    EXPECT_EQ(message->property("state").toString(), "invalid");
    EXPECT_EQ(response("a").status, 200);
    type("599");
    EXPECT_EQ(message->property("state").toString(), "valid");
    EXPECT_EQ(response("a").status, 599);
    type("1000");
    EXPECT_EQ(message->property("state").toString(), "invalid");
}

TEST_F(WindowEditor, TakesATemplateAsStatusAndAsDelay)
{
    auto *status = inEditor<QComboBox>("statusCombo");
    status->lineEdit()->setFocus();
    status->lineEdit()->clear();
    QTest::keyClicks(status->lineEdit(), "{{query.code}}");
    EXPECT_EQ(response("a").statusTemplate, "{{query.code}}");
    EXPECT_TRUE(response("a").isTemplate);
    const auto *rows = inEditor<QTableView>("responseList")->model();
    EXPECT_EQ(rows->index(0, ResponsesModel::StatusColumn).data().toString(), "{{…}}");
    EXPECT_EQ(rows->index(0, ResponsesModel::NameColumn).data().toString(), "{{query.code}}");
    auto *delay = inEditor<QLineEdit>("delayEdit");
    delay->setText("{{query.ms}}");
    Q_EMIT delay->editingFinished();
    EXPECT_EQ(response("a").delay, "{{query.ms}}");
    status->lineEdit()->setFocus();
    status->lineEdit()->clear();
    QTest::keyClicks(status->lineEdit(), "404");
    EXPECT_EQ(response("a").statusTemplate, "");
    EXPECT_EQ(response("a").status, 404);
}

TEST_F(WindowEditor, APathIsCheckedWhileItIsTyped)
{
    auto *path = inEditor<QLineEdit>("pathEdit");
    auto *message = inEditor<QLabel>("pathMessage");
    path->clear();
    QTest::keyClicks(path, "/a/{id");
    EXPECT_EQ(message->property("state").toString(), "invalid");
    QTest::keyClicks(path, "}");
    EXPECT_EQ(message->property("state").toString(), "valid");
    EXPECT_EQ(findEndpoint(server("api"), "a")->path, "/a/{id}");
}

TEST_F(WindowEditor, AColonSegmentBecomesAParameter)
{
    auto *path = inEditor<QLineEdit>("pathEdit");
    path->setText("/a/:id");
    Q_EMIT path->editingFinished();
    EXPECT_EQ(findEndpoint(server("api"), "a")->path, "/a/{id}");
}

TEST_F(WindowEditor, AFixedLatencyIsSetAndSaved)
{
    auto *mode = inEditor<QComboBox>("latencyModeCombo");
    mode->setCurrentIndex(1);
    Q_EMIT mode->activated(1);
    inEditor<QSpinBox>("latencyFixedSpin")->setValue(70);
    ASSERT_TRUE(workspace().saveNow());
    EXPECT_TRUE(read("api.mock.yaml").contains("latency: 70ms"))
        << read("api.mock.yaml").toStdString();
}

TEST_F(WindowEditor, AJsonValueThatIsTypedIsNeverLost)
{
    auto *kind = inEditor<QComboBox>("bodyKindCombo");
    kind->setCurrentIndex(1);
    Q_EMIT kind->activated(1);
    ASSERT_EQ(response("a").body.kind, Body::Kind::Json);
    body()->replaceAllText("{\"a\": ");
    EXPECT_EQ(response("a").body.content, "{\"a\": ");
    body()->replaceAllText("{\"a\": [1.5]}");
    EXPECT_EQ(response("a").body.kind, Body::Kind::Json);
}

TEST_F(WindowEditor, SaysWhatAResponseWithoutRulesDoes)
{
    const auto note = [this](Selection select) {
        workspace().edit("api", "Select",
                         [&](Server &s) { findEndpoint(s, "a")->select = select; });
        return inEditor<QLabel>("rulesNote")->text();
    };
    EXPECT_EQ(note(Selection::Sequence), "No rules: answers when its turn comes");
    EXPECT_EQ(note(Selection::Random), "No rules: always among those that are drawn from");
    EXPECT_EQ(note(Selection::First), "No rules: answers whenever no other response does");
}

TEST_F(WindowEditor, AddsDuplicatesAndMovesResponses)
{
    const auto names = [this] {
        std::string all;
        for (const Response &r : findEndpoint(server("api"), "a")->responses)
            all += (all.empty() ? "" : ",") + std::to_string(r.status) + r.name;
        return all;
    };
    trigger("response.add");
    ASSERT_EQ(names(), "200,200");
    QTest::keyClicks(inEditor<QLineEdit>("responseNameEdit"), "new");
    ASSERT_EQ(names(), "200,200new");
    QTest::mouseClick(inEditor<QToolButton>("duplicateResponseButton"), Qt::LeftButton);
    ASSERT_EQ(findEndpoint(server("api"), "a")->responses.size(), 3U);
    const Response &copy = findEndpoint(server("api"), "a")->responses.back();
    EXPECT_TRUE(QString::fromStdString(copy.name).startsWith("new")) << copy.name;
    EXPECT_NE(copy.id, findEndpoint(server("api"), "a")->responses[1].id);
    const std::string copyId = copy.id;
    inEditor<QTableView>("responseList")->setFocus();
    trigger("item.moveUp");
    trigger("item.moveUp");
    EXPECT_EQ(response("a").id, copyId);
    trigger("item.moveDown");
    EXPECT_EQ(findEndpoint(server("api"), "a")->responses[1].id, copyId);
    for (int steps = workspace().undoStack()->count(); steps > 0; --steps)
        trigger("edit.undo");
    EXPECT_EQ(names(), "200");
}

} // namespace understudy::ui::test
