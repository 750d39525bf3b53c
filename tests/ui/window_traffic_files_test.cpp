// SPDX-License-Identifier: GPL-3.0-or-later
// Traffic from files beside live traffic, from the menu to the mock that is made of it.
#include "tests/ui/window_fixture.h"

#include "core/model/edit.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/models/traffic_model.h"
#include "ui/panels/traffic/traffic_file_page.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/panels/window/traffic_files.h"

#include <QAction>
#include <QDropEvent>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QUrl>

namespace understudy::ui::test {

class WindowTrafficFiles : public WindowTest
{
protected:
    QString archive(const QString &name, int entries)
    {
        QByteArray text = "{\"log\": {\"entries\": [";
        for (int i = 1; i <= entries; ++i)
            text += (i == 1 ? "\n" : ",\n")
                    + QByteArray(R"({"startedDateTime": "2024-03-01T12:00:00Z", "time": 3,
"request": {"method": "GET", "url": "https://shop.example/orders/17?part=)")
                    + QByteArray::number(i) + R"("}, "response": {"status": 404, "headers": [
{"name": "Content-Type", "value": "text/plain"}, {"name": "X-Shop", "value": "1"}],
"content": {"text": "no such order"}}})";
        return write(name, text + ",\n{\"request\": {}}\n]}}");
    }
    QTabWidget *tabs() { return find<QTabWidget>("bottomTabs"); }
    TrafficPage *live() { return qobject_cast<TrafficPage *>(tabs()->widget(0)); }
    /// Opens a file and waits until it has been read.
    TrafficFilePage *opened(const QString &path)
    {
        m_window->openTraffic(path);
        auto *page = qobject_cast<TrafficFilePage *>(tabs()->currentWidget());
        EXPECT_TRUE(page && QTest::qWaitFor([&] { return !page->isReading(); }));
        EXPECT_TRUE(QTest::qWaitFor([&] {
            return page->page()->rowCount() == static_cast<qsizetype>(page->reading().entries);
        }));
        return page;
    }
    QStringList trafficMenu()
    {
        QStringList ids;
        for (QAction *menu : m_window->menuBar()->actions()) {
            if (menu->text() != QStringLiteral("&Traffic"))
                continue;
            for (QAction *action : menu->menu()->actions())
                ids << action->objectName();
        }
        return ids;
    }
    static QString stateOf(TrafficFilePage *page)
    {
        return page->findChild<QLabel *>("trafficFileState")->text();
    }
};

TEST_F(WindowTrafficFiles, AreShownBesideLiveTrafficAndSayWhatTheyAre)
{
    write("api.mock.yaml", "understudy: 1\nname: Api\nendpoints: []\n");
    open();
    TrafficFilePage *page = opened(archive("shop.har", 3));
    EXPECT_EQ(stateOf(page), "Opened from a file, not live: shop.har · 3 requests · 1 entry left "
                             "out");
    EXPECT_EQ(tabs()->tabText(3), "shop.har (3)");
    EXPECT_EQ(tabs()->tabText(0), "Traffic");
    EXPECT_EQ(live()->rowCount(), 0);
    EXPECT_EQ(runtime().journal().newest(), 0U);
    page->findChild<QPushButton *>("trafficFileProblemsButton")->click();
    auto *report = m_window->findChild<QPlainTextEdit *>("readingReportText");
    ASSERT_TRUE(report);
    EXPECT_EQ(report->toPlainText(), "shop.har:14:1: left out: it has no 'response'");
    report->window()->close();
    page->findChild<QPushButton *>("trafficFileLiveButton")->click();
    EXPECT_EQ(tabs()->currentIndex(), 0);
    tabs()->setCurrentIndex(3);
    page->findChild<QPushButton *>("trafficFileCloseButton")->click();
    EXPECT_TRUE(QTest::qWaitFor([&] { return tabs()->count() == 3; }));
    EXPECT_EQ(tabs()->currentIndex(), 0);
}

TEST_F(WindowTrafficFiles, LoseNothingLiveAndCountNothingTwice)
{
    write("api.mock.yaml", "understudy: 1\nname: Api\nlisten: {port: 0}\nendpoints: []\n");
    open();
    runtime().start("api");
    ASSERT_TRUE(QTest::qWaitFor([&] { return runtime().isRunning("api"); }));
    opened(archive("shop.har", 2));
    understudy::test::LoopbackClient client(
        static_cast<std::uint16_t>(QUrl(runtime().baseUrl("api")).port()));
    client.send("GET /now HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_FALSE(client.readAll().empty());
    ASSERT_TRUE(QTest::qWaitFor([&] { return live()->rowCount() == 1; }));
    EXPECT_EQ(tabs()->tabText(0), "Traffic (1)");
    EXPECT_EQ(tabs()->tabText(3), "shop.har (2)");
    EXPECT_EQ(runtime().journal().counters().appended, 1U);
}

TEST_F(WindowTrafficFiles, GiveTheMenuTheirOwnActionsWhileTheyAreInFront)
{
    EXPECT_TRUE(trafficMenu().contains("traffic.live"));
    opened(archive("shop.har", 1));
    EXPECT_FALSE(trafficMenu().contains("traffic.live"));
    EXPECT_FALSE(trafficMenu().contains("traffic.clear"));
    EXPECT_TRUE(trafficMenu().contains("traffic.mock"));
    QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier);
    auto *filter = tabs()->currentWidget()->findChild<QWidget *>("trafficFilterEdit");
    EXPECT_TRUE(filter->hasFocus());
    tabs()->setCurrentIndex(0);
    EXPECT_TRUE(trafficMenu().contains("traffic.live"));
}

