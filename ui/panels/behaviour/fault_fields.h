// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/behaviour.h"
#include "ui/services/kept_kinds.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QSlider;
class QSpinBox;
class QTableView;

namespace understudy::ui {

class ConditionFields;
class FaultParametersModel;
class PercentSpin;

/// One fault: its share, its kind, what the kind takes, and when it may happen.
class FaultFields : public QWidget
{
    Q_OBJECT
public:
    explicit FaultFields(QWidget *parent = nullptr);
    /// Which fault is shown; what the kinds of each held is kept apart.
    void setObject(const QString &object);
    void swapObjects(const QString &a, const QString &b);
    void forgetObject(const QString &object);
    /// `isOther`: another fault than before, not the same one changed.
    void setFault(const Fault &fault, bool isOther);
    void setProblem(const QString &text);
    void focusKind();

Q_SIGNALS:
    void edited(const understudy::Fault &fault, const QString &field);

private:
    void buildKind();
    void buildParameters();
    void connectFields();
    void changeKind();
    void changeShare(double percent);
    void ask(const QString &field);
    void refresh(bool isOther);

    KeptKinds<FaultKind, Fault> m_kept;
    KeptKinds<FaultPlace, Fault> m_keptPlaces;
    Fault m_fault;
    QFormLayout *m_form;
    QSlider *m_slider;
    PercentSpin *m_share;
    QComboBox *m_kind;
    QLabel *m_sees;
    QSpinBox *m_status;
    QComboBox *m_at;
    FaultParametersModel *m_model;
    QTableView *m_parameters;
    ConditionFields *m_conditions;
    QLabel *m_message;
};

} // namespace understudy::ui
