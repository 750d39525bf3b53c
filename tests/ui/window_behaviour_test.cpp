// SPDX-License-Identifier: GPL-3.0-or-later
// The behaviour panel in the window.
#include "tests/ui/window_fixture.h"

#include "ui/charts/latency_preview.h"
#include "ui/models/fault_parameters_model.h"
#include "ui/models/faults_model.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSlider>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>

namespace understudy::ui::test {

namespace {

using namespace std::chrono_literals;

const QByteArray kNested
    = "- folder: Users\n  endpoints:\n"
      "  - id: a\n    method: GET\n    path: /a\n    responses:\n    - body: 0123456789\n";

} // namespace

class WindowBehaviour : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml", serverText("Api", 0, kNested));
        open();
        m_window->editors().open(ObjectRef::endpoint("api", "a"), true);
        auto *tabs = inEditor<QTabWidget>("responseTabs");
        tabs->setCurrentWidget(inEditor<QWidget>("behaviourTab"));
    }

    void choose(const char *combo, int index)
    {
        auto *box = inEditor<QComboBox>(combo);
        ASSERT_GE(index, 0) << combo;
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index);
    }
    void chooseData(const char *combo, const QVariant &data)
    {
        choose(combo, inEditor<QComboBox>(combo)->findData(data));
    }
    void chooseKind(FaultKind kind) { chooseData("faultKindCombo", static_cast<int>(kind)); }
    void click(const char *button)
    {
        QTest::mouseClick(inEditor<QToolButton>(button), Qt::LeftButton);
    }
    const Endpoint &endpoint() { return *findEndpoint(server("api"), "a"); }
    const Behaviour &own() { return endpoint().responses.front().behaviour; }
    QString parameter(const char *key, const QString &value)
    {
        auto *model = inEditor<QTableView>("faultParametersTable")->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            const QModelIndex name = model->index(row, FaultParametersModel::NameColumn);
            if (name.data(FaultParametersModel::KeyRole).toString() == QLatin1String(key)) {
                model->setData(name.siblingAtColumn(FaultParametersModel::ValueColumn), value);
                return name.siblingAtColumn(FaultParametersModel::ValueColumn).data().toString();
            }
        }
        return QStringLiteral("no such parameter");
    }
};

TEST_F(WindowBehaviour, TheScopeDecidesWhatTheFieldsEdit)
{
    auto *scope = inEditor<QComboBox>("behaviourScopeCombo");
    ASSERT_EQ(scope->count(), 4); // response, endpoint, folder, server
    for (int i = 0; i < 4; ++i) {
        choose("behaviourScopeCombo", i);
        choose("latencyModeCombo", 1);
        inEditor<QSpinBox>("latencyFixedSpin")->setValue(10 * (i + 1));
    }
    const Folder &folder = *server("api").items.front().folder();
    EXPECT_EQ(own().latency.head, LatencyModel(FixedLatency{10ms}));
    EXPECT_EQ(endpoint().behaviour.latency.head, LatencyModel(FixedLatency{20ms}));
    EXPECT_EQ(folder.behaviour.latency.head, LatencyModel(FixedLatency{30ms}));
    EXPECT_EQ(server("api").behaviour.latency.head, LatencyModel(FixedLatency{40ms}));
    QString source = inEditor<QLabel>("behaviourSourceLabel")->text();
    EXPECT_TRUE(source.contains("40 ms here")) << source.toStdString();
    Q_EMIT inEditor<QLabel>("behaviourSourceLabel")->linkActivated("1");
    EXPECT_EQ(scope->currentIndex(), 1);
    EXPECT_EQ(inEditor<QSpinBox>("latencyFixedSpin")->value(), 20);
}