TEST_F(WindowTrafficFiles, OpenAgainIsReadAgainInItsTab)
{
    opened(archive("shop.har", 1));
    opened(archive("other.har", 1));
    opened(archive("shop.har", 4));
    EXPECT_EQ(tabs()->count(), 5);
    EXPECT_EQ(tabs()->tabText(3), "shop.har (4)");
    EXPECT_EQ(tabs()->currentIndex(), 3);
}

TEST_F(WindowTrafficFiles, AreLimitedInNumber)
{
    for (int i = 0; i <= TrafficFiles::kMost; ++i)
        m_window->openTraffic(archive(QString("%1.har").arg(i), 1));
    EXPECT_EQ(tabs()->count(), 3 + TrafficFiles::kMost);
    EXPECT_TRUE(banner("info"));
}

TEST_F(WindowTrafficFiles, SayWhyTheyCannotBeShown)
{
    TrafficFilePage *page = opened(write("no.har", "{}"));
    EXPECT_TRUE(stateOf(page).startsWith("no.har cannot be shown: this is no HAR"));
    page = opened(workspaceFolder());
    EXPECT_TRUE(stateOf(page).endsWith("it is no file"));
    page = opened(workspaceFolder() + "/nowhere.har");
    EXPECT_TRUE(stateOf(page).startsWith("nowhere.har cannot be shown: "));
}

TEST_F(WindowTrafficFiles, GiveTheirAnswersToMocks)
{
    write("api.mock.yaml", "understudy: 1\nname: Api\nendpoints: []\n");
    open();
    TrafficFilePage *page = opened(archive("shop.har", 1));
    m_window->panel().reveal(ObjectRef::server("api"));
    const JournalEntry entry = page->page()->model()->entryAt(0);
    Q_EMIT page->page()->mockRequested(entry);
    ASSERT_EQ(server("api").items.size(), 1U);
    const Endpoint &endpoint = *server("api").items[0].endpoint();
    ASSERT_EQ(endpoint.responses.size(), 1U);
    EXPECT_EQ(endpoint.responses[0].status, 404);
    EXPECT_EQ(endpoint.responses[0].body, Body::text("no such order"));
    ASSERT_EQ(endpoint.responses[0].headers.size(), 2U);
    EXPECT_EQ(endpoint.responses[0].headers[1], (http::HeaderField{"X-Shop", "1"}));
}

TEST_F(WindowTrafficFiles, AreOpenedWhereTheyAreDropped)
{
    open();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(archive("shop.har", 1))});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(tabs(), &enter);
    EXPECT_TRUE(enter.isAccepted());
    QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(tabs(), &drop);
    EXPECT_EQ(tabs()->count(), 4);
    data.setUrls({QUrl::fromLocalFile(workspaceFolder() + "/a.txt")});
    QDragEnterEvent other(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    other.ignore();
    QApplication::sendEvent(tabs(), &other);
    EXPECT_FALSE(other.isAccepted());
}

TEST_F(WindowTrafficFiles, AreExportedByTheRulesOfTheSettings)
{
    trigger("app.settings");
    auto *dialog = find<SettingsDialog>("settingsDialog");
    ASSERT_TRUE(dialog);
    auto *names = dialog->findChild<QPlainTextEdit *>("redactedParametersEdit");
    ASSERT_TRUE(names->toPlainText().contains("access_token"));
    names->setPlainText("part\n\n part \n");
    EXPECT_EQ(m_session->trafficRedaction().parameters, QStringList{"part"});
    EXPECT_EQ(m_session->trafficRedaction().headers, TrafficRedaction::defaultHeaders());
    dialog->close();
    TrafficFilePage *page = opened(archive("shop.har", 2));
    page->page()->setExportFolder(workspaceFolder());
    page->page()->findChild<QMenu *>("exportTrafficMenu")->actions().front()->trigger();
    auto *toast = page->page()->findChild<QLabel *>("toastText");
    ASSERT_TRUE(QTest::qWaitFor([&] { return toast->text().contains("traffic.har"); }));
    EXPECT_TRUE(toast->text().contains("secret values left out: 2"));
    EXPECT_TRUE(read("traffic.har").contains("part=redacted"));
    EXPECT_FALSE(read("traffic.har").contains("part=1"));
    trigger("app.settings");
    find<SettingsDialog>("settingsDialog")
        ->findChild<QPushButton *>("redactionResetButton")
        ->click();
    EXPECT_EQ(m_session->trafficRedaction(), TrafficRedaction());
}

} // namespace understudy::ui::test
