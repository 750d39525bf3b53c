// SPDX-License-Identifier: GPL-3.0-or-later
// Changing the kind of something and back brings back what was there.
#include "tests/ui/window_fixture.h"

#include "ui/panels/endpoint/body_tab.h"
#include "ui/widgets/body_editor.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTableView>
#include <QToolButton>

namespace understudy::ui::test {

class WindowKinds : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml",
              serverText("Api", 0,
                         "- id: a\n  method: GET\n  path: /a\n  responses:\n  - headers:\n"
                         "      Content-Type: application/json\n    bodyJson: {\"a\": [1]}\n"
                         "- id: s\n  method: GET\n  path: /s\n  responses:\n"
                         "  - script: answer.js\n"));
        open();
        m_window->editors().open(ObjectRef::endpoint("api", "a"), true);
    }

    const Response &response(const char *id = "a")
    {
        return findEndpoint(server("api"), id)->responses.front();
    }
    BodyEditor *body() { return inEditor<BodyEditor>("bodyEditor"); }
    void choose(const char *combo, int index)
    {
        auto *box = inEditor<QComboBox>(combo);
        ASSERT_TRUE(box);
        ASSERT_GE(index, 0);
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index);
    }
    void chooseBody(Body::Kind kind)
    {
        choose("bodyKindCombo",
               inEditor<QComboBox>("bodyKindCombo")->findData(static_cast<int>(kind)));
    }
    void type(const char *edit, const QString &text)
    {
        auto *field = inEditor<QLineEdit>(edit);
        field->setText(text);
        Q_EMIT field->editingFinished();
    }
    void openServer() { m_window->editors().open(ObjectRef::server("api"), true); }
    const Fault &fault() { return response().behaviour.faults.front(); }
};

TEST_F(WindowKinds, EveryKindOfBodyKeepsWhatItHeld)
{
    chooseBody(Body::Kind::File);
    type("bodyFileEdit", "bodies/a.json");
    chooseBody(Body::Kind::None);
    chooseBody(Body::Kind::Base64);
    chooseBody(Body::Kind::Json);
    EXPECT_EQ(response().body, Body::ofJson(*JsonValue::parse(R"({"a":[1]})")));
    chooseBody(Body::Kind::File);
    EXPECT_EQ(response().body, Body::file("bodies/a.json"));
    chooseBody(Body::Kind::Json);
    EXPECT_EQ(response().body, Body::ofJson(*JsonValue::parse(R"({"a":[1]})")));
}

TEST_F(WindowKinds, TextComesBackAsItWasWritten)
{
    chooseBody(Body::Kind::Text);
    body()->replaceAllText("{\"a\":   1.50}");
    chooseBody(Body::Kind::Json);
    EXPECT_EQ(response().body.kind, Body::Kind::Json);
    chooseBody(Body::Kind::Text);
    EXPECT_EQ(response().body, Body::text("{\"a\":   1.50}"));
}

TEST_F(WindowKinds, WhatWasEditedGoesOverIntoAKindThatCanHoldIt)
{
    chooseBody(Body::Kind::Text);
    chooseBody(Body::Kind::Json);
    body()->replaceAllText("{\"b\": 2}");
    chooseBody(Body::Kind::Text);
    EXPECT_EQ(response().body, Body::text("{\"b\": 2}"));
    chooseBody(Body::Kind::Base64);
    chooseBody(Body::Kind::Text);
    EXPECT_EQ(response().body, Body::text("{\"b\": 2}"));
}

TEST_F(WindowKinds, AJsonValueThatIsNoneYetComesBackAsTyped)
{
    body()->replaceAllText("{\"a\": ");
    chooseBody(Body::Kind::None);
    chooseBody(Body::Kind::Json);
    EXPECT_EQ(body()->bytes(), "{\"a\": ");
    EXPECT_EQ(inEditor<QComboBox>("bodyKindCombo")->currentText(), "JSON value");
    body()->replaceAllText("{\"a\": 1}");
    EXPECT_EQ(response().body.kind, Body::Kind::Json);
}

TEST_F(WindowKinds, TheBodiesOfTwoResponsesAreKeptApart)
{
    m_window->editors().open(ObjectRef::endpoint("api", "s"), false);
    ASSERT_EQ(response("s").body.kind, Body::Kind::Script);
    chooseBody(Body::Kind::Json);
    EXPECT_EQ(response("s").body, Body::ofJson(JsonObject()));
    chooseBody(Body::Kind::Script);
    EXPECT_EQ(response("s").body.content, "answer.js");
}