TEST_F(WindowBehaviour, OnlyTheFieldsOfTheModelAreVisible)
{
    const QStringList spins{"latencyFixedSpin", "latencyMinSpin",       "latencyMaxSpin",
                            "latencyMeanSpin",  "latencyDeviationSpin", "latencyMedianSpin",
                            "latencyP99Spin"};
    const QList<QStringList> shown{{},
                                   {"latencyFixedSpin"},
                                   {"latencyMinSpin", "latencyMaxSpin"},
                                   {"latencyMeanSpin", "latencyDeviationSpin"},
                                   {"latencyMedianSpin", "latencyP99Spin"},
                                   {}};
    for (int mode = 0; mode < shown.size(); ++mode) {
        choose("latencyModeCombo", mode);
        for (const QString &name : spins) {
            const QByteArray latin = name.toLatin1();
            EXPECT_EQ(!inEditor<QWidget>(latin.constData())->isHidden(), shown[mode].contains(name))
                << mode << ' ' << latin.constData();
        }
    }
    EXPECT_FALSE(inEditor<QWidget>("latencySamplesEdit")->isHidden());
}

TEST_F(WindowBehaviour, APercentileBelowTheMedianIsRefusedAtItsField)
{
    choose("latencyModeCombo", 4);
    inEditor<QSpinBox>("latencyMedianSpin")->setValue(200);
    inEditor<QSpinBox>("latencyP99Spin")->setValue(1000);
    const auto before = own().latency.head;
    inEditor<QSpinBox>("latencyP99Spin")->setValue(150);
    auto *message = inEditor<QLabel>("latencyMessage");
    EXPECT_EQ(message->property("state"), "invalid");
    EXPECT_FALSE(message->isHidden());
    EXPECT_EQ(own().latency.head, before);
    // What was typed stays until it can be.
    EXPECT_EQ(inEditor<QSpinBox>("latencyP99Spin")->value(), 150);
    inEditor<QSpinBox>("latencyP99Spin")->setValue(1500);
    EXPECT_EQ(message->property("state"), "valid");
    EXPECT_EQ(std::get<LognormalLatency>(*own().latency.head).p99, Duration(1500ms));
}

