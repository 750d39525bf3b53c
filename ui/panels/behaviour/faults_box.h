// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/presets.h"

#include <QWidget>

#include <functional>
#include <vector>

class QLabel;
class QMenu;
class QTableView;
class QToolButton;

namespace understudy::ui {

class FaultFields;
class FaultsModel;

/// The faults of one scope in the order in which they are tried, and the fields of the selected
/// one.
class FaultsBox : public QWidget
{
    Q_OBJECT
public:
    explicit FaultsBox(QWidget *parent = nullptr);
    /// Whose faults are shown; what their kinds held is kept apart.
    void setObject(const QString &object) { m_object = object; }
    /// `isOther`: of another scope than before, so that the selection begins anew.
    void setFaults(const std::vector<Fault> &faults, bool isOther);
    void setPresets(const std::vector<FaultPreset> &presets);
    /// Why what was asked for last cannot be; empty if it was taken.
    void setProblem(const QString &text);
    /// Moves the selected fault up (-1) or down (+1).
    void move(int step);

Q_SIGNALS:
    void edited(const std::vector<understudy::Fault> &faults, const QString &step,
                const QString &field);
    void presetChosen(const understudy::FaultPreset &preset);

private:
    QWidget *makeButtons();
    QToolButton *makeButton(const char *name, const char *icon, const QString &text,
                            const std::function<void()> &run);
    QString objectOf(int row) const { return m_object + '/' + QString::number(row); }
    void add();
    void remove();
    void duplicate();
    int current() const;
    void select(int row);
    void ask(const QString &step, const QString &field);
    void refresh(bool isOther);

    QString m_object;
    std::vector<Fault> m_accepted;
    std::vector<Fault> m_faults;
    std::vector<FaultPreset> m_presetList;
    bool m_isRefused = false;
    int m_shown = -1; ///< the row whose fields are shown

    FaultsModel *m_model;
    QTableView *m_table;
    QToolButton *m_remove = nullptr;
    QToolButton *m_up = nullptr;
    QToolButton *m_down = nullptr;
    QToolButton *m_preset;
    QMenu *m_presetMenu;
    QLabel *m_empty;
    FaultFields *m_fields;
};

} // namespace understudy::ui
