// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace understudy::ui {

/// What is shown without a workspace: one click to a running server, and the ways to other
/// beginnings.
class WelcomePage : public QWidget
{
    Q_OBJECT
public:
    explicit WelcomePage(QWidget *parent = nullptr);
    /// Folders that no longer exist are greyed.
    void setRecent(const QStringList &folders);
    void focusStart();

Q_SIGNALS:
    void sampleRequested();
    void newServerRequested();
    void importRequested();
    void openRequested();
    void recentRequested(const QString &folder);

private:
    QPushButton *m_sample;
    QLabel *m_recentLabel;
    QListWidget *m_recent;
};

} // namespace understudy::ui
