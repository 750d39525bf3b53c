// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSize>
#include <QWidget>

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

    /// Keeps the width or the height of a dock; `size` is what it is to have, `percent` how much of
    /// the window it gets at most. A user who drags it to more gets that while the window is not
    /// made smaller.
    void keep(QDockWidget *dock, Qt::Orientation orientation, int size, int percent);
    /// What the dock is to have, whatever it has now.
    int wanted(const QDockWidget *dock) const;
    /// The extent of the window at which the user gave the dock that size; 0 if nobody did.
    int draggedAt(const QDockWidget *dock) const;
    void setWanted(const QDockWidget *dock, int size, int draggedAt);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Kept
    {
        QDockWidget *dock;
        Qt::Orientation orientation;
        int wanted;
        int atPress;
        int percent;
        int draggedAt = 0; ///< extent of the window when the user chose the size; 0: nobody did
        int size() const;
    };

    void restore();
    int extent(const Kept &kept) const;
    int allowed(const Kept &kept) const;
    void dragged();

    QMainWindow *m_window;
    QSize m_least; ///< what the centre needed when the docks were last given their sizes
    std::vector<Kept> m_kept;
};

} // namespace understudy::ui
