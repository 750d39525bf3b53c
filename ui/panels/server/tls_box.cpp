// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/server/tls_box.h"

#include "core/model/fault_catalogue.h"
#include "ui/services/text.h"

#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QStyle>
#include <QToolButton>
#include <QtConcurrent>

namespace understudy::ui {

namespace {

// How often files that are wrong, or right, are looked at again.
constexpr int kInvalidMs = 1000;
constexpr int kValidMs = 3000;

enum Mode { Off, SelfSigned, Pem, Pkcs12 };

int modeOf(const std::optional<Tls> &tls) { return tls ? static_cast<int>(tls->kind) + 1 : Off; }

template<class Widget>
void name(Widget *widget, const char *objectName, const QString &accessible)
{
    widget->setObjectName(QString::fromLatin1(objectName));
    widget->setAccessibleName(accessible);
}

QString dateText(WallTime time)
{
    const auto seconds
        = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(seconds).date(), QLocale::ShortFormat);
}

} // namespace

TlsBox::TlsBox(std::filesystem::path authorityFolder, QWidget *parent)
    : QWidget(parent)
    , m_authorityFolder(std::move(authorityFolder))
    , m_form(new QFormLayout(this))
    , m_mode(new QComboBox)
    , m_certificate(new QLineEdit)
    , m_key(new QLineEdit)
    , m_passphrase(new QLineEdit)
    , m_authority(new QLineEdit)
    , m_client(new QComboBox)
    , m_fault(new QComboBox)
    , m_message(new QLabel)
{
    name(m_mode, "tlsModeCombo", tr("TLS"));
    m_mode->addItems({tr("Off"), tr("Self-signed"), tr("Certificate and key"), tr("PKCS#12 file")});
    name(m_certificate, "certPathEdit", tr("Certificate file"));
    m_certificate->setPlaceholderText(tr("beside the mock file, e.g. server.pem"));
    name(m_key, "keyPathEdit", tr("Key file"));
    m_key->setPlaceholderText(tr("e.g. server-key.pem"));
    name(m_passphrase, "tlsPassphraseEdit", tr("Environment variable with the passphrase"));
    m_passphrase->setPlaceholderText(tr("name of an environment variable, if it has one"));
    m_passphrase->setToolTip(tr("The passphrase itself is never written into a file"));
    name(m_authority, "clientAuthorityEdit", tr("Authority of client certificates"));
    m_authority->setPlaceholderText(tr("none: clients need no certificate"));
    name(m_client, "clientCertificateCombo", tr("Client certificate"));
    m_client->addItem(tr("By default"), -1);
    m_client->addItem(tr("Not asked for"), static_cast<int>(ClientCertificate::None));
    m_client->addItem(tr("Optional"), static_cast<int>(ClientCertificate::Optional));
    m_client->addItem(tr("Required"), static_cast<int>(ClientCertificate::Required));
    m_client->setToolTip(
        tr("By default: required where there is an authority, else not asked for"));
    name(m_fault, "tlsFaultCombo", tr("TLS fault on every connection"));
    m_fault->addItem(tr("None"), QString());
    for (const std::string_view variant : faultTraits(FaultKind::Tls).variants)
        m_fault->addItem(toQString(variant), toQString(variant));
    name(m_message, "tlsMessage", tr("State of the certificate"));
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);

    m_certificateRow = makePath(m_certificate, "certBrowseButton", tr("Choose the certificate"));
    m_keyRow = makePath(m_key, "keyBrowseButton", tr("Choose the key"));
    m_authorityRow
        = makePath(m_authority, "clientAuthorityBrowseButton", tr("Choose the authority"));
    for (QComboBox *combo : {m_mode, m_client, m_fault})
        combo->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_form->addRow(m_mode);
    m_form->addRow(m_message);
    m_form->addRow(tr("Certificate"), m_certificateRow);
    m_form->addRow(tr("Key"), m_keyRow);
    m_form->addRow(tr("Passphrase from"), m_passphrase);
    m_form->addRow(tr("Client authority"), m_authorityRow);
    m_form->addRow(tr("Client certificate"), m_client);
    m_form->addRow(tr("TLS fault"), m_fault);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (isVisible())
            check();
    });
    connectFields();
    refresh();
}

