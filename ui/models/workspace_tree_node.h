// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Private to the files of WorkspaceTreeModel.
#include "core/model/server.h"
#include "ui/models/workspace_tree_model.h"

#include <optional>

namespace understudy::ui {

/// What a row shows, copied from the document when it changes, so that painting touches no
/// document.
struct WorkspaceTreeModel::Node
{
    Node *parent = nullptr;
    NodeKind kind = NodeKind::Server;
    /// What the row was filled from: nothing is to be done where the document still shares it.
    std::optional<Item> item;
    QString id; ///< server or endpoint id, folder name
    QString name;
    QString method;
    QString path;
    QString searchText;
    QString behaviour; ///< what is set here, in words
    QString inherited; ///< what is set around it
    QString warning;
    int responses = 0;
    int port = 0;
    bool enabled = true;
    bool isHit = true;
    bool hasWarnings = false; ///< of a server: some of its rows warn
    Qt::CheckState check = Qt::Checked;
    quint64 hits = 0;
    RowState state = RowState::Stopped;
    std::vector<std::unique_ptr<Node>> children;
    std::vector<Node *> visible; ///< of `children`, those that the filter lets through
    int row = 0;                 ///< in the parent's `visible`

    void renumber(std::size_t from = 0)
    {
        for (std::size_t i = from; i < visible.size(); ++i)
            visible[i]->row = static_cast<int>(i);
    }
};

struct WorkspaceTreeModel::Term
{
    enum class Kind { Word, Body, Disabled, Unused, Fault };
    Kind kind = Kind::Word;
    QString text;
};

} // namespace understudy::ui
