// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWidget>

namespace understudy::ui {

/// What an empty place shows: one sentence and, where something helps, one button (ux.md section
/// 9).
class Placeholder : public QWidget
{
    Q_OBJECT
public:
    explicit Placeholder(QWidget *parent = nullptr);
    /// An empty `button` hides it.
    void setContent(const QString &text, const QString &button = {});
    QPushButton *button() const { return m_button; }

private:
    QLabel *m_text;
    QPushButton *m_button;
};

} // namespace understudy::ui