QWidget *TlsBox::makePath(QLineEdit *edit, const char *button, const QString &choose)
{
    auto *browse = new QToolButton;
    browse->setText(QStringLiteral("…"));
    name(browse, button, choose);
    browse->setToolTip(choose);
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(edit, 1);
    layout->addWidget(browse);
    connect(browse, &QToolButton::clicked, this, [this, edit, choose] {
        const QString file = QFileDialog::getOpenFileName(this, choose, m_folder);
        if (file.isEmpty())
            return;
        edit->setText(QDir(m_folder).relativeFilePath(file));
        Q_EMIT edit->editingFinished();
    });
    return row;
}

void TlsBox::connectFields()
{
    connect(m_mode, &QComboBox::activated, this, &TlsBox::changeMode);
    const auto follow = [this](QLineEdit *edit, const QString &step, auto set) {
        connect(edit, &QLineEdit::editingFinished, this, [this, edit, step, set] {
            change([&](Tls &tls) { set(tls, toStd(edit->text().trimmed())); }, step,
                   edit->objectName());
        });
    };
    follow(m_certificate, tr("Certificate"), [](Tls &tls, const std::string &file) {
        (tls.kind == Tls::Kind::Pkcs12 ? tls.pkcs12 : tls.certificate) = file;
    });
    follow(m_key, tr("Key"), [](Tls &tls, const std::string &file) { tls.key = file; });
    follow(m_passphrase, tr("Passphrase"),
           [](Tls &tls, const std::string &variable) { tls.passphraseEnv = variable; });
    follow(m_authority, tr("Client authority"),
           [](Tls &tls, const std::string &file) { tls.clientAuthority = file; });
    connect(m_client, &QComboBox::activated, this, [this] {
        const int chosen = m_client->currentData().toInt();
        change(
            [chosen](Tls &tls) {
                tls.clientCertificate = chosen < 0
                                            ? std::nullopt
                                            : std::optional(static_cast<ClientCertificate>(chosen));
            },
            tr("Client certificate"), {});
    });
    connect(m_fault, &QComboBox::activated, this, [this] {
        change(
            [variant = toStd(m_fault->currentData().toString())](Tls &tls) { tls.fault = variant; },
            tr("TLS fault"), {});
    });
    connect(&m_watcher, &QFutureWatcherBase::finished, this,
            [this] { showResult(m_watcher.result()); });
}

void TlsBox::change(const std::function<void(Tls &)> &edit, const QString &step,
                    const QString &field)
{
    if (!m_tls)
        return;
    const Tls before = *m_tls;
    edit(*m_tls);
    if (*m_tls == before)
        return;
    ask(step, field);
}

bool TlsBox::isIncomplete() const
{
    const int mode = modeOf(m_tls);
    return (mode == Pem && (m_tls->certificate.empty() || m_tls->key.empty()))
           || (mode == Pkcs12 && m_tls->pkcs12.empty());
}

void TlsBox::ask(const QString &step, const QString &field)
{
    refresh();
    // What names no files yet could not be read again from the mock file.
    if (!isIncomplete())
        Q_EMIT edited(m_tls, step, field);
}

void TlsBox::changeMode(int mode)
{
    if (mode == modeOf(m_tls))
        return;
    if (m_tls)
        m_kept.keep(modeOf(m_tls), *m_tls);
    if (mode == Off) {
        m_tls.reset();
    } else if (auto kept = m_kept.last(mode)) {
        // Its files; what all kinds have in common is as it was just now.
        if (m_tls) {
            kept->clientAuthority = m_tls->clientAuthority;
            kept->clientCertificate = m_tls->clientCertificate;
            kept->fault = m_tls->fault;
        }
        m_tls = *std::move(kept);
    } else {
        Tls made = m_tls.value_or(Tls{});
        made.kind = static_cast<Tls::Kind>(mode - 1);
        // What the other kinds name is not part of this one.
        made.certificate.clear();
        made.key.clear();
        made.pkcs12.clear();
        made.passphraseEnv.clear();
        m_tls = made;
    }
    ask(tr("TLS"), {});
}

void TlsBox::setTls(const std::optional<Tls> &tls, const QString &folder, const QString &object)
{
    const bool isOther = folder != m_folder || object != m_object || tls != m_accepted;
    m_object = object;
    m_kept.setObject(object);
    m_folder = folder;
    if (!isOther && isIncomplete())
        return; // what is being filled in stays
    m_accepted = tls;
    m_tls = tls;
    refresh();
}

