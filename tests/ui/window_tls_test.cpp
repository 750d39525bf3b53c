// SPDX-License-Identifier: GPL-3.0-or-later
// TLS in the window: the fields of a server, their message, and the local authority.
#include "tests/ui/window_fixture.h"

#include "core/runtime/authority.h"
#include "ui/dialogs/authority_dialog.h"
#include "ui/panels/server/server_editor.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

namespace understudy::ui::test {

class WindowTls : public WindowTest
{
protected:
    void SetUp() override
    {
        WindowTest::SetUp();
        write("api.mock.yaml", serverText("Api", 0, kHello));
        write("other.mock.yaml", serverText("Other", 0, kHello));
        // Two pairs of certificate and key.
        for (const char *pair : {"one", "two"})
            ASSERT_TRUE(showAuthority(pathOf(QString::fromLatin1(pair))));
        open();
        m_window->editors().open(ObjectRef::server("api"), true);
    }

    std::filesystem::path pathOf(const QString &name) const
    {
        return std::filesystem::path((workspaceFolder() + '/' + name).toStdU16String());
    }
    void chooseMode(int mode)
    {
        auto *combo = inEditor<QComboBox>("tlsModeCombo");
        combo->setCurrentIndex(mode);
        Q_EMIT combo->activated(mode);
    }
    void type(const char *edit, const QString &text)
    {
        auto *field = inEditor<QLineEdit>(edit);
        field->setText(text);
        Q_EMIT field->editingFinished();
    }
    void usePair(const QString &certificate, const QString &key)
    {
        chooseMode(2);
        type("certPathEdit", certificate + QStringLiteral("/authority.pem"));
        type("keyPathEdit", key + QStringLiteral("/authority-key.pem"));
    }
    QLabel *message() { return inEditor<QLabel>("tlsMessage"); }
    bool waitForState(const char *state)
    {
        return QTest::qWaitFor(
            [&] { return message()->property("state").toString() == QLatin1String(state); }, 5000);
    }
    int problems() { return find<QTableView>("problemsView")->model()->rowCount(); }
};

TEST_F(WindowTls, AKeyOfAnotherPairIsSaidAndKeepsOnlyItsServerFromStarting)
{
    usePair("one", "two");
    ASSERT_TRUE(waitForState("invalid")) << message()->text().toStdString();
    EXPECT_TRUE(message()->text().contains("does not belong")) << message()->text().toStdString();
    EXPECT_FALSE(inEditor<QPushButton>("serverStartButton")->isEnabled());
    ASSERT_TRUE(QTest::qWaitFor([this] { return problems() == 1; }, 5000));
    runtime().startAll();
    EXPECT_NE(state("api"), RowState::Running);
    EXPECT_EQ(state("other"), RowState::Running);
    EXPECT_EQ(statusOf("other", "/hello"), 200);
    QApplication::processEvents(); // what the failed start has posted
    EXPECT_EQ(problems(), 1);
    usePair("two", "two");
    ASSERT_TRUE(waitForState("valid")) << message()->text().toStdString();
    EXPECT_TRUE(QTest::qWaitFor([this] { return problems() == 0; }, 5000));
    EXPECT_TRUE(runtime().start("api"));
}

TEST_F(WindowTls, WhatNamesNoFilesYetIsNotWritten)
{
    chooseMode(2);
    EXPECT_EQ(message()->property("state"), "incomplete");
    EXPECT_FALSE(server("api").listen.tls);
    type("certPathEdit", "one/authority.pem");
    EXPECT_FALSE(server("api").listen.tls);
    EXPECT_EQ(inEditor<QLineEdit>("certPathEdit")->text(), "one/authority.pem");
    type("keyPathEdit", "one/authority-key.pem");
    ASSERT_TRUE(server("api").listen.tls);
    EXPECT_EQ(server("api").listen.tls->certificate, "one/authority.pem");
    trigger("edit.undo");
    EXPECT_FALSE(server("api").listen.tls);
}

TEST_F(WindowTls, ASelfSignedServerIsStartedAndItsSettingsAreWritten)
{
    chooseMode(1);
    ASSERT_TRUE(waitForState("valid")) << message()->text().toStdString();
    auto *client = inEditor<QComboBox>("clientCertificateCombo");
    client->setCurrentIndex(2);
    Q_EMIT client->activated(2);
    auto *fault = inEditor<QComboBox>("tlsFaultCombo");
    const int expired = fault->findData("expired");
    ASSERT_GT(expired, 0);
    fault->setCurrentIndex(expired);
    Q_EMIT fault->activated(expired);
    EXPECT_EQ(server("api").listen.tls->clientCertificate, ClientCertificate::Optional);
    EXPECT_EQ(server("api").listen.tls->fault, "expired");
    ASSERT_TRUE(runtime().start("api"));
    EXPECT_TRUE(runtime().baseUrl("api").startsWith("https://"));
    ASSERT_TRUE(workspace().saveNow());
    EXPECT_TRUE(read("api.mock.yaml").contains("expired")) << read("api.mock.yaml").toStdString();
}

TEST_F(WindowTls, OnlyTheNameOfTheVariableWithThePassphraseIsWritten)
{
    usePair("one", "one");
    type("tlsPassphraseEdit", "SHOP_KEY_PASSPHRASE");
    EXPECT_EQ(server("api").listen.tls->passphraseEnv, "SHOP_KEY_PASSPHRASE");
}

TEST_F(WindowTls, TheAuthorityIsShownExportedAndRenewed)
{
    trigger("tools.authority");
    auto *dialog = find<AuthorityDialog>("authorityDialog");
    ASSERT_TRUE(dialog);
    auto *print = dialog->findChild<QLabel *>("authorityFingerprintLabel");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !print->text().isEmpty(); }, 5000));
    const QString before = print->text();
    const QString target = m_folder.filePath("exported.pem");
    dialog->exportTo(target);
    auto *message = dialog->findChild<QLabel *>("authorityMessage");
    ASSERT_TRUE(QTest::qWaitFor([&] { return message->text().contains("exported.pem"); }, 5000));
    QFile file(target);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    EXPECT_TRUE(text.contains("BEGIN CERTIFICATE"));
    EXPECT_FALSE(text.contains("PRIVATE KEY"));
    auto *renew = dialog->findChild<QPushButton *>("authorityRenewButton");
    ASSERT_TRUE(QTest::qWaitFor([&] { return renew->isEnabled(); }, 5000));
    QTest::mouseClick(renew, Qt::LeftButton);
    EXPECT_TRUE(QTest::qWaitFor([&] { return print->text() != before; }, 5000));
    dialog->close();
}

} // namespace understudy::ui::test
