// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/theme.h"
#include "ui/services/traffic_limits.h"
#include "ui/services/traffic_redaction.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListWidget;
class QSpinBox;
class QStackedWidget;

namespace understudy::ui {

/// The user's preferences, by pages; the words of a page are searched. Every change takes effect at
/// once: the dialog says what was chosen, and the window applies and remembers it.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(ThemeChoice theme, const TrafficLimits &limits,
                   const TrafficRedaction &redaction, QWidget *parent = nullptr);

    /// What the traffic takes now, beside its limits.
    void showUsage(qint64 bytes, qint64 rows);

Q_SIGNALS:
    void themeChosen(understudy::ui::ThemeChoice theme);
    void trafficLimitsChosen(const understudy::ui::TrafficLimits &limits);
    void redactionChosen(const understudy::ui::TrafficRedaction &redaction);

private:
    void addPage(const QString &title, QWidget *page);
    QWidget *makeAppearance(ThemeChoice theme);
    QWidget *makeLimits(const TrafficLimits &limits);
    void search(const QString &text);

    QLineEdit *m_search;
    QListWidget *m_list;
    QStackedWidget *m_pages;
    QSpinBox *m_memory;
    QSpinBox *m_rows;
    QLabel *m_usage;
};

} // namespace understudy::ui
