// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/journal.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTableWidget;
class QTabWidget;
class QTreeWidget;

namespace understudy::ui {

class BodyView;
class TimingTab;

/// Everything about one exchange (ux.md section 3.8). Holds it as long as it is shown.
class ExchangePane : public QWidget
{
    Q_OBJECT

public:
    explicit ExchangePane(QWidget *parent = nullptr);

    /// Shows an exchange; a null one shows "Select a request". Unmatched ones open on the Why tab.
    void setEntry(const JournalEntry &entry);
    const JournalEntry &entry() const { return m_entry; }
    /// Brings the Why tab to the front.
    void showWhy();

Q_SIGNALS:
    void mockRequested(const understudy::JournalEntry &entry);
    void endpointActivated(const QString &serverId, const QString &endpointId);
    /// The exchange that caused a callback is to be shown.
    void causeActivated(quint64 sequence);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeSummary();
    QWidget *makeMessage(const QString &tab, const QString &prefix, const QString &what,
                         QTableWidget **headers, BodyView **body);
    QWidget *makeWhy();
    QWidget *makeRaw();
    void fillSummary();
    void showPurpose();
    void addSummary(const QString &name, const QString &value);
    void fillMessages();
    void fillWhy();
    void fillRaw();

    JournalEntry m_entry;
    bool m_wasUnmatched = false;
    QStackedWidget *m_stack = nullptr;
    QTabWidget *m_tabs = nullptr;
    QWidget *m_whyTab = nullptr;
    QLabel *m_purpose = nullptr;
    QFormLayout *m_summary = nullptr;
    QPushButton *m_openEndpoint = nullptr;
    QPushButton *m_showCause = nullptr; ///< of a callback
    QTableWidget *m_requestHeaders = nullptr;
    QTableWidget *m_responseHeaders = nullptr;
    BodyView *m_requestBody = nullptr;
    BodyView *m_responseBody = nullptr;
    QLabel *m_whyText = nullptr;
    QTreeWidget *m_whyTree = nullptr;
    QPushButton *m_whyMock = nullptr;
    TimingTab *m_timing = nullptr;
    QPlainTextEdit *m_raw = nullptr;
};

} // namespace understudy::ui
