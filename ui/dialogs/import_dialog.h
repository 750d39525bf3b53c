// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/import_flow.h"

#include <QDialog>

class QComboBox;
class QFormLayout;
class QLabel;
class QListWidget;
class QPushButton;

namespace understudy::ui {

class ImportTree;

/// Shows what a file would become, with everything that was understood otherwise or is not served,
/// and lets choose among it, before anything changes.
class ImportDialog : public QDialog
{
    Q_OBJECT
public:
    explicit ImportDialog(ImportOffer offer, QWidget *parent = nullptr);

    QString target() const;
    bool startsThem() const { return m_start; }
    /// What is ticked.
    formats::LoadOutcome chosen() const;

private:
    void addChoices(QFormLayout &form);
    QWidget *targetRow();
    QWidget *buttonRow();
    void readAgain();
    void showOutcome();
    void updateButtons();

    ImportOffer m_offer;
    formats::LoadOptions m_options;
    ImportTree *m_tree;
    QLabel *m_notesLabel;
    QListWidget *m_notes;
    QComboBox *m_target;
    QPushButton *m_startButton;
    QPushButton *m_onlyButton;
    bool m_start = false;
};

} // namespace understudy::ui
