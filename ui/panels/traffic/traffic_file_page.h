// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/journal.h"
#include "ui/services/traffic_har_reader.h"
#include "ui/services/traffic_limits.h"

#include <QFutureWatcher>
#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QPushButton;

namespace understudy::ui {

class TrafficPage;

/// Traffic that was read from a HAR: the table and details of live traffic, on a journal of its
/// own, under a bar that says that it is none. A worker reads; rows appear as it goes. Live traffic
/// and its counts know nothing of it. Thread of the window.
class TrafficFilePage : public QWidget
{
    Q_OBJECT

public:
    /// Begins to read at once. `limits` bound what is kept of the file.
    TrafficFilePage(const QString &path, const TrafficLimits &limits, QWidget *parent = nullptr);
    ~TrafficFilePage() override; ///< stops reading

    QString path() const { return m_path; }
    TrafficPage *page() const { return m_page; }
    bool isReading() const { return m_isReading; }
    /// What came of it; empty while it is read.
    const HarReading &reading() const { return m_reading; }
    void setLimits(const TrafficLimits &limits);
    /// "shop.har (1,234)".
    QString title() const;

Q_SIGNALS:
    void titleChanged();
    void liveRequested();
    void closeRequested();

private:
    QWidget *buildBar();
    void read();
    void finished();
    void updateBar();
    QString stateText() const;
    QString lossText() const;
    void showProblems();

    QString m_path;
    Journal m_journal;
    TrafficPage *m_page = nullptr;
    QLabel *m_state = nullptr;
    QPushButton *m_problems = nullptr;
    std::shared_ptr<HarProgress> m_progress = std::make_shared<HarProgress>();
    QFutureWatcher<HarReading> m_watcher;
    QTimer m_refresh; ///< of the bar, while the file is read
    HarReading m_reading;
    bool m_isReading = true;
};

} // namespace understudy::ui
