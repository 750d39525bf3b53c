// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/behaviour.h"
#include "ui/services/kept_kinds.h"

#include <QWidget>

#include <array>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace understudy::ui {

class RulesEditor;

/// When a fault may happen, beside its share: one row a condition, all of which must hold.
class ConditionFields : public QWidget
{
    Q_OBJECT
public:
    enum class Condition { Always, First, Every, After, Until, During, When };

    explicit ConditionFields(QWidget *parent = nullptr);
    /// Whose conditions are shown; what each of them held is kept apart.
    void setObject(const QString &object) { m_kept.setObject(object); }
    void swapObjects(const QString &a, const QString &b) { m_kept.swap(a, b); }
    void forgetObject(const QString &object) { m_kept.forget(object); }
    /// `isOther`: another fault than before, not the same one changed.
    void setFault(const Fault &fault, bool isOther);

Q_SIGNALS:
    void edited(const understudy::Fault &fault, const QString &field);
    /// A duration that cannot be read; nothing was changed.
    void refused(const QString &message);

private:
    static constexpr std::size_t kRows = 6;
    struct Row
    {
        QWidget *widget;
        QComboBox *kind;
        QSpinBox *count;
        QWidget *window;
        QLineEdit *from;
        QLineEdit *to;
        QLineEdit *repeat;
        QToolButton *remove;
    };

    Row makeRow(std::size_t number);
    QWidget *makeWindow(Row &row, const QString &suffix);
    std::vector<Condition> conditions() const;
    void changeKind(std::size_t number);
    void leave(Condition condition);
    void enter(Condition condition);
    void changeWindow(const Row &row);
    void add();
    void refresh();
    void fillKinds(const Row &row, Condition shown, const std::vector<Condition> &used);
    void showValue(const Row &row, Condition condition);

    KeptKinds<Condition, Fault> m_kept; ///< a fault with this condition alone
    Fault m_fault;
    bool m_wantsRules = false; ///< chosen, while there is no rule yet
    std::array<Row, kRows> m_rows;
    QToolButton *m_add;
    RulesEditor *m_rules;
};

} // namespace understudy::ui
