// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/behaviour/samples_field.h"

#include "core/base/units.h"
#include "ui/services/text.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QToolButton>
#include <QtConcurrent>

namespace understudy::ui {

namespace {

QString textOfValues(const std::vector<Duration> &values)
{
    QStringList texts;
    for (const Duration value : values)
        texts << toQString(formatDuration(value));
    return texts.join(QStringLiteral(", "));
}

/// `12ms, 40ms`; a bare number is milliseconds, as in a samples file.
Result<std::vector<Duration>> parseValues(const QString &text)
{
    static const QRegularExpression separators(QStringLiteral("[,;\\s]+"));
    std::vector<Duration> values;
    for (const QString &one : text.split(separators, Qt::SkipEmptyParts)) {
        bool isNumber = false;
        one.toDouble(&isNumber);
        const auto value = parseDuration(toStd(isNumber ? one + QStringLiteral("ms") : one));
        if (!value)
            return value.error();
        values.push_back(*value);
    }
    return values;
}

} // namespace

SamplesField::SamplesField(QWidget *parent)
    : QWidget(parent)
    , m_file(new QLineEdit)
    , m_values(new QLineEdit)
{
    m_values->setObjectName(QStringLiteral("latencyValuesEdit"));
    m_values->setAccessibleName(tr("Durations"));
    m_values->setPlaceholderText(tr("12ms, 40ms, 40ms, 95ms"));
    m_values->setToolTip(tr("Durations that stand in the mock file, at most %1").arg(kMostSamples));
    m_values->setMinimumWidth(fontMetrics().horizontalAdvance('x') * 24);
    m_values->setMaxLength(1 << 20); // the preset length would cut what the file has
    auto *layout = new QFormLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addRow(tr("File"), makeFileRow());
    layout->addRow(tr("or durations"), m_values);
    connect(m_file, &QLineEdit::editingFinished, this, &SamplesField::takeFile);
    connect(m_values, &QLineEdit::editingFinished, this, &SamplesField::takeValues);
    m_again.setInterval(1000);
    connect(&m_again, &QTimer::timeout, this, [this] {
        if (m_file->isVisible() && !m_loadedFile.isEmpty()
            && QFileInfo(m_loadedFile).lastModified() != m_loadedTime)
            load(m_file->text());
    });
    m_again.start();
    connect(&m_loader, &QFutureWatcherBase::finished, this, [this] {
        const Result<LatencySamples> read = m_loader.result();
        m_samples = read ? std::make_shared<const LatencySamples>(*read) : nullptr;
        m_problem = read ? QString() : toQString(read.error().text());
        Q_EMIT stateChanged();
    });
}

QWidget *SamplesField::makeFileRow()
{
    m_file->setObjectName(QStringLiteral("latencySamplesEdit"));
    m_file->setAccessibleName(tr("File of durations"));
    m_file->setPlaceholderText(tr("durations.csv, or a recording as HAR"));
    m_file->setMinimumWidth(fontMetrics().horizontalAdvance('x') * 16);
    auto *browse = new QToolButton;
    browse->setObjectName(QStringLiteral("latencySamplesBrowseButton"));
    browse->setText(QStringLiteral("…"));
    browse->setAccessibleName(tr("Choose a file of durations"));
    browse->setToolTip(browse->accessibleName());
    connect(browse, &QToolButton::clicked, this, &SamplesField::chooseFile);
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_file, 1);
    row->addWidget(browse);
    return line;
}

void SamplesField::show(const SampledLatency &samples, const QString &folder)
{
    m_folder = folder;
    const bool isSame = m_shown == samples;
    if (m_isBroken && isSame)
        return; // what was typed stays, with what is wrong with it
    m_isBroken = false;
    m_shown = samples;
    const QString file = toQString(samples.file);
    // What is being typed stays until it is said.
    if ((!isSame || !m_file->hasFocus()) && m_file->text() != file)
        m_file->setText(file);
    const QString values = textOfValues(samples.values);
    if ((!isSame || !m_values->hasFocus()) && m_values->text() != values) {
        m_values->setText(values);
        m_values->setCursorPosition(0);
    }
    if (samples.values.empty()) {
        load(file);
    } else {
        m_loadedFile.clear();
        m_problem.clear();
    }
}

void SamplesField::takeFile()
{
    const std::string file = toStd(m_file->text().trimmed());
    // An empty name beside durations says nothing.
    if (file == m_shown.file)
        return;
    Q_EMIT edited({file, {}}, m_file->objectName());
}

void SamplesField::takeValues()
{
    const auto values = parseValues(m_values->text());
    m_isBroken = !values;
    if (!values) {
        m_problem = toQString(values.error().message);
        Q_EMIT stateChanged();
        return;
    }
    if (*values == m_shown.values) {
        show(m_shown, m_folder);
        Q_EMIT stateChanged();
        return;
    }
    Q_EMIT edited({{}, *values}, m_values->objectName());
}

void SamplesField::load(const QString &file)
{
    const QString path = file.isEmpty() ? QString() : QDir(m_folder).absoluteFilePath(file);
    const QDateTime time = path.isEmpty() ? QDateTime() : QFileInfo(path).lastModified();
    if (path == m_loadedFile && time == m_loadedTime && !path.isEmpty())
        return;
    m_loadedFile = path;
    m_loadedTime = time;
    m_samples.reset();
    m_problem = file.isEmpty() ? tr("Choose a file of durations, or write some") : QString();
    if (!path.isEmpty())
        m_loader.setFuture(
            QtConcurrent::run([folder = toPath(m_folder), name = file.toStdString()] {
                return readLatencySamples(folder, name, false);
            }));
}

void SamplesField::chooseFile()
{
    const QString chosen
        = QFileDialog::getOpenFileName(this, tr("File of durations"), m_folder,
                                       tr("Durations (*.csv *.txt *.har);;All files (*)"));
    if (chosen.isEmpty())
        return;
    m_file->setText(QDir(m_folder).relativeFilePath(chosen));
    takeFile();
}

} // namespace understudy::ui
