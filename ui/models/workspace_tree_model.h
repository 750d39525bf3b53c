// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/object_ref.h"
#include "ui/document/runtime_controller.h"
#include "ui/document/workspace_document.h"

#include <QAbstractItemModel>
#include <QHash>
#include <QStringList>

#include <memory>
#include <vector>

namespace understudy::ui {

/// A sentence about one row of the tree.
struct TreeFinding
{
    ObjectRef where; ///< its field, too
    QString text;
};

/// The workspace as a tree: servers, their folders and endpoints, in the order of the files. Edits
/// made elsewhere arrive as small inserts and removals; a filter hides what does not match. Tests
/// and delegates read the roles, never the text.
class WorkspaceTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, HitsColumn, StateColumn, ColumnCount };
    enum class NodeKind { Server, Folder, Endpoint };
    enum Role {
        KindRole = Qt::UserRole + 1, ///< NodeKind as int
        StateRole,                   ///< RowState as int, of the server
        EnabledRole,                 ///< bool, own flag
        EffectiveRole,               ///< bool, own flag and those of the folders around it
        HitsRole,                    ///< qulonglong
        WarningRole,                 ///< text, empty if there is none
        BehaviourRole,               ///< "20 % 500, set here": a line a scope; empty if none
        InheritedRole,               ///< the same for what the scopes around it set
        ObjectIdRole,                ///< id of the server or endpoint, name of the folder
        ServerIdRole,
        MethodRole, ///< "GET"
        PathTextRole,
        PortRole,     ///< int, of a server
        SearchHitRole ///< bool: matches the filter itself
    };

    WorkspaceTreeModel(WorkspaceDocument &workspace, RuntimeController &runtime,
                       QObject *parent = nullptr);
    ~WorkspaceTreeModel() override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    ObjectRef refAt(const QModelIndex &index) const;
    QModelIndex indexOf(const ObjectRef &ref) const;

    /// Words are AND-ed over method, path, name and description; `body:text` searches response
    /// bodies; `is:disabled`, `is:unused`, `is:fault`. Resets the model.
    void setFilter(const QString &text);
    QString filter() const { return m_filter; }
    int endpointCount() const;
    /// While a name is edited its row stays, also where the filter would not show it any more.
    void setEditing(bool on);

    /// Asks the running servers for their counters.
    void updateHits();
    /// The largest counter that any row shows.
    quint64 mostHits() const { return m_mostHits; }

    /// What is wrong with the objects of a server, worst first: their rows warn of it.
    void setFindings(const QString &serverId, const std::vector<TreeFinding> &findings);

Q_SIGNALS:
    void mostHitsChanged();

private:
    struct Node;
    struct Term;

    Node *nodeAt(const QModelIndex &index) const;
    QModelIndex indexFor(const Node *node, int column = 0) const;
    void rebuild();
    void addServer(const QString &id);
    void removeServer(const QString &id);
    void syncServer(const QString &id);
    void syncChildren(Node &parent, const std::vector<Item> &items, const QString &inherited);
    bool fill(Node &node, const Item &item, const QString &inherited) const;
    std::unique_ptr<Node> makeNode(Node *parent, const Item &item, const QString &inherited) const;
    void syncServerNode(Node &node);
    void updateWarnings(Node &server);
    void applyFilter();
    void showFiltered();
    bool hasRowsOf(const Node &parent, const std::vector<Item> &items) const;
    bool filterNode(Node &node, const std::vector<Term> &terms);
    bool accepts(const Node &node, const std::vector<Term> &terms) const;
    static void showAll(Node &node);
    void emitChanged(const Node *node);
    Node *serverNode(const QString &id) const;
    ItemPath pathOf(const Node *node) const;

    WorkspaceDocument &m_workspace;
    RuntimeController &m_runtime;
    std::unique_ptr<Node> m_root;
    QString m_filter;
    bool m_isEditing = false;
    bool m_isStale = false; ///< the filter has to be applied once the name is there
    quint64 m_mostHits = 0;
    QHash<QString, QHash<QString, QStringList>> m_findings; ///< of a server, by row
};

} // namespace understudy::ui
