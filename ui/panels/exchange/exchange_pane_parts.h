// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/traffic/exchange.h"

#include <QString>

#include <vector>

class QTableWidget;
class QTreeWidget;

/// The tables and the tree inside the exchange pane, without its state.
namespace understudy::ui {

QTableWidget *makeHeaderTable(const QString &objectName, const QString &accessibleName);
void fillHeaderTable(QTableWidget *table, const std::vector<http::HeaderView> &headers);

/// Candidates in the order they were tried, or nearest miss first; each condition as a child.
void fillWhyTree(QTreeWidget *tree, const Exchange &exchange);

} // namespace understudy::ui
