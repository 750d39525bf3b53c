// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/import_tree.h"

#include "core/model/edit.h"
#include "ui/services/text.h"

#include <QHeaderView>
#include <QSet>
#include <QTreeWidgetItemIterator>

#include <algorithm>

namespace understudy::ui {

namespace {

QTreeWidgetItem *tickable(const QStringList &texts)
{
    auto *item = new QTreeWidgetItem(texts);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(0, Qt::Checked);
    return item;
}

/// "200, 404 ×3": each status once, in the order of the responses.
QString statusesOf(const Endpoint &endpoint)
{
    QList<std::pair<QString, int>> found;
    for (const Response &response : endpoint.responses) {
        const QString status = response.statusTemplate.empty() ? QString::number(response.status)
                                                               : toQString(response.statusTemplate);
        const auto known = std::find_if(found.begin(), found.end(),
                                        [&](const auto &entry) { return entry.first == status; });
        if (known == found.end())
            found.append({status, 1});
        else
            ++known->second;
    }
    QStringList out;
    for (const auto &[status, times] : found)
        out << (times > 1 ? QStringLiteral("%1 ×%2").arg(status).arg(times) : status);
    return out.join(QStringLiteral(", "));
}

void addItems(QTreeWidgetItem *parent, const std::vector<Item> &items)
{
    for (const Item &item : items) {
        if (const Endpoint *endpoint = item.endpoint()) {
            const QString answers
                = endpoint->crud.empty()
                      ? statusesOf(*endpoint)
                      : ImportTree::tr("bucket %1").arg(toQString(endpoint->crud));
            auto *row = tickable({toQString(endpointLabel(*endpoint)), answers});
            row->setToolTip(0, toQString(endpoint->name));
            parent->addChild(row);
        } else if (const Folder *folder = item.folder()) {
            auto *row = tickable({toQString(folder->name), {}});
            row->setFlags(row->flags() | Qt::ItemIsAutoTristate);
            parent->addChild(row);
            addItems(row, folder->items);
        }
    }
}

QString labelWithin(const QTreeWidgetItem *item)
{
    QString out = item->text(0);
    for (const QTreeWidgetItem *above = item->parent(); above; above = above->parent())
        out.prepend(above->text(0) + QChar::LineFeed);
    return out;
}

/// The endpoints, and folders and servers without any, that are not ticked.
QSet<QString> untickedIn(QTreeWidget *tree)
{
    QSet<QString> out;
    for (QTreeWidgetItemIterator at(tree); *at; ++at) {
        if ((*at)->childCount() == 0 && (*at)->checkState(0) == Qt::Unchecked)
            out.insert(labelWithin(*at));
    }
    return out;
}

/// Takes out what is not ticked, and folders that are empty then. The rows under `parent` are those
/// that addItems() made of `items`.
void keepTicked(const QTreeWidgetItem *parent, std::vector<Item> &items)
{
    int row = 0;
    std::erase_if(items, [&](Item &item) {
        const QTreeWidgetItem *shown = parent->child(row++);
        if (shown->checkState(0) == Qt::Unchecked)
            return true;
        if (shown->checkState(0) == Qt::Checked || !item.folder())
            return false;
        Folder *folder = item.mutableFolder();
        keepTicked(shown, folder->items);
        return folder->items.empty();
    });
}

} // namespace

ImportTree::ImportTree(QWidget *parent)
    : QTreeWidget(parent)
{
    setObjectName(QStringLiteral("importTree"));
    setAccessibleName(tr("What is imported"));
    setHeaderLabels({tr("Server and endpoints"), tr("Answers")});
    setUniformRowHeights(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::Interactive);
    header()->resizeSection(1, fontMetrics().horizontalAdvance('x') * 28);
}

void ImportTree::setOutcome(const formats::LoadOutcome &outcome)
{
    constexpr int kRowsAtOnce = 40; // more are for who opens them
    int rows = 0;
    const QSet<QString> unticked = untickedIn(this);
    clear();
    for (const formats::LoadedServer &loaded : outcome.servers) {
        int endpoints = 0;
        forEachEndpoint(loaded.server, [&](const EndpointVisit &) { ++endpoints; });
        const QString port = loaded.server.listen.port == 0
                                 ? tr("any free port")
                                 : tr("port %1").arg(loaded.server.listen.port);
        const QString name = toQString(loaded.server.name);
        auto *row
            = tickable({QStringLiteral("%1 (%2)").arg(name, port),
                        endpoints == 1 ? tr("1 endpoint") : tr("%1 endpoints").arg(endpoints)});
        row->setFlags(row->flags() | Qt::ItemIsAutoTristate);
        addTopLevelItem(row);
        addItems(row, loaded.server.items);
        row->setExpanded(outcome.servers.size() == 1);
        rows += endpoints;
    }
    if (rows <= kRowsAtOnce)
        expandAll();
    for (QTreeWidgetItemIterator at(this); *at && !unticked.isEmpty(); ++at) {
        if (unticked.contains(labelWithin(*at)))
            (*at)->setCheckState(0, Qt::Unchecked);
    }
}

formats::LoadOutcome ImportTree::ticked(formats::LoadOutcome outcome) const
{
    int row = 0;
    std::erase_if(outcome.servers, [&](formats::LoadedServer &loaded) {
        const QTreeWidgetItem *shown = topLevelItem(row++);
        if (shown->checkState(0) == Qt::PartiallyChecked)
            keepTicked(shown, loaded.server.items);
        return shown->checkState(0) == Qt::Unchecked;
    });
    return outcome;
}

} // namespace understudy::ui
