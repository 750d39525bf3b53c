// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QList>
#include <QPointer>
#include <QTimer>
#include <QVariant>

#include <memory>

namespace understudy::ui {

/// Hands over what is typed in a field before the field is left. Fields that take over their text
/// when they are left (`editingFinished`, the delegate of a cell) are told to within a tenth of a
/// second of a key, as long as they have the focus and lie in one of `pages`; text and cursor stay
/// as they are. Text that is not complete or not valid stays in the field alone. Esc brings back
/// what stood in the field before it was edited, whatever has been handed over since.
class PendingField : public QObject
{
    Q_OBJECT
public:
    /// The property of a line edit that hands over every key by itself.
    static constexpr const char *kSavesAsTyped = "savesAsTyped";
    /// The property of a line edit whose text belongs to nothing: that of a search.
    static constexpr const char *kIsNoValue = "isNoValue";

    PendingField(const QList<QWidget *> &pages, QObject *parent);

    /// As if `focus`, a widget with the focus, were left: a spin box, a line edit, a combo box with
    /// one, or the editor of a cell or a name in a view. It stays open. Null is nothing.
    static void commit(QWidget *focus);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow(QWidget *now);
    void followText(QWidget *field, QLineEdit *edit);
    void commitTyped();
    bool revert();

    QList<QPointer<QWidget>> m_pages; ///< when a window ends the focus moves on after they are gone
    QPointer<QWidget> m_field;
    QPointer<QLineEdit> m_edit;           ///< of the field, in which one types
    std::unique_ptr<QObject> m_listening; ///< what is heard of m_edit ends with it
    QVariant m_before;                    ///< what the field held before it was edited
    bool m_isEdited = false;              ///< by the user
    bool m_isBusy = false;                ///< the text is changed here
    QTimer m_timer;
};

} // namespace understudy::ui