TEST_F(WindowBehaviour, MarksOfTheCurveCanBeDragged)
{
    choose("latencyModeCombo", 4);
    inEditor<QSpinBox>("latencyMedianSpin")->setValue(200);
    inEditor<QSpinBox>("latencyP99Spin")->setValue(1000);
    workspace().endMerge();
    auto *preview = inEditor<LatencyPreview>("latencyPreview");
    ASSERT_TRUE(QTest::qWaitFor([&] { return preview->isVisible() && preview->width() > 100; }));
    const QPoint from = preview->markRect(LatencyPreview::Mark::P99).center();
    ASSERT_FALSE(preview->markRect(LatencyPreview::Mark::P99).isEmpty());
    const int steps = workspace().undoStack()->count();
    QTest::mousePress(preview->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(preview->viewport(), from - QPoint(30, 0));
    QTest::mouseMove(preview->viewport(), from - QPoint(60, 0));
    QTest::mouseRelease(preview->viewport(), Qt::LeftButton, {}, from - QPoint(60, 0));
    const auto &model = std::get<LognormalLatency>(*own().latency.head);
    EXPECT_LT(*model.p99, Duration(1000ms));
    EXPECT_EQ(model.median, Duration(200ms));
    EXPECT_EQ(inEditor<QSpinBox>("latencyP99Spin")->value(), *model.p99 / 1ms);
    EXPECT_EQ(workspace().undoStack()->count(), steps + 1);
}

TEST_F(WindowBehaviour, AThrottleProfileIsWrittenByItsName)
{
    auto *combo = inEditor<QComboBox>("throttleCombo");
    int slow = -1;
    for (int i = 0; i < combo->count(); ++i) {
        if (combo->itemData(i, Qt::UserRole + 1).toString() == QLatin1String("slow-3g"))
            slow = i;
    }
    choose("throttleCombo", slow);
    ASSERT_TRUE(own().throttle);
    EXPECT_EQ(own().throttle->profile, "slow-3g");
    choose("throttleCombo", 0);
    EXPECT_FALSE(own().throttle);
}

TEST_F(WindowBehaviour, ProfilesAndPresetsOfTheWorkspaceAreOffered)
{
    write("presets.yaml", "networks:\n"
                          "- {name: train, title: On the train, latency: 180ms, jitter: 120ms, "
                          "download: 300kB/s, upload: 80kB/s}\n"
                          "faults:\n"
                          "- name: tunnel\n  description: Nothing answers\n  behaviour:\n"
                          "    faults:\n    - {kind: stall, at: head}\n");
    auto *combo = inEditor<QComboBox>("throttleCombo");
    ASSERT_TRUE(QTest::qWaitFor([&] { return combo->findText("On the train") >= 0; }, 3000));
    auto *menu = inEditor<QMenu>("faultPresetMenu");
    for (QAction *action : menu->actions()) {
        if (action->text() == QLatin1String("tunnel"))
            action->trigger();
    }
    ASSERT_EQ(own().faults.size(), 1U);
    EXPECT_EQ(own().faults.front().kind, FaultKind::Stall);
}

TEST_F(WindowBehaviour, FaultsAreAddedEditedMovedAndRemoved)
{
    click("addFaultButton");
    ASSERT_EQ(own().faults.size(), 1U);
    click("addFaultButton");
    chooseKind(FaultKind::Reset);
    ASSERT_EQ(own().faults.size(), 2U);
    EXPECT_EQ(own().faults[1].kind, FaultKind::Reset);
    EXPECT_FALSE(own().faults[1].status);
    click("faultUpButton");
    EXPECT_EQ(own().faults[0].kind, FaultKind::Reset);
    auto *table = inEditor<QTableView>("faultsTable");
    EXPECT_EQ(table->currentIndex().row(), 0);
    click("removeFaultButton");
    ASSERT_EQ(own().faults.size(), 1U);
    EXPECT_EQ(own().faults[0].kind, FaultKind::Status);
    trigger("edit.undo");
    EXPECT_EQ(own().faults.size(), 2U);
}

TEST_F(WindowBehaviour, SliderAndSpinOfTheShareGoInStep)
{
    click("addFaultButton");
    auto *slider = inEditor<QSlider>("faultShareSlider");
    auto *spin = inEditor<QDoubleSpinBox>("faultShareSpin");
    slider->setValue(35);
    EXPECT_DOUBLE_EQ(spin->value(), 35);
    EXPECT_DOUBLE_EQ(*own().faults[0].rate, 0.35);
    spin->setValue(0.5);
    EXPECT_DOUBLE_EQ(*own().faults[0].rate, 0.005);
    spin->setValue(100);
    EXPECT_EQ(slider->value(), 100);
    EXPECT_FALSE(own().faults[0].rate); // always
}

TEST_F(WindowBehaviour, OnlyFittingFieldsOfAKindAreVisible)
{
    click("addFaultButton");
    EXPECT_FALSE(inEditor<QWidget>("faultStatusSpin")->isHidden());
    EXPECT_TRUE(inEditor<QWidget>("faultAtCombo")->isHidden());
    chooseKind(FaultKind::Stall);
    EXPECT_TRUE(inEditor<QWidget>("faultStatusSpin")->isHidden());
    EXPECT_FALSE(inEditor<QWidget>("faultAtCombo")->isHidden());
    EXPECT_EQ(parameter("for", "3s"), "3s");
    EXPECT_EQ(own().faults[0].duration, Duration(3s));
    EXPECT_EQ(parameter("offset", "4B"), "no such parameter"); // at the head there is none
    chooseData("faultAtCombo", static_cast<int>(FaultPlace::Body));
    EXPECT_EQ(parameter("offset", "4B"), "4B");
    EXPECT_EQ(own().faults[0].at, FaultPlace::Body);
    chooseKind(FaultKind::BadCharset);
    EXPECT_TRUE(inEditor<QWidget>("faultParametersTable")->isHidden());
    EXPECT_TRUE(inEditor<QLabel>("faultClientLabel")->text().contains("UTF-8"));
}

TEST_F(WindowBehaviour, AnOffsetPastTheBodyIsRefusedAtItsField)
{
    click("addFaultButton");
    chooseKind(FaultKind::Truncate);
    parameter("offset", "5");
    ASSERT_EQ(own().faults[0].offset, ByteCount{5});
    parameter("offset", "5kB");
    auto *message = inEditor<QLabel>("faultMessage");
    EXPECT_EQ(message->property("state"), "invalid");
    EXPECT_TRUE(message->text().contains("10 bytes")) << message->text().toStdString();
    EXPECT_EQ(own().faults[0].offset, ByteCount{5});
    parameter("offset", "soon");
    EXPECT_EQ(message->property("state"), "invalid");
    parameter("offset", "6");
    EXPECT_EQ(message->property("state"), "valid");
    EXPECT_EQ(own().faults[0].offset, ByteCount{6});
}

TEST_F(WindowBehaviour, ConditionsCombine)
{
    using Kind = int;
    constexpr Kind first = 1;
    constexpr Kind during = 5;
    click("addFaultButton");
    chooseData("faultConditionCombo", first);
    inEditor<QSpinBox>("faultConditionSpin")->setValue(3);
    EXPECT_EQ(own().faults[0].first, 3U);
    click("addConditionButton");
    chooseData("faultConditionCombo2", during);
    ASSERT_TRUE(own().faults[0].during);
    auto *to = inEditor<QLineEdit>("faultToEdit2");
    to->setText("40s");
    Q_EMIT to->editingFinished();
    EXPECT_EQ(own().faults[0].during->to, Duration(40s));
    EXPECT_EQ(own().faults[0].first, 3U);
    to->setText("later");
    Q_EMIT to->editingFinished();
    EXPECT_EQ(inEditor<QLabel>("faultMessage")->property("state"), "invalid");
    EXPECT_EQ(own().faults[0].during->to, Duration(40s));
    chooseData("faultConditionCombo", 0 + first); // unchanged
    EXPECT_EQ(own().faults[0].first, 3U);
}

TEST_F(WindowBehaviour, RulesOfAFaultAreEditedLikeThoseOfAResponse)
{
    click("addFaultButton");
    chooseData("faultConditionCombo", 6);
    EXPECT_FALSE(inEditor<QWidget>("faultRulesTable")->isHidden());
    click("faultAddRuleButton");
    ASSERT_TRUE(own().faults[0].when);
    chooseData("faultConditionCombo", 0);
    EXPECT_FALSE(own().faults[0].when);
}

TEST_F(WindowBehaviour, FolderAndServerHaveTheSamePanel)
{
    m_window->editors().open(ObjectRef::folder("api", {0}), true);
    choose("latencyModeCombo", 1);
    EXPECT_TRUE(server("api").items.front().folder()->behaviour.latency.head);
    m_window->editors().open(ObjectRef::server("api"), true);
    click("addFaultButton");
    EXPECT_EQ(server("api").behaviour.faults.size(), 1U);
}

TEST_F(WindowBehaviour, AnEditIsLiveInTheRunningServerSoon)
{
    ASSERT_TRUE(runtime().start("api"));
    click("addFaultButton");
    inEditor<QDoubleSpinBox>("faultShareSpin")->setValue(100);
    ASSERT_TRUE(QTest::qWaitFor([this] { return statusOf("api", "/a") == 500; }, 2000));
    trigger("edit.undo");
    trigger("edit.undo");
    ASSERT_TRUE(QTest::qWaitFor([this] { return statusOf("api", "/a") == 200; }, 2000));
}

TEST_F(WindowBehaviour, TheTreeStaysLegibleInTheSmallestWindow)
{
    m_window->resize(900, 600);
    auto *tabs = inEditor<QTabWidget>("responseTabs");
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_window->width() == 900; }, 2000));
    QApplication::processEvents();
    EXPECT_GE(tree()->width(), 200);
    for (int i = 0; i < tabs->count(); ++i)
        EXPECT_LE(tabs->widget(i)->minimumSizeHint().width(), 400)
            << tabs->widget(i)->objectName().toStdString();
    for (const char *name : {"responseTabs", "responseList"})
        EXPECT_LE(inEditor<QWidget>(name)->minimumSizeHint().width(), 420) << name;
    EXPECT_LE(m_window->editors().currentWidget()->minimumSizeHint().width(), 690);
}

} // namespace understudy::ui::test