TEST_F(WindowKinds, UndoTakesAChangeOfKindBack)
{
    chooseBody(Body::Kind::File);
    trigger("edit.undo");
    EXPECT_EQ(response().body, Body::ofJson(*JsonValue::parse(R"({"a":[1]})")));
    EXPECT_EQ(inEditor<QComboBox>("bodyKindCombo")->currentText(), "JSON value");
}

TEST_F(WindowKinds, EveryModelOfLatencyKeepsItsNumbers)
{
    choose("latencyModeCombo", 1);
    inEditor<QSpinBox>("latencyFixedSpin")->setValue(70);
    choose("latencyModeCombo", 2);
    inEditor<QSpinBox>("latencyMaxSpin")->setValue(900);
    choose("latencyModeCombo", 0);
    choose("latencyModeCombo", 1);
    EXPECT_EQ(inEditor<QSpinBox>("latencyFixedSpin")->value(), 70);
    choose("latencyModeCombo", 2);
    EXPECT_EQ(inEditor<QSpinBox>("latencyMaxSpin")->value(), 900);
}

TEST_F(WindowKinds, EveryModeOfThrottleKeepsItsNumbers)
{
    auto *combo = inEditor<QComboBox>("throttleCombo");
    choose("throttleCombo", combo->findText("Own rates"));
    const auto rate = std::optional(ByteCount{123'000});
    workspace().edit("api", "Rate", [&](Server &s) {
        findEndpoint(s, "a")->responses.front().behaviour.throttle->download = rate;
    });
    choose("throttleCombo", combo->findText("In equal pieces"));
    choose("throttleCombo", 0);
    choose("throttleCombo", combo->findText("Own rates"));
    EXPECT_EQ(response().behaviour.throttle->download, rate);
}

TEST_F(WindowKinds, EveryKindOfFaultKeepsItsValuesAndTakesTheConditionsAlong)
{
    QTest::mouseClick(inEditor<QToolButton>("addFaultButton"), Qt::LeftButton);
    inEditor<QSpinBox>("faultStatusSpin")->setValue(418);
    auto *kinds = inEditor<QComboBox>("faultKindCombo");
    choose("faultKindCombo", kinds->findData(static_cast<int>(FaultKind::Reset)));
    inEditor<QDoubleSpinBox>("faultShareSpin")->setValue(30);
    choose("faultKindCombo", kinds->findData(static_cast<int>(FaultKind::Status)));
    EXPECT_EQ(fault().status, 418);
    EXPECT_EQ(fault().rate, 0.3);
}

TEST_F(WindowKinds, EveryConditionKeepsItsValue)
{
    QTest::mouseClick(inEditor<QToolButton>("addFaultButton"), Qt::LeftButton);
    const auto chooseCondition = [this](const QString &text) {
        choose("faultConditionCombo", inEditor<QComboBox>("faultConditionCombo")->findText(text));
    };
    chooseCondition("every n-th");
    inEditor<QSpinBox>("faultConditionSpin")->setValue(7);
    chooseCondition("during a time window");
    type("faultToEdit", "42s");
    chooseCondition("every n-th");
    EXPECT_EQ(fault().every, 7U);
    EXPECT_FALSE(fault().during);
    chooseCondition("during a time window");
    ASSERT_TRUE(fault().during);
    EXPECT_EQ(fault().during->to, std::chrono::seconds(42));
}

TEST_F(WindowKinds, TheOwnAnswerToUnmatchedRequestsIsKept)
{
    openServer();
    choose("unmatchedPolicyCombo", 1);
    inEditor<QSpinBox>("fallbackStatusSpin")->setValue(410);
    inEditor<QPlainTextEdit>("fallbackBodyEdit")->setPlainText("gone");
    choose("unmatchedPolicyCombo", 0);
    EXPECT_FALSE(server("api").fallback);
    choose("unmatchedPolicyCombo", 1);
    ASSERT_TRUE(server("api").fallback);
    EXPECT_EQ(server("api").fallback->status, 410);
    EXPECT_EQ(server("api").fallback->body.content, "gone");
}

TEST_F(WindowKinds, TheFilesOfACertificateAreKept)
{
    openServer();
    choose("tlsModeCombo", 2);
    type("certPathEdit", "one.pem");
    type("keyPathEdit", "one-key.pem");
    choose("tlsModeCombo", 1);
    choose("tlsModeCombo", 3);
    choose("tlsModeCombo", 0);
    EXPECT_FALSE(server("api").listen.tls);
    choose("tlsModeCombo", 2);
    ASSERT_TRUE(server("api").listen.tls);
    EXPECT_EQ(server("api").listen.tls->certificate, "one.pem");
    EXPECT_EQ(server("api").listen.tls->key, "one-key.pem");
}

} // namespace understudy::ui::test
