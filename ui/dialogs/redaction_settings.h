// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/services/traffic_redaction.h"

#include <QWidget>

class QGridLayout;
class QPlainTextEdit;

namespace understudy::ui {

/// The page of the settings that names what exported traffic does not carry: three lists, one name
/// a line. Every change is told at once.
class RedactionSettings : public QWidget
{
    Q_OBJECT

public:
    explicit RedactionSettings(const TrafficRedaction &redaction, QWidget *parent = nullptr);

Q_SIGNALS:
    void chosen(const understudy::ui::TrafficRedaction &redaction);

private:
    QPlainTextEdit *addList(QGridLayout *grid, int column, const char *objectName,
                            const QString &title);
    void show(const TrafficRedaction &redaction);
    TrafficRedaction redaction() const;

    QPlainTextEdit *m_headers;
    QPlainTextEdit *m_parameters;
    QPlainTextEdit *m_members;
};

} // namespace understudy::ui
