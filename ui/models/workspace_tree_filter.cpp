// SPDX-License-Identifier: GPL-3.0-or-later
// The filter of the tree.
#include "ui/models/workspace_tree_node.h"
#include "ui/services/text.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace understudy::ui {

void WorkspaceTreeModel::setFilter(const QString &text)
{
    const QString filter = text.simplified().toLower();
    if (filter == m_filter)
        return;
    m_filter = filter;
    applyFilter();
}

void WorkspaceTreeModel::applyFilter()
{
    beginResetModel();
    showFiltered();
    endResetModel();
}

void WorkspaceTreeModel::showFiltered()
{
    if (m_filter.isEmpty()) {
        showAll(*m_root);
    } else {
        std::vector<Term> terms;
        for (const QString &word : m_filter.split(' ')) {
            if (word.startsWith(QLatin1String("body:")))
                terms.push_back({Term::Kind::Body, word.mid(5)});
            else if (word == QLatin1String("is:disabled"))
                terms.push_back({Term::Kind::Disabled, {}});
            else if (word == QLatin1String("is:unused"))
                terms.push_back({Term::Kind::Unused, {}});
            else if (word == QLatin1String("is:fault"))
                terms.push_back({Term::Kind::Fault, {}});
            else
                terms.push_back({Term::Kind::Word, word});
        }
        filterNode(*m_root, terms);
    }
}

void WorkspaceTreeModel::setEditing(bool on)
{
    m_isEditing = on;
    if (!on && std::exchange(m_isStale, false) && !m_filter.isEmpty())
        applyFilter();
}

bool WorkspaceTreeModel::hasRowsOf(const Node &parent, const std::vector<Item> &items) const
{
    return std::equal(
        parent.children.begin(), parent.children.end(), items.begin(), items.end(),
        [this](const auto &node, const Item &item) {
            if (const Endpoint *endpoint = item.endpoint())
                return node->kind == NodeKind::Endpoint && node->id == toQString(endpoint->id);
            return node->kind == NodeKind::Folder && hasRowsOf(*node, item.folder()->items);
        });
}

bool WorkspaceTreeModel::filterNode(Node &node, const std::vector<Term> &terms)
{
    node.visible.clear();
    for (const auto &child : node.children) {
        const bool below = filterNode(*child, terms);
        child->isHit = child->kind == NodeKind::Endpoint && accepts(*child, terms);
        if (below || child->isHit)
            node.visible.push_back(child.get());
    }
    node.renumber();
    return !node.visible.empty();
}

bool WorkspaceTreeModel::accepts(const Node &node, const std::vector<Term> &terms) const
{
    return std::all_of(terms.begin(), terms.end(), [&](const Term &term) {
        switch (term.kind) {
        case Term::Kind::Word:
            return node.searchText.contains(term.text);
        case Term::Kind::Disabled:
            return !node.enabled;
        case Term::Kind::Unused:
            return node.hits == 0;
        case Term::Kind::Fault:
            return !node.behaviour.isEmpty() || !node.inherited.isEmpty();
        case Term::Kind::Body:
            break;
        }
        const Node *server = &node;
        while (server->kind != NodeKind::Server)
            server = server->parent;
        const ServerDocument *document = m_workspace.find(server->id);
        const Endpoint *endpoint = document && document->value
                                       ? findEndpoint(*document->value, toStd(node.id))
                                       : nullptr;
        return endpoint
               && std::any_of(
                   endpoint->responses.begin(), endpoint->responses.end(), [&](const Response &r) {
                       return toQString(r.body.content).contains(term.text, Qt::CaseInsensitive);
                   });
    });
}

int WorkspaceTreeModel::endpointCount() const
{
    const std::function<int(const Node &)> count = [&](const Node &node) {
        int sum = node.kind == NodeKind::Endpoint && &node != m_root.get() ? 1 : 0;
        for (const Node *child : node.visible)
            sum += count(*child);
        return sum;
    };
    return count(*m_root);
}

} // namespace understudy::ui
