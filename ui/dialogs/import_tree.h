// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/format.h"

#include <QTreeWidget>

namespace understudy::ui {

/// What a file would become, as servers, folders and endpoints, each with a box: what is not
/// ticked is not imported.
class ImportTree : public QTreeWidget
{
    Q_OBJECT
public:
    explicit ImportTree(QWidget *parent = nullptr);

    /// Shows the servers of an outcome, all of them ticked but for what was there before and was
    /// not.
    void setOutcome(const formats::LoadOutcome &outcome);
    /// `outcome`, which must be what is shown, without what is not ticked.
    formats::LoadOutcome ticked(formats::LoadOutcome outcome) const;
};

} // namespace understudy::ui