void TlsBox::refresh()
{
    const int mode = modeOf(m_tls);
    m_mode->setCurrentIndex(mode);
    const auto show = [this](QWidget *row, bool on) {
        row->setVisible(on);
        if (QWidget *label = m_form->labelForField(row))
            label->setVisible(on);
    };
    show(m_certificateRow, mode == Pem || mode == Pkcs12);
    show(m_keyRow, mode == Pem);
    show(m_passphrase, mode == Pem || mode == Pkcs12);
    show(m_authorityRow, mode != Off);
    show(m_client, mode != Off);
    show(m_fault, mode != Off);
    m_again.stop();
    if (!m_tls) {
        m_checkedTls.reset();
        setMessage(QStringLiteral("off"), {});
        return;
    }
    const auto text = [](QLineEdit *edit, const std::string &value) {
        if (!edit->hasFocus() && edit->text() != toQString(value))
            edit->setText(toQString(value));
    };
    text(m_certificate, mode == Pkcs12 ? m_tls->pkcs12 : m_tls->certificate);
    text(m_key, m_tls->key);
    text(m_passphrase, m_tls->passphraseEnv);
    text(m_authority, m_tls->clientAuthority);
    m_client->setCurrentIndex(m_client->findData(
        m_tls->clientCertificate ? static_cast<int>(*m_tls->clientCertificate) : -1));
    if (m_fault->findData(toQString(m_tls->fault)) < 0)
        m_fault->addItem(toQString(m_tls->fault), toQString(m_tls->fault));
    m_fault->setCurrentIndex(m_fault->findData(toQString(m_tls->fault)));
    if (m_checkedTls != m_tls)
        check();
    m_again.start(m_isInvalid ? kInvalidMs : kValidMs);
}

void TlsBox::check()
{
    const int mode = modeOf(m_tls);
    if (!m_tls)
        return;
    if (isIncomplete()) {
        m_checkedTls = m_tls;
        m_watcher.setFuture({});
        setMessage(QStringLiteral("incomplete"), mode == Pem
                                                     ? tr("Choose a certificate and its key")
                                                     : tr("Choose a PKCS#12 file"));
        return;
    }
    if (m_checkedTls != m_tls)
        setMessage(QStringLiteral("checking"), tr("Checking…"));
    m_checkedTls = m_tls;
    m_watcher.setFuture(
        QtConcurrent::run([tls = *m_tls, folder = toPath(m_folder), authority = m_authorityFolder] {
            return checkTls(tls, folder, authority, std::chrono::system_clock::now());
        }));
}

void TlsBox::showResult(const Result<CertificateInfo> &result)
{
    if (!m_tls)
        return;
    if (!result) {
        setMessage(QStringLiteral("invalid"), toQString(result.error().text()));
        m_again.start(kInvalidMs);
        return;
    }
    m_again.start(kValidMs);
    QStringList names;
    for (const std::string &known : result->names)
        names << toQString(known);
    QString text;
    if (m_tls->kind == Tls::Kind::SelfSigned)
        text = tr("✓ Signed by the local authority (Tools › Certificate authority…)");
    else
        text = tr("✓ Key matches certificate %1, valid until %2")
                   .arg(toQString(result->subject), dateText(result->notAfter));
    if (!names.isEmpty())
        text += '\n' + tr("For %1").arg(names.join(QStringLiteral(", ")));
    setMessage(QStringLiteral("valid"), text);
}

void TlsBox::setMessage(const QString &state, const QString &text)
{
    const bool isInvalid
        = state == QLatin1String("invalid") || state == QLatin1String("incomplete");
    const QString role = state == QLatin1String("invalid")      ? QStringLiteral("error")
                         : state == QLatin1String("incomplete") ? QStringLiteral("warning")
                         : state == QLatin1String("valid")      ? QStringLiteral("success")
                                                                : QStringLiteral("muted");
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
    m_message->setProperty("state", state);
    if (m_message->property("role") != role) {
        m_message->setProperty("role", role);
        m_message->style()->unpolish(m_message);
        m_message->style()->polish(m_message);
    }
    if (std::exchange(m_isInvalid, isInvalid) != isInvalid)
        Q_EMIT checked();
}

QString TlsBox::problem() const { return m_isInvalid ? m_message->text() : QString(); }

void TlsBox::focusMode() { m_mode->setFocus(); }

} // namespace understudy::ui
