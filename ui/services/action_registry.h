// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QHash>
#include <QObject>

namespace understudy::ui {

/// Every action of the program, made from one table (id, text, icon, keys). The objectName of an
/// action is its id (ux.md section 5). Owned by the window; other panels' actions may be taken in.
class ActionRegistry : public QObject
{
    Q_OBJECT
public:
    explicit ActionRegistry(QObject *parent = nullptr);

    /// The action of that id; it must exist.
    QAction *action(const QString &id) const;
    /// The same, or nullptr.
    QAction *find(const QString &id) const { return m_actions.value(id); }
    /// Takes in an action made elsewhere, under its objectName.
    void adopt(QAction *action);
    QList<QAction *> all() const { return m_order; }

private:
    QHash<QString, QAction *> m_actions;
    QList<QAction *> m_order;
};

} // namespace understudy::ui
