// SPDX-License-Identifier: GPL-3.0-or-later
// What the rows warn of.
#include "ui/document/tree_edits.h"
#include "ui/models/workspace_tree_node.h"
#include "ui/services/text.h"

#include <QHash>

#include <functional>

namespace understudy::ui {

namespace {

/// Ends the keys of what is said about an endpoint's path.
constexpr QLatin1String kOfPath("//path");

/// In a larger server only what the workers find is shown, which is a little later.
constexpr std::size_t kMostAtOnce = 500;

template<class Node>
std::size_t countRows(const Node &node)
{
    std::size_t rows = node.children.size();
    for (const auto &child : node.children) {
        if (rows > kMostAtOnce)
            break;
        rows += countRows(*child);
    }
    return rows;
}

} // namespace

void WorkspaceTreeModel::updateWarnings(Node &server)
{
    const ServerDocument *document = m_workspace.find(server.id);
    if (!document || !document->value)
        return;
    const QHash<QString, QStringList> found = m_findings.value(server.id);
    QHash<QString, QString> winners;
    if (countRows(server) <= kMostAtOnce) {
        for (const Shadowing &shadow : findShadowed(*document->value)) {
            const Endpoint *winner = findEndpoint(*document->value, shadow.winner);
            if (winner)
                winners.insert(toQString(shadow.loser), toQString(endpointLabel(*winner)));
        }
    }
    if (winners.isEmpty() && found.isEmpty() && !server.hasWarnings)
        return;
    server.hasWarnings = !winners.isEmpty() || !found.isEmpty();
    const std::function<void(Node &, const QString &)> apply
        = [&](Node &node, const QString &place) {
              for (std::size_t i = 0; i < node.children.size(); ++i) {
                  Node &child = *node.children[i];
                  const bool isEndpoint = child.kind == NodeKind::Endpoint;
                  const QString key = isEndpoint ? child.id : place + '/' + QString::number(i);
                  const QString winner = isEndpoint ? winners.value(child.id) : QString();
                  QStringList lines = found.value(key);
                  if (!winner.isEmpty()) {
                      // The finding says the same, only later.
                      for (const QString &text : found.value(key + kOfPath)) {
                          if (text.contains(winner))
                              lines.removeAll(text);
                      }
                      lines.prepend(tr("Shadowed by %1").arg(winner));
                  }
                  if (const QString warning = lines.join('\n'); child.warning != warning) {
                      child.warning = warning;
                      emitChanged(&child);
                  }
                  apply(child, key);
              }
          };
    apply(server, {});
}

void WorkspaceTreeModel::setFindings(const QString &serverId,
                                     const std::vector<TreeFinding> &findings)
{
    QHash<QString, QStringList> found;
    for (const TreeFinding &finding : findings) {
        QString key = finding.where.endpointId;
        for (const std::size_t i : finding.where.path)
            key += '/' + QString::number(i);
        if (key.isEmpty())
            continue; // a server's own are said where it is started
        found[key] << finding.text;
        if (finding.where.field == QLatin1String("path"))
            found[key + kOfPath] << finding.text;
    }
    if (m_findings.value(serverId) == found)
        return;
    m_findings.insert(serverId, found);
    if (Node *server = serverNode(serverId))
        updateWarnings(*server);
}

} // namespace understudy::ui
