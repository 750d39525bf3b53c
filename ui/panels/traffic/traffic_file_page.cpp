// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/traffic/traffic_file_page.h"

#include "ui/dialogs/reading_report_dialog.h"
#include "ui/panels/traffic/traffic_page.h"
#include "ui/services/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>
#include <QtConcurrent>

namespace understudy::ui {

namespace {

constexpr int kBarRefresh = 200; // ms

QString grouped(quint64 value) { return QLocale().toString(value); }

JournalLimits journalLimits(const TrafficLimits &limits)
{
    JournalLimits out;
    out.bytes = static_cast<std::size_t>(limits.bytes());
    out.count = static_cast<std::size_t>(limits.rows);
    return out;
}

QPushButton *barButton(const char *objectName, const QString &text, const QString &name)
{
    auto *button = new QPushButton(text);
    button->setObjectName(QString::fromLatin1(objectName));
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

} // namespace

TrafficFilePage::TrafficFilePage(const QString &path, const TrafficLimits &limits, QWidget *parent)
    : QWidget(parent)
    , m_path(QFileInfo(path).absoluteFilePath())
    , m_journal(journalLimits(limits))
    , m_page(new TrafficPage(m_journal, this, TrafficPage::Source::File))
{
    setObjectName(QStringLiteral("trafficFilePage"));
    setAccessibleName(tr("Traffic from the file %1").arg(QFileInfo(m_path).fileName()));
    m_page->setRowLimit(limits.rows);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildBar());
    layout->addWidget(m_page, 1);
    connect(m_page, &TrafficPage::statisticsChanged, this, &TrafficFilePage::titleChanged);
    m_refresh.setInterval(kBarRefresh);
    connect(&m_refresh, &QTimer::timeout, this, &TrafficFilePage::updateBar);
    connect(&m_watcher, &QFutureWatcherBase::finished, this, &TrafficFilePage::finished);
    read();
}

TrafficFilePage::~TrafficFilePage()
{
    m_watcher.disconnect(this);
    m_progress->isStopped = true;
    m_watcher.waitForFinished(); // it writes to the journal
    delete m_page;               // it reads the journal
}

QWidget *TrafficFilePage::buildBar()
{
    auto *bar = new QFrame;
    bar->setObjectName(QStringLiteral("trafficFileBar"));
    bar->setFrameShape(QFrame::StyledPanel);
    bar->setAutoFillBackground(true);
    bar->setBackgroundRole(QPalette::ToolTipBase);
    auto *icon = new QLabel;
    const int side = icon->fontMetrics().height();
    icon->setPixmap(QIcon::fromTheme(QStringLiteral("document-open")).pixmap(side, side));
    m_state = new QLabel;
    m_state->setObjectName(QStringLiteral("trafficFileState"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setForegroundRole(QPalette::ToolTipText);
    m_state->setWordWrap(true);
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_state->setToolTip(QDir::toNativeSeparators(m_path));
    m_problems = barButton("trafficFileProblemsButton", tr("What is missing…"),
                           tr("Show what could not be read, and where it stands"));
    m_problems->hide();
    auto *live = barButton("trafficFileLiveButton", tr("Live traffic"), tr("Back to live traffic"));
    auto *close
        = barButton("trafficFileCloseButton", tr("Close file"), tr("Close this file's traffic"));
    connect(m_problems, &QPushButton::clicked, this, &TrafficFilePage::showProblems);
    connect(live, &QPushButton::clicked, this, &TrafficFilePage::liveRequested);
    connect(close, &QPushButton::clicked, this, &TrafficFilePage::closeRequested);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 2, 6, 2);
    layout->addWidget(icon);
    layout->addWidget(m_state, 1);
    layout->addWidget(m_problems);
    layout->addWidget(live);
    layout->addWidget(close);
    return bar;
}

void TrafficFilePage::read()
{
    const auto reading = [path = m_path, &journal = m_journal, progress = m_progress] {
        QFile file(path);
        HarReading failed;
        const QFileInfo info(path);
        if (info.exists() && !info.isFile()) // of a pipe, the end would be waited for
            failed.error = tr("it is no file");
        else if (!file.open(QIODevice::ReadOnly))
            failed.error = file.errorString();
        else
            return readHar(file, info.fileName(), journal, *progress);
        return failed;
    };
    m_watcher.setFuture(QtConcurrent::run(reading));
    m_refresh.start();
    updateBar();
}

void TrafficFilePage::finished()
{
    m_reading = m_watcher.result();
    m_isReading = false;
    m_refresh.stop();
    m_problems->setVisible(!m_reading.problems.empty());
    updateBar();
    Q_EMIT titleChanged();
}

void TrafficFilePage::setLimits(const TrafficLimits &limits)
{
    m_journal.setLimits(journalLimits(limits));
    m_page->setRowLimit(limits.rows);
    updateBar();
}

QString TrafficFilePage::title() const
{
    const QString name = QFileInfo(m_path).fileName();
    return m_page->rowCount() > 0 ? tr("%1 (%2)").arg(name, QLocale().toString(m_page->rowCount()))
                                  : name;
}

QString TrafficFilePage::lossText() const
{
    QStringList losses;
    if (m_reading.left == 1)
        losses << tr("1 entry left out");
    else if (m_reading.left > 1)
        losses << tr("%1 entries left out").arg(grouped(m_reading.left));
    const JournalCounters kept = m_journal.counters();
    if (kept.evicted > 0)
        losses << tr("the first %1 not kept (Settings ▸ Limits)").arg(grouped(kept.evicted));
    if (kept.bodiesDropped > 0)
        losses << tr("bodies not kept: %1 (Settings ▸ Limits)").arg(grouped(kept.bodiesDropped));
    return losses.join(QStringLiteral(" · "));
}

QString TrafficFilePage::stateText() const
{
    const QString name = QFileInfo(m_path).fileName();
    if (isReading())
        return tr("Opened from a file, not live: %1 · reading, %2 %")
            .arg(name)
            .arg(m_progress->percent.load());
    if (!m_reading.error.isEmpty())
        return tr("%1 cannot be shown: %2").arg(name, m_reading.error);
    const QString read = m_reading.entries == 1 ? tr("1 request")
                                                : tr("%1 requests").arg(grouped(m_reading.entries));
    const QString losses = lossText();
    return tr("Opened from a file, not live: %1 · %2").arg(name, read)
           + (losses.isEmpty() ? QString() : QStringLiteral(" · ") + losses);
}

void TrafficFilePage::updateBar()
{
    const QString text = stateText();
    if (m_state->text() != text)
        m_state->setText(text);
    m_state->setAccessibleName(text);
    m_page->setEmptyText(isReading() ? tr("Reading %1…").arg(QFileInfo(m_path).fileName()) : text);
}

void TrafficFilePage::showProblems()
{
    QStringList lines;
    for (const Problem &problem : m_reading.problems)
        lines << toQString(problem.error.text());
    if (m_reading.moreProblems > 0)
        lines << tr("… and %1 more").arg(grouped(m_reading.moreProblems));
    auto *dialog = new ReadingReportDialog(QFileInfo(m_path).fileName(), lines, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace understudy::ui
