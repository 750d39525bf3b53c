// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QPointer>
#include <QTimer>

namespace understudy::ui {

/// Hands over what is typed in a field before the field is left. Fields that take over their text
/// when they are left (`editingFinished`, the delegate of a cell) are told to within a tenth of a
/// second of a key, as long as they have the focus and lie in `pages`; text and cursor stay as they
/// are. Text that is not complete or not valid stays in the field alone.
class PendingField : public QObject
{
    Q_OBJECT
public:
    /// The property of a line edit that hands over every key by itself.
    static constexpr const char *kSavesAsTyped = "savesAsTyped";

    PendingField(QWidget *pages, QObject *parent);

    /// As if `focus`, a widget with the focus, were left: a spin box, a line edit, a combo box with
    /// one, or the editor of a cell or a name in a view. It stays open. Null is nothing.
    static void commit(QWidget *focus);

private:
    void follow(QWidget *now);
    void commitTyped();

    QWidget *m_pages;
    QPointer<QWidget> m_field;
    QPointer<QLineEdit> m_edit; ///< of the field, in which one types
    QTimer m_timer;
};

} // namespace understudy::ui
