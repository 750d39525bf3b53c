// SPDX-License-Identifier: GPL-3.0-or-later
// Documents of running servers, and recordings, on their way into the window.
#include "tests/ui/window_fixture.h"

#include <QCheckBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QTreeWidget>

namespace understudy::ui::test {

class WindowUrlImport : public WindowTest
{
protected:
    /// A server in the window that answers `/x` so.
    void serve(const QByteArray &response)
    {
        write("api.mock.yaml",
              serverText("Api", 0,
                         "- id: x\n  method: GET\n  path: /x\n  responses:\n  - " + response));
        open();
        runtime().start("api");
        ASSERT_TRUE(QTest::qWaitFor([&] { return runtime().isRunning("api"); }, 3000));
        trigger("file.importUrl");
        m_dialog = m_window->findChild<QDialog *>("urlImportDialog");
        ASSERT_TRUE(m_dialog);
    }
    QString url() const
    {
        return QStringLiteral("http://localhost:%1/x?key=1")
            .arg(m_session->runtime().status("api")->port);
    }
    QPushButton *button() { return m_dialog->findChild<QPushButton *>("importUrlFetchButton"); }
    QLabel *message() { return m_dialog->findChild<QLabel *>("importUrlMessage"); }
    QProgressBar *progress() { return m_dialog->findChild<QProgressBar *>("importUrlProgress"); }
    void fetch(const QString &address)
    {
        m_dialog->findChild<QLineEdit *>("importUrlEdit")->setText(address);
        button()->click();
        EXPECT_FALSE(progress()->isHidden());
    }
    bool waitForMessage()
    {
        return QTest::qWaitFor([&] { return !message()->isHidden(); }, 10'000);
    }

    QPointer<QDialog> m_dialog;
};

TEST_F(WindowUrlImport, OffersWhatWasFetched)
{
    serve("headers: {Content-Type: application/json}\n    bodyJson: {openapi: 3.0.0, info: {title: "
          "Shop}, paths: {/a: {get: {responses: {'200': {description: ok}}}}}}\n");
    fetch(url());
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return m_window->findChild<QDialog *>("importDialog"); }, 10'000));
    auto *tree = m_window->findChild<QTreeWidget *>("importTree");
    ASSERT_EQ(tree->topLevelItemCount(), 1);
    EXPECT_TRUE(tree->topLevelItem(0)->text(0).contains("Shop"));
    m_window->findChild<QPushButton *>("importOnlyButton")->click();
    EXPECT_TRUE(QTest::qWaitFor([&] { return workspace().servers().size() == 2; }, 3000));
    // The next time it is there.
    trigger("file.importUrl");
    const auto dialogs = m_window->findChildren<QLineEdit *>("importUrlEdit");
    ASSERT_FALSE(dialogs.isEmpty());
    EXPECT_EQ(dialogs.last()->text(), url());
}

TEST_F(WindowUrlImport, SaysWhyNothingCame)
{
    serve("status: 404\n");
    fetch(url());
    ASSERT_TRUE(waitForMessage());
    EXPECT_TRUE(message()->text().contains("/x answered 404 Not Found"))
        << toStd(message()->text());
    EXPECT_TRUE(progress()->isHidden());
    EXPECT_EQ(button()->text(), "Fetch");
}

TEST_F(WindowUrlImport, AsksBeforeItAsksAnotherMachine)
{
    serve("{status: 302, headers: {Location: 'http://192.0.2.1/secret'}}\n");
    fetch(url());
    ASSERT_TRUE(waitForMessage());
    EXPECT_TRUE(message()->text().contains("'192.0.2.1' is not this machine"));
    EXPECT_EQ(button()->text(), "Fetch from there");
    m_dialog->findChild<QLineEdit *>("importUrlEdit")->setText("http://192.0.2.2/x");
    EXPECT_EQ(button()->text(), "Fetch"); // the answer was meant for that address
    EXPECT_TRUE(message()->isHidden());
}

TEST_F(WindowUrlImport, EndsWithItsDialog)
{
    serve("behaviour: {latency: 1h}\n");
    fetch(url());
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_session->runtime().status("api")->connections > 0; },
                                10'000));
    m_dialog->reject();
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return !m_dialog && m_session->runtime().status("api")->connections == 0; }, 10'000));
    EXPECT_FALSE(m_window->findChild<QDialog *>("importDialog"));
}

TEST_F(WindowUrlImport, ARecordingMayWaitAsItWasRecorded)
{
    const QString file
        = write("shop.har",
                R"({"log": {"version": "1.2", "entries": [{"request": {"method": "GET",
"url": "http://shop.example/a"}, "response": {"status": 200, "content": {"text": "ok", "mimeType":
"text/plain"}}, "timings": {"wait": 12}}]}})");
    m_window->importFile(file);
    auto *box = find<QCheckBox>("importRecordedLatencyBox");
    ASSERT_TRUE(box);
    EXPECT_FALSE(find<QCheckBox>("importCheckRequestsBox"));
    EXPECT_FALSE(box->isChecked());
    box->click();
    find<QPushButton>("importOnlyButton")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return workspace().servers().size() == 1; }, 3000));
    const Endpoint &endpoint = *workspace().servers().front()->value->items.at(0).endpoint();
    EXPECT_EQ(endpoint.behaviour.latency.head,
              LatencyModel(SampledLatency{{}, {std::chrono::milliseconds(12)}}));
}

} // namespace understudy::ui::test
