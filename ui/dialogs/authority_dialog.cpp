// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/authority_dialog.h"

#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <QApplication>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>
#include <QtConcurrent>

namespace understudy::ui {

namespace {

QString dateText(WallTime time)
{
    const auto seconds
        = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(seconds).date(), QLocale::LongFormat);
}

/// Two lines of sixteen bytes are easier to compare than one long one.
QString inTwoLines(const QString &fingerprint)
{
    const qsizetype middle = 16 * 3;
    return fingerprint.size() > middle ? fingerprint.left(middle) + '\n' + fingerprint.mid(middle)
                                       : fingerprint;
}

} // namespace

AuthorityDialog::AuthorityDialog(std::filesystem::path folder, QWidget *parent)
    : QDialog(parent)
    , m_folder(std::move(folder))
    , m_subject(new QLabel)
    , m_validity(new QLabel)
    , m_fingerprint(new QLabel)
    , m_file(new QLabel)
    , m_message(new QLabel)
    , m_export(new QPushButton(tr("Export…")))
    , m_renew(new QPushButton(tr("Renew")))
{
    setObjectName(QStringLiteral("authorityDialog"));
    setWindowTitle(tr("Certificate authority"));
    auto *intro = new QLabel(
        tr("This authority signs the certificates of servers with TLS “Self-signed”. A client that "
           "trusts it trusts all of them. Its key never leaves this machine."));
    intro->setWordWrap(true);
    const auto value = [](QLabel *label, const char *name, const QString &accessible) {
        label->setObjectName(QString::fromLatin1(name));
        label->setAccessibleName(accessible);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setWordWrap(true);
    };
    value(m_subject, "authoritySubjectLabel", tr("Name"));
    value(m_validity, "authorityValidityLabel", tr("Valid"));
    value(m_fingerprint, "authorityFingerprintLabel", tr("SHA-256 fingerprint"));
    value(m_file, "authorityFileLabel", tr("File"));
    value(m_message, "authorityMessage", tr("State"));
    m_export->setObjectName(QStringLiteral("authorityExportButton"));
    m_export->setToolTip(tr("Write the certificate (PEM) for browsers and clients to trust"));
    m_renew->setObjectName(QStringLiteral("authorityRenewButton"));
    m_renew->setToolTip(
        tr("Replace it by a new one: clients have to trust it anew, servers use it from their "
           "next start"));
    auto *form = new QFormLayout;
    form->addRow(tr("Name"), m_subject);
    form->addRow(tr("Valid"), m_validity);
    form->addRow(tr("Fingerprint"), m_fingerprint);
    form->addRow(tr("File"), m_file);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_export, QDialogButtonBox::ActionRole);
    buttons->addButton(m_renew, QDialogButtonBox::ActionRole);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addWidget(intro);
    layout->addLayout(form);
    layout->addWidget(m_message);
    layout->addWidget(buttons);
    setMinimumWidth(fontMetrics().horizontalAdvance('x') * 84);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_export, &QPushButton::clicked, this, &AuthorityDialog::chooseTarget);
    connect(m_renew, &QPushButton::clicked, this, [this] {
        run([where = m_folder] { return renewAuthority(where); },
            tr("A new authority was made. Clients have to trust it; running servers use it from "
               "their next start."));
    });
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &AuthorityDialog::showResult);
    run([where = m_folder] { return showAuthority(where); }, {});
}

void AuthorityDialog::run(const std::function<Result<CertificateInfo>()> &work, const QString &done)
{
    m_export->setEnabled(false);
    m_renew->setEnabled(false);
    m_done = done;
    m_watcher.setFuture(QtConcurrent::run(work));
}

void AuthorityDialog::chooseTarget()
{
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Export the certificate of the authority"),
        QDir::home().filePath(QStringLiteral("understudy-authority.pem")),
        tr("Certificates (*.pem *.crt)"));
    if (!file.isEmpty())
        exportTo(file);
}

void AuthorityDialog::exportTo(const QString &file)
{
    run([where = m_folder, target = toPath(file)] { return exportAuthority(where, target); },
        tr("Written to %1").arg(QDir::toNativeSeparators(file)));
}

void AuthorityDialog::showResult()
{
    m_export->setEnabled(true);
    m_renew->setEnabled(true);
    const Result<CertificateInfo> result = m_watcher.result();
    QString text = m_done;
    QString state = QStringLiteral("valid");
    if (result) {
        const bool isExpired = result->notAfter < std::chrono::system_clock::now();
        m_subject->setText(toQString(result->subject));
        m_validity->setText(
            tr("%1 to %2").arg(dateText(result->notBefore), dateText(result->notAfter)));
        m_fingerprint->setText(inTwoLines(toQString(result->sha256)));
        if (!result->file.empty())
            m_file->setText(QString::fromStdU16String(result->file.u16string()));
        if (isExpired) {
            text = tr("It has expired: renew it.");
            state = QStringLiteral("expired");
        }
    } else {
        text = toQString(result.error().text());
        state = QStringLiteral("invalid");
    }
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    m_message->setProperty("state", state);
    QPalette palette = QApplication::palette();
    palette.setColor(
        QPalette::WindowText,
        roleColor(state == QLatin1String("valid") ? ColorRole::Success : ColorRole::Error,
                  palette));
    m_message->setPalette(palette);
}

} // namespace understudy::ui
