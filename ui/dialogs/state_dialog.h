// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QTimer>

#include <functional>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QLabel;
class QPushButton;
class QTableView;
class QTableWidget;
class QToolButton;

namespace understudy {
class JsonValue;
class Workbench;
template<class T>
class Result;
} // namespace understudy

namespace understudy::ui {

class BucketModel;

/// What a running server remembers: its buckets as tables, the states of its scenarios, and the
/// time it goes by. All of it is live, and can be set. Does not stop the window.
class StateDialog : public QDialog
{
    Q_OBJECT
public:
    /// The workbench must outlive it.
    StateDialog(Workbench &workbench, QString serverId, QWidget *parent);

private:
    QWidget *makeBuckets();
    QWidget *makeScenarios();
    QWidget *makeClock();
    void refresh();
    void showBuckets();
    void showScenarios();
    void showClock();
    void changeBucket(const std::function<void(JsonValue &)> &change);
    void removeItems();
    void setClock();
    void say(const Result<void> &done);
    void complain(const QString &text);

    Workbench &m_workbench;
    QString m_id;
    bool m_isIdle = false; ///< the server did not run when it was last looked at
    QLabel *m_message;
    QComboBox *m_bucket;
    QTableView *m_items;
    BucketModel *m_model;
    QStringList m_columns; ///< as they were shown last
    QToolButton *m_add;
    QToolButton *m_remove;
    QPushButton *m_resetBucket;
    QTableWidget *m_scenarios;
    QLabel *m_time;
    QDateTimeEdit *m_wanted;
    QCheckBox *m_frozen;
    QTimer m_timer;
};

} // namespace understudy::ui
