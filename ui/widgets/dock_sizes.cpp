// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dock_sizes.h"

#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>

#include <algorithm>

namespace understudy::ui {

int DockSizes::Kept::size() const
{
    return orientation == Qt::Horizontal ? dock->width() : dock->height();
}

DockSizes::DockSizes(QMainWindow *window)
    : QObject(window)
    , m_window(window)
{
    window->installEventFilter(this);
}

void DockSizes::keep(QDockWidget *dock, Qt::Orientation orientation, int size, int percent)
{
    m_kept.push_back({dock, orientation, size, size, percent});
    dock->installEventFilter(this);
    connect(dock, &QObject::destroyed, this, [this, dock] {
        std::erase_if(m_kept, [dock](const Kept &kept) { return kept.dock == dock; });
    });
    restore();
}

int DockSizes::wanted(const QDockWidget *dock) const
{
    const auto found = std::find_if(m_kept.begin(), m_kept.end(),
                                    [dock](const Kept &kept) { return kept.dock == dock; });
    return found == m_kept.end() ? 0 : found->wanted;
}

int DockSizes::draggedAt(const QDockWidget *dock) const
{
    const auto found = std::find_if(m_kept.begin(), m_kept.end(),
                                    [dock](const Kept &kept) { return kept.dock == dock; });
    return found == m_kept.end() ? 0 : found->draggedAt;
}

void DockSizes::setWanted(const QDockWidget *dock, int size, int draggedAt)
{
    for (Kept &kept : m_kept) {
        if (kept.dock == dock && size > 0) {
            kept.wanted = size;
            kept.draggedAt = draggedAt;
        }
    }
    restore();
}

int DockSizes::extent(const Kept &kept) const
{
    return kept.orientation == Qt::Horizontal ? m_window->width() : m_window->height();
}

int DockSizes::allowed(const Kept &kept) const
{
    const int whole = extent(kept);
    const bool isChosen = kept.draggedAt > 0 && whole >= kept.draggedAt;
    return isChosen ? kept.wanted : std::min(kept.wanted, whole * kept.percent / 100);
}

void DockSizes::restore()
{
    if (const QWidget *centre = m_window->centralWidget())
        m_least = centre->minimumSizeHint();
    for (const Kept &kept : m_kept) {
        if (kept.dock->isVisible() && !kept.dock->isFloating() && kept.size() != allowed(kept))
            m_window->resizeDocks({kept.dock}, {allowed(kept)}, kept.orientation);
    }
}

void DockSizes::dragged()
{
    for (Kept &kept : m_kept) {
        if (kept.dock->isVisible() && !kept.dock->isFloating() && kept.size() != kept.atPress) {
            kept.wanted = kept.size();
            kept.draggedAt = extent(kept);
        }
    }
}

bool DockSizes::eventFilter(QObject *watched, QEvent *event)
{
    const bool isWindow = watched == m_window;
    switch (event->type()) {
    case QEvent::Resize:
        // Behind the layout that this event brings about.
        if (isWindow)
            QMetaObject::invokeMethod(this, &DockSizes::restore, Qt::QueuedConnection);
        break;
    case QEvent::LayoutRequest:
        // What the centre shows now may need less than what took the room away.
        if (isWindow && m_window->centralWidget()
            && m_window->centralWidget()->minimumSizeHint() != m_least)
            QMetaObject::invokeMethod(this, &DockSizes::restore, Qt::QueuedConnection);
        break;
    case QEvent::Show:
        if (!isWindow)
            QMetaObject::invokeMethod(this, &DockSizes::restore, Qt::QueuedConnection);
        break;
    case QEvent::MouseButtonPress:
        // A separator between docks is a part of the window itself.
        for (Kept &kept : m_kept)
            kept.atPress = kept.size();
        break;
    case QEvent::MouseButtonRelease:
        if (isWindow)
            QMetaObject::invokeMethod(this, &DockSizes::dragged, Qt::QueuedConnection);
        break;
    default:
        break;
    }
    return false;
}

} // namespace understudy::ui
