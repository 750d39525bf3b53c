// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/journal.h"
#include "ui/services/traffic_limits.h"
#include "ui/services/traffic_redaction.h"

#include <QObject>
#include <QStringList>

class QTabWidget;

namespace understudy::ui {

class TrafficFilePage;
class TrafficPage;

/// The files of traffic that are open, each a tab behind the window's own: opened, dropped on the
/// tabs, closed. Thread of the window; the tabs outlive it.
class TrafficFiles : public QObject
{
    Q_OBJECT

public:
    static constexpr int kMost = 8; ///< at once: each may take what the limits allow

    /// `tabs` has the window's own already; they cannot be closed.
    TrafficFiles(QTabWidget *tabs, TrafficPage *live, QObject *parent);

    /// Shows a HAR in a tab of its own; one that is open already is read again. False if there are
    /// too many.
    bool open(const QString &path);
    int count() const;
    /// Of the file in front, or null.
    TrafficPage *current() const;

    void setLimits(const TrafficLimits &limits);
    void setRedaction(const TrafficRedaction &redaction);
    /// Addresses of running servers, to which requests can be sent again.
    void setListening(const QStringList &urls);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void countChanged();
    void mockRequested(const understudy::JournalEntry &entry);
    void endpointActivated(const QString &serverId, const QString &endpointId);
    void dropped(const QString &path);

private:
    QList<TrafficFilePage *> pages() const;
    void close(QWidget *page);

    QTabWidget *m_tabs;
    TrafficPage *m_live;
    TrafficLimits m_limits;
    TrafficRedaction m_redaction;
    QStringList m_listening;
};

} // namespace understudy::ui
