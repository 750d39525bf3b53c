// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/endpoint/body_file_page.h"

#include "core/base/files.h"
#include "ui/services/text.h"

#include <QDateTime>
#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMimeDatabase>
#include <QPushButton>
#include <QStyle>
#include <QUrl>
#include <QVBoxLayout>

namespace understudy::ui {

BodyFilePage::BodyFilePage(QWidget *parent)
    : QWidget(parent)
    , m_path(new QLineEdit)
    , m_info(new QLabel)
    , m_message(new QLabel)
    , m_create(new QPushButton(tr("Create Script")))
    , m_open(new QPushButton(tr("Open")))
{
    m_path->setObjectName(QStringLiteral("bodyFileEdit"));
    m_info->setObjectName(QStringLiteral("bodyFileInfo"));
    m_info->setForegroundRole(QPalette::PlaceholderText);
    m_info->setMinimumWidth(1); // the first to give way
    m_message->setObjectName(QStringLiteral("bodyFileMessage"));
    m_message->setProperty("role", QStringLiteral("error"));
    m_create->setObjectName(QStringLiteral("bodyScriptCreateButton"));
    m_create->setToolTip(tr("Write a script to begin with"));
    m_open->setObjectName(QStringLiteral("bodyFileOpenButton"));
    m_open->setToolTip(tr("Open the file in the program that the system has for it"));
    auto *browse = new QPushButton(tr("Browse…"));
    browse->setObjectName(QStringLiteral("bodyFileBrowseButton"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_path);
    row->addWidget(browse);
    auto *below = new QHBoxLayout;
    below->addWidget(m_info, 1);
    below->addWidget(m_create);
    below->addWidget(m_open);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addLayout(row);
    layout->addLayout(below);
    layout->addWidget(m_message);
    layout->addStretch();

    // The file may come and go.
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible())
            showInfo();
    });
    m_timer.start();
    connect(browse, &QPushButton::clicked, this, &BodyFilePage::browse);
    connect(m_create, &QPushButton::clicked, this, &BodyFilePage::create);
    connect(m_open, &QPushButton::clicked, this, [this] {
        QDesktopServices::openUrl(
            QUrl::fromLocalFile(QDir(m_folder).absoluteFilePath(toQString(m_body.content))));
    });
    connect(m_path, &QLineEdit::editingFinished, this, [this] {
        const QString path = m_path->text().trimmed();
        if (path != toQString(m_body.content))
            Q_EMIT pathChosen(path);
    });
}

void BodyFilePage::showBody(const Body &body, const QString &folder, const QString &suggested,
                            bool isOther)
{
    if (isOther || !(body == m_body))
        m_problem.clear();
    m_body = body;
    m_folder = folder;
    m_suggested = suggested;
    m_path->setPlaceholderText(isScript()
                                   ? tr("Path relative to the mock file, e.g. %1").arg(suggested)
                                   : tr("Path relative to the mock file, e.g. bodies/users.json"));
    m_path->setAccessibleName(isScript() ? tr("Script") : tr("Body file"));
    if (isOther || !m_path->hasFocus())
        m_path->setText(toQString(body.content));
    showInfo();
}

void BodyFilePage::showInfo()
{
    const QFileInfo info(QDir(m_folder).absoluteFilePath(toQString(m_body.content)));
    const QString canonicalFolder = QFileInfo(m_folder).canonicalFilePath();
    QString message;
    QString state = QStringLiteral("valid");
    if (m_body.content.empty()) {
        message = isScript() ? tr("Name the script that answers, or create one")
                             : tr("Name the file that is sent");
        state = QStringLiteral("empty");
    } else if (!info.isFile()) {
        message = tr("File not found");
        state = QStringLiteral("missing");
    } else if (!info.canonicalFilePath().startsWith(canonicalFolder + '/')) {
        message = tr("Outside of the workspace");
        state = QStringLiteral("outside");
    }
    if (!m_problem.isEmpty() && !info.isFile()) {
        message = m_problem;
        state = QStringLiteral("missing");
    }
    m_message->setText(message);
    m_message->setProperty("state", state);
    // What is to be done next is no mistake.
    const QString role
        = state == QLatin1String("empty") ? QStringLiteral("muted") : QStringLiteral("error");
    if (m_message->property("role").toString() != role) {
        m_message->setProperty("role", role);
        style()->unpolish(m_message);
        style()->polish(m_message);
    }
    m_info->setText(info.isFile()
                        ? QMimeDatabase().mimeTypeForFile(info).name() + QStringLiteral(", ")
                              + QLocale().formattedDataSize(info.size())
                        : QString());
    m_create->setVisible(isScript() && !info.isFile());
    m_open->setVisible(info.isFile());
    const QString stamp
        = info.isFile() ? info.lastModified().toString(Qt::ISODateWithMs) : QString();
    if (stamp != m_stamp) {
        m_stamp = stamp;
        Q_EMIT fileChanged();
    }
}

void BodyFilePage::browse()
{
    const QString file = QFileDialog::getOpenFileName(
        this, isScript() ? tr("Script") : tr("Body file"), m_folder,
        isScript() ? tr("JavaScript (*.js);;All files (*)") : QString());
    if (!file.isEmpty()) {
        m_path->setText(QDir(m_folder).relativeFilePath(file));
        Q_EMIT m_path->editingFinished();
    }
}

void BodyFilePage::create()
{
    QFile starter(QStringLiteral(":/script/starter.js"));
    if (!starter.open(QIODevice::ReadOnly))
        return;
    QString name = m_body.content.empty() ? m_suggested : toQString(m_body.content);
    const QDir folder(m_folder);
    for (int i = 2; m_body.content.empty() && folder.exists(name); ++i)
        name = QString(m_suggested).replace(QStringLiteral(".js"), QStringLiteral("-%1.js").arg(i));
    const std::string problem = files::nameProblem(toStd(name));
    const QString clean = QDir::cleanPath(name);
    const bool isOutside = QDir::isAbsolutePath(name) || clean.startsWith(QStringLiteral("../"));
    auto written
        = problem.empty() && !isOutside
              ? Result<void>()
              : Result<void>(Error{ErrorCode::Invalid,
                                   "'" + toStd(name) + "' "
                                       + (isOutside ? std::string(files::kIsOutside) : problem),
                                   {}});
    const QString file = folder.absoluteFilePath(name);
    if (written) {
        QDir().mkpath(QFileInfo(file).absolutePath());
        files::WriteOptions options;
        options.onlyNew = true;
        written = files::writeFile(toStd(file), starter.readAll().toStdString(), options);
    }
    if (!written) {
        m_problem = toQString(written.error().message);
        showInfo();
        return;
    }
    if (m_body.content.empty())
        Q_EMIT pathChosen(name);
    else
        showInfo();
}

void BodyFilePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showInfo();
}

} // namespace understudy::ui
