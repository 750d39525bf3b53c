// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/rules_model.h"

#include <QString>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace understudy::ui {

/// A row of RulesModel: a group with its rows, or one condition.
struct RulesModel::Node
{
    /// What was typed and cannot be a value: it stays in its cell, with the reason, and the rule
    /// goes on with the value before.
    struct Draft
    {
        QString text;
        QString problem; ///< empty: there is no draft
    };

    Node *parent = nullptr;
    bool isGroup = false;
    bool isMade = false; ///< of a group: the rules have none here, it only holds their rows
    RuleGroup::Kind kind = RuleGroup::Kind::All;
    RuleTarget target;
    Condition condition;
    /// What is wrong with a condition, found out once: compiling a long schema takes its time.
    mutable std::optional<std::pair<Condition, QString>> checked{};
    Draft value;
    Draft options;
    int leaf = -1; ///< conditions with the same number came from one leaf
    std::vector<std::unique_ptr<Node>> children;

    int row() const
    {
        const auto &siblings = parent->children;
        const auto found = std::find_if(siblings.begin(), siblings.end(),
                                        [this](const auto &n) { return n.get() == this; });
        return static_cast<int>(found - siblings.begin());
    }
};

} // namespace understudy::ui
