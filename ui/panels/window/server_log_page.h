// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/runtime/workbench.h"

#include <QWidget>

#include <deque>

class QComboBox;
class QPlainTextEdit;

namespace understudy::ui {

/// Start, stop and bind messages of the servers, the last 10,000 lines.
class ServerLogPage : public QWidget
{
    Q_OBJECT
public:
    explicit ServerLogPage(QWidget *parent = nullptr);
    void append(const ServerEvent &event);

private:
    bool isShown(const ServerEvent &event) const;
    QString line(const ServerEvent &event) const;
    void showAll();

    std::deque<ServerEvent> m_events;
    QComboBox *m_server;
    QComboBox *m_level;
    QPlainTextEdit *m_view;
};

} // namespace understudy::ui
