// SPDX-License-Identifier: GPL-3.0-or-later
// A latency of samples in the window.
#include "tests/ui/window_fixture.h"

#include "ui/charts/latency_preview.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTabWidget>

namespace understudy::ui::test {

using namespace std::chrono_literals;

class WindowSamples : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml",
              serverText("Api", 0,
                         "- id: a\n  method: GET\n  path: /a\n  responses:\n  - body: x\n"
                         "    behaviour: {latency: {samples: [40ms, 12.5ms, 40ms]}}\n"));
        write("times.csv", "1ms\n2ms\n");
        open();
        m_window->editors().open(ObjectRef::endpoint("api", "a"), true);
        inEditor<QTabWidget>("responseTabs")->setCurrentWidget(inEditor<QWidget>("behaviourTab"));
    }

    QLineEdit *values() { return inEditor<QLineEdit>("latencyValuesEdit"); }
    QLineEdit *file() { return inEditor<QLineEdit>("latencySamplesEdit"); }
    static void enter(QLineEdit *edit, const QString &text)
    {
        edit->setText(text);
        Q_EMIT edit->editingFinished();
    }
    SampledLatency latency()
    {
        const auto &head
            = findEndpoint(server("api"), "a")->responses.front().behaviour.latency.head;
        const auto *samples = head ? std::get_if<SampledLatency>(&*head) : nullptr;
        return samples ? *samples : SampledLatency{"(another model)", {}};
    }
};

TEST_F(WindowSamples, DurationsOfTheFileAreShownAndStay)
{
    EXPECT_EQ(inEditor<QComboBox>("latencyModeCombo")->currentText(), "Samples");
    EXPECT_EQ(values()->text(), "40ms, 12.5ms, 40ms");
    EXPECT_EQ(file()->text(), "");
    EXPECT_TRUE(inEditor<QLabel>("latencyMessage")->isHidden());
    EXPECT_FALSE(inEditor<LatencyPreview>("latencyPreview")->isHidden());
    Q_EMIT values()->editingFinished();
    Q_EMIT file()->editingFinished();
    EXPECT_EQ(latency(), (SampledLatency{{}, {40ms, 12'500us, 40ms}}));
    EXPECT_EQ(workspace().undoStack()->count(), 0);
}

TEST_F(WindowSamples, ThatAreManyAreNotCut)
{
    const std::vector<Duration> many(kMostSamples, 123'456'789us);
    QString text;
    for (std::size_t i = 0; i < many.size(); ++i)
        text += QStringLiteral("123.456789s ");
    enter(values(), text);
    EXPECT_EQ(latency().values, many);
    Q_EMIT values()->editingFinished();
    EXPECT_EQ(latency().values, many);
}

TEST_F(WindowSamples, AreTypedAsDurationsOrMilliseconds)
{
    enter(values(), "7, 1.5s; 30us");
    EXPECT_EQ(latency(), (SampledLatency{{}, {7ms, 1500ms, 30us}}));
    EXPECT_EQ(values()->text(), "7ms, 1500ms, 0.03ms");
    enter(values(), "7ms, soon");
    EXPECT_TRUE(inEditor<QLabel>("latencyMessage")->text().contains("'soon' is not a duration"));
    EXPECT_EQ(values()->text(), "7ms, soon");
    EXPECT_EQ(latency().values.size(), 3U);
    enter(values(), "7ms");
    EXPECT_TRUE(inEditor<QLabel>("latencyMessage")->isHidden());
    EXPECT_EQ(latency(), (SampledLatency{{}, {7ms}}));
}

TEST_F(WindowSamples, StayWhileTheyAreTypedWhateverElseChanges)
{
    values()->setFocus();
    ASSERT_TRUE(values()->hasFocus());
    values()->setText("7ms, 1");
    workspace().edit("api", "Rename", [](Server &server) { server.name = "Another"; });
    QApplication::processEvents();
    EXPECT_EQ(values()->text(), "7ms, 1");
}

TEST_F(WindowSamples, AFileReplacesThemAndTheyAFile)
{
    enter(file(), "times.csv");
    EXPECT_EQ(latency(), (SampledLatency{"times.csv", {}}));
    EXPECT_EQ(values()->text(), "");
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return !inEditor<LatencyPreview>("latencyPreview")->isHidden(); }, 3000));
    enter(values(), "3ms");
    EXPECT_EQ(latency(), (SampledLatency{{}, {3ms}}));
    EXPECT_EQ(file()->text(), "");
    enter(values(), "");
    EXPECT_TRUE(inEditor<QLabel>("latencyMessage")->text().contains("Choose a file"));
    EXPECT_EQ(latency(), (SampledLatency{{}, {3ms}}));
    trigger("edit.undo");
    EXPECT_EQ(latency(), (SampledLatency{"times.csv", {}}));
    EXPECT_EQ(file()->text(), "times.csv");
}

} // namespace understudy::ui::test
