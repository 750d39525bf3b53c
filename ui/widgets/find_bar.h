// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;

namespace understudy::ui {

class BodyEditor;

/// Find and replace for a body editor; Esc closes it.
class FindBar : public QWidget
{
    Q_OBJECT
public:
    FindBar(BodyEditor &editor, QWidget *parent = nullptr);
    void open();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void find(bool forward);

    BodyEditor &m_editor;
    QLineEdit *m_find;
    QLineEdit *m_replace;
};

} // namespace understudy::ui
