// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSize>

#include <vector>

class QDockWidget;
class QMainWindow;

namespace understudy::ui {

/// Gives docks back the size that the user gave them, once there is room for it again: a main
/// window takes it from them when it becomes small, and all that comes back goes to its centre.
/// Belongs to the window.
class DockSizes : public QObject
{
    Q_OBJECT

public:
    explicit DockSizes(QMainWindow *window);

    /// Keeps the width or the height of a dock; `size` is what it is to have.
    void keep(QDockWidget *dock, Qt::Orientation orientation, int size);
    /// What the dock is to have, whatever it has now.
    int wanted(const QDockWidget *dock) const;
    void setWanted(const QDockWidget *dock, int size);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Kept
    {
        QDockWidget *dock;
        Qt::Orientation orientation;
        int wanted;
        int atPress;
        int size() const;
    };

    void restore();
    void dragged();

    QMainWindow *m_window;
    std::vector<Kept> m_kept;
};

} // namespace understudy::ui
