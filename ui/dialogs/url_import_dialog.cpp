// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/url_import_dialog.h"

#include "ui/services/text.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>
#include <QtConcurrent>

#include <algorithm>

namespace understudy::ui {

UrlImportDialog::UrlImportDialog(const QString &url, QWidget *parent)
    : QDialog(parent)
    , m_url(new QLineEdit(url))
    , m_message(new QLabel)
    , m_progress(new QProgressBar)
{
    setObjectName(QStringLiteral("urlImportDialog"));
    setWindowTitle(tr("Import from URL"));
    m_url->setObjectName(QStringLiteral("importUrlEdit"));
    m_url->setAccessibleName(tr("URL of a document"));
    m_url->setPlaceholderText(QStringLiteral("http://localhost:3000/openapi.json"));
    m_url->setMinimumWidth(fontMetrics().horizontalAdvance('x') * 64);
    m_url->selectAll();
    auto *hint
        = new QLabel(tr("A document of a server on this machine: OpenAPI, mappings of WireMock "
                        "(/__admin/mappings), imposters of mountebank "
                        "(/imposters?replayable=true), or any other that can be imported."));
    hint->setWordWrap(true);
    m_message->setObjectName(QStringLiteral("importUrlMessage"));
    m_message->setProperty("role", QStringLiteral("error"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->hide();
    m_progress->setObjectName(QStringLiteral("importUrlProgress"));
    m_progress->setAccessibleName(tr("Fetching"));
    m_progress->setRange(0, 0);
    m_progress->hide();
    auto *form = new QFormLayout;
    form->addRow(tr("URL"), m_url);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_fetch = buttons->addButton(tr("Fetch"), QDialogButtonBox::ActionRole);
    m_fetch->setObjectName(QStringLiteral("importUrlFetchButton"));
    for (QPushButton *button : buttons->findChildren<QPushButton *>())
        button->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(hint);
    layout->addLayout(form);
    layout->addWidget(m_progress);
    layout->addWidget(m_message);
    layout->addStretch();
    layout->addWidget(buttons);
    m_fetch->setDefault(true); // once it is in the dialog, which else makes Cancel the default
    connect(m_fetch, &QPushButton::clicked, this, &UrlImportDialog::fetch);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_url, &QLineEdit::textChanged, this, [this] { showMessage({}); });
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &UrlImportDialog::take);
    resize(fontMetrics().horizontalAdvance('x') * 80, 0);
    updateState();
}

UrlImportDialog::~UrlImportDialog() { m_stop.request_stop(); }

QString UrlImportDialog::url() const { return m_url->text().trimmed(); }

void UrlImportDialog::fetch()
{
    if (m_watcher.isRunning() || url().isEmpty())
        return;
    const bool allowsRemote = m_allowsRemote;
    showMessage({});
    m_stop = {};
    m_watcher.setFuture(
        QtConcurrent::run([url = toStd(url()), allowsRemote, stop = m_stop.get_token()] {
            return wire::fetchDocument(url, allowsRemote, stop);
        }));
    updateState();
}

void UrlImportDialog::take()
{
    const Result<wire::FetchedDocument> fetched = m_watcher.result();
    updateState();
    if (fetched) {
        m_document = *fetched;
        accept();
        return;
    }
    showMessage(toQString(fetched.error().message), fetched.error().code == ErrorCode::Access);
}

void UrlImportDialog::showMessage(const QString &text, bool mayAllow)
{
    // What was said yes to is this address alone.
    m_allowsRemote = mayAllow;
    m_message->setText(mayAllow ? text + '\n' + tr("Fetch it from there all the same?") : text);
    m_message->setVisible(!text.isEmpty());
    m_fetch->setDefault(!mayAllow); // a key that is pressed once too often is no yes
    m_fetch->setText(mayAllow ? tr("Fetch from there") : tr("Fetch"));
    updateState();
}

void UrlImportDialog::updateState()
{
    const bool isRunning = m_watcher.isRunning();
    m_progress->setVisible(isRunning);
    m_url->setReadOnly(isRunning);
    m_fetch->setEnabled(!isRunning && !url().isEmpty());
    // Lines that wrap make no room by themselves.
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
}

} // namespace understudy::ui
