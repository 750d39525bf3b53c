// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/journal.h"
#include "ui/models/traffic_columns.h"
#include "ui/services/traffic_har.h"

#include <QFutureWatcher>
#include <QStringList>
#include <QTimer>
#include <QWidget>

#include <functional>

class QAction;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace understudy::ui {

class Placeholder;
class ExchangePane;
class TrafficFeed;
class TrafficModel;
class TrafficResender;
class TrafficTable;

/// Live traffic: the table with its filter, and the details of one exchange (ux.md sections 3.7,
/// 3.8 and 11). The journal must outlive it. Thread of the window.
///
///     auto *page = new TrafficPage(workbench.journal());
///     page->setListening({"http://127.0.0.1:3000"});
///     connect(page, &TrafficPage::mockRequested, …);
class TrafficPage : public QWidget
{
    Q_OBJECT

public:
    /// Where the rows come from. A file has nothing to follow, to pause or to clear.
    enum class Source { Live, File };

    explicit TrafficPage(Journal &journal, QWidget *parent = nullptr, Source source = Source::Live);
    ~TrafficPage() override;

    /// Addresses of the running servers, for the texts of an empty list.
    void setListening(const QStringList &urls);
    /// Puts a text into the filter and applies it at once.
    void setFilterText(const QString &text);
    QString filterText() const;
    /// Where exports go; a missing folder is made. Empty, the default: a dialog asks.
    void setExportFolder(const QString &folder) { m_exportFolder = folder; }
    /// The most rows the table keeps.
    void setRowLimit(qsizetype rows);
    /// What exports leave out.
    void setRedaction(const TrafficRedaction &redaction) { m_redaction = redaction; }
    /// Of a file: what an empty list says.
    void setEmptyText(const QString &text);

    /// Rows on record, whether the filter shows them or not.
    qsizetype rowCount() const;
    /// Rows that were gone before the table could read them.
    quint64 dropped() const;
    /// Rows that had to go because of a bound.
    quint64 evicted() const;
    double requestsPerSecond() const;

    /// What the menus and the command palette offer; owned by the page. Object names are the ids of
    /// ux.md section 5.
    QList<QAction *> pageActions() const { return m_actions; }

    /// Columns and sizes, for the settings.
    QByteArray saveState() const;
    void restoreState(const QByteArray &state);

    TrafficModel *model() const { return m_model; }
    TrafficFeed *feed() const { return m_feed; }

Q_SIGNALS:
    void endpointActivated(const QString &serverId, const QString &endpointId);
    /// Another row; without an exchange: none.
    void selected(const understudy::JournalEntry &entry);
    void mockRequested(const understudy::JournalEntry &entry);
    void startServerRequested();
    /// Row counts and rate may have changed.
    void statisticsChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitPane();
    struct ExportResult
    {
        QString path;
        QString error; ///< empty if all went well
        HarSummary summary;
    };
    struct QuickTerm
    {
        QToolButton *button;
        QString term;
    };

    void build();
    QWidget *buildTools();
    QWidget *buildEmptyState();
    QWidget *buildToast();
    QToolButton *buildExport();
    QToolButton *addQuickTerm(const QString &objectName, const QString &text, const QString &name,
                              const QString &term);
    void buildLiveActions();
    void buildActions();
    QAction *addAction(const char *id, const QString &text, const QKeySequence &keys,
                       const std::function<void()> &run, bool forTable = false);
    void connectModel();

    void filterEdited(const QString &text);
    void applyFilter();
    void addTerm(const QString &term, bool isExcluded);
    void showMessage(const QString &state, const QString &message);
    void updateCounter();
    void updateEmptyState();
    void updateLive();
    void updateSnapshotChip();
    void updateActions();
    void showRow(int row);
    void clearTraffic();
    void undoClear();
    void showToast(const QString &text, const QString &button, const std::function<void()> &action);
    std::vector<quint64> rowsToExport(bool selectedOnly) const;
    void exportHar(bool selectedOnly);
    void writeHarFile(const QString &path, std::vector<quint64> sequences);
    void exported();
    /// Selects the row of an exchange, or says that it is not shown.
    void goToSequence(quint64 sequence);
    void resend();
    void showMenu(const QPoint &at);
    void fillMenu(QMenu *menu, int row, TrafficColumn column);
    void fillCopyMenu(QMenu *menu);
    void fillMarkMenu(QMenu *menu, int row);
    void copy(const std::function<QString(const Exchange &)> &textOf);
    void togglePin();
    void requestMock();
    void askForRow();
    void askForNote(quint64 sequence);
    JournalEntry currentEntry() const;

    Journal &m_journal;
    const Source m_source;
    TrafficModel *m_model;
    TrafficFeed *m_feed;
    TrafficTable *m_table;
    ExchangePane *m_pane;
    QSplitter *m_splitter = nullptr;
    bool m_isPaneSmall = false;
    QByteArray m_fullSplitter; ///< while the pane is small, what it was before
    QList<int> m_fullSizes;
    QStackedWidget *m_stack = nullptr;
    QToolButton *m_live = nullptr;
    QToolButton *m_follow = nullptr;
    QLineEdit *m_filter = nullptr;
    QLabel *m_message = nullptr;
    QLabel *m_counter = nullptr;
    QPushButton *m_snapshotChip = nullptr;
    Placeholder *m_emptyState = nullptr;
    QWidget *m_toast = nullptr;
    QLabel *m_toastText = nullptr;
    QPushButton *m_toastButton = nullptr;
    std::function<void()> m_toastAction;
    QString m_exportFolder;
    TrafficRedaction m_redaction;
    QString m_emptyText;
    TrafficResender *m_resender;
    QFutureWatcher<ExportResult> m_exporting;
    QList<QuickTerm> m_quickTerms;
    QList<QAction *> m_actions;
    QStringList m_listening;
    std::function<void()> m_emptyAction;
    QTimer m_filterDelay;
    QTimer m_clockRefresh; ///< a filter with since: changes by itself
    QTimer m_clearUndo;    ///< hides the toast, and ends the time for undo
    int m_progress = -1;
};

} // namespace understudy::ui
