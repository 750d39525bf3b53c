// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/update_flow.h"

#include <QDialog>

class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace understudy::ui {

class DiffView;

/// What a document says otherwise than when it was imported last, as a list to accept: what was
/// edited here since is not ticked.
class UpdateDialog : public QDialog
{
    Q_OBJECT
public:
    explicit UpdateDialog(UpdateOffer offer, QWidget *parent = nullptr);

    const UpdateOffer &offer() const { return m_offer; }
    /// A flag for each change of each server.
    std::vector<std::vector<bool>> accepted() const;
    /// Instead of an update the document is wanted once more.
    bool importsAsNew() const { return m_asNew; }

private:
    void fill();
    void showCurrent(QTreeWidgetItem *item);
    QString introduction() const;

    UpdateOffer m_offer;
    QTreeWidget *m_tree;
    DiffView *m_differences;
    QPushButton *m_update = nullptr;
    bool m_asNew = false;
};

} // namespace understudy::ui
