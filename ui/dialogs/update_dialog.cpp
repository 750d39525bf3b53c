// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/update_dialog.h"

#include "ui/services/text.h"
#include "ui/services/theme.h"
#include "ui/widgets/diff_view.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace understudy::ui {

namespace {

using workspace::ImportChange;

QString changeText(const ImportChange &change)
{
    switch (change.kind) {
    case ImportChange::Kind::Added:
        return change.isEdited ? UpdateDialog::tr("changed there, taken out here")
                               : UpdateDialog::tr("new");
    case ImportChange::Kind::Removed:
        return change.isEdited ? UpdateDialog::tr("gone there, edited here")
                               : UpdateDialog::tr("gone");
    case ImportChange::Kind::Changed:
        break;
    }
    QStringList keys;
    for (const std::string &key : change.keys)
        keys << toQString(key);
    const QString text = keys.join(QStringLiteral(", "));
    return change.isEdited ? UpdateDialog::tr("%1 (edited here, too)").arg(text) : text;
}

QTreeWidgetItem *rowOf(const ImportChange &change, const QPalette &palette)
{
    const QString place = change.endpoint.empty() ? UpdateDialog::tr("The server itself")
                                                  : toQString(change.endpoint);
    auto *row = new QTreeWidgetItem({place, toQString(change.part), changeText(change)});
    row->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    row->setCheckState(0, change.isEdited ? Qt::Unchecked : Qt::Checked);
    if (change.isEdited)
        row->setForeground(2, roleColor(ColorRole::Warning, palette));
    return row;
}

} // namespace

UpdateDialog::UpdateDialog(UpdateOffer offer, QWidget *parent)
    : QDialog(parent)
    , m_offer(std::move(offer))
    , m_tree(new QTreeWidget)
    , m_differences(new DiffView)
{
    setObjectName(QStringLiteral("updateDialog"));
    setWindowTitle(tr("Update from %1").arg(m_offer.name));
    resize(fontMetrics().horizontalAdvance('x') * 100, fontMetrics().height() * 30);
    auto *text = new QLabel(introduction());
    text->setObjectName(QStringLiteral("updateText"));
    text->setWordWrap(true);
    m_tree->setObjectName(QStringLiteral("updateTree"));
    m_tree->setAccessibleName(tr("What has changed"));
    m_tree->setHeaderLabels({tr("Endpoint"), tr("Response"), tr("Change")});
    m_tree->setUniformRowHeights(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_differences->setObjectName(QStringLiteral("updateDifferences"));
    auto *legend = new QLabel(tr("− as it is here   + as %1 has it now").arg(m_offer.name));
    auto *lower = new QWidget;
    auto *lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 0, 0, 0);
    lowerLayout->addWidget(legend);
    lowerLayout->addWidget(m_differences, 1);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_tree);
    splitter->addWidget(lower);
    splitter->setChildrenCollapsible(false);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_update = buttons->addButton(tr("Update"), QDialogButtonBox::AcceptRole);
    m_update->setObjectName(QStringLiteral("updateButton"));
    auto *asNew = buttons->addButton(tr("Import as new server…"), QDialogButtonBox::ActionRole);
    asNew->setObjectName(QStringLiteral("updateAsNewButton"));
    asNew->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_update, &QPushButton::clicked, this, &QDialog::accept);
    connect(asNew, &QPushButton::clicked, this, [this] {
        m_asNew = true;
        accept();
    });

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(splitter, 1);
    layout->addWidget(buttons);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &UpdateDialog::showCurrent);
    fill();
    m_update->setDefault(true); // once it is in the dialog, which else makes Cancel the default
}

QString UpdateDialog::introduction() const
{
    bool isAny = false;
    QStringList names;
    for (const ServerUpdate &server : m_offer.servers) {
        names << server.name;
        isAny = isAny || !server.update->changes().empty();
    }
    QString out
        = isAny ? tr("%1 was imported from %2, which has changed since. What was edited here stays "
                     "unless it is ticked.")
                      .arg(names.join(QStringLiteral(", ")), m_offer.name)
                : tr("%1 was imported from %2, which has not changed since.")
                      .arg(names.join(QStringLiteral(", ")), m_offer.name);
    if (m_offer.newServers == 1)
        out += ' ' + tr("It holds another server, which is not here yet.");
    else if (m_offer.newServers > 1)
        out += ' '
               + tr("It holds %1 more servers, which are not here yet.").arg(m_offer.newServers);
    return out;
}

void UpdateDialog::fill()
{
    bool isAny = false;
    for (const ServerUpdate &server : m_offer.servers) {
        auto *top = new QTreeWidgetItem({server.name});
        top->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
                      | Qt::ItemIsAutoTristate);
        m_tree->addTopLevelItem(top);
        for (const ImportChange &change : server.update->changes()) {
            top->addChild(rowOf(change, palette()));
            isAny = true;
        }
        if (server.update->changes().empty())
            top->setText(2, tr("nothing has changed"));
        top->setExpanded(true);
    }
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->resizeSection(1, fontMetrics().horizontalAdvance('x') * 18);
    m_tree->header()->resizeSection(2, fontMetrics().horizontalAdvance('x') * 30);
    m_update->setEnabled(isAny);
    QTreeWidgetItem *first = m_tree->topLevelItem(0);
    m_tree->setCurrentItem(first && first->childCount() > 0 ? first->child(0) : first);
}

void UpdateDialog::showCurrent(QTreeWidgetItem *item)
{
    m_differences->clearDifferences();
    if (!item || !item->parent())
        return;
    const auto server = static_cast<std::size_t>(m_tree->indexOfTopLevelItem(item->parent()));
    const auto row = static_cast<std::size_t>(item->parent()->indexOfChild(item));
    const ImportChange &change = m_offer.servers.at(server).update->changes().at(row);
    m_differences->addDifferences(toQString(change.mine), toQString(change.theirs));
    m_differences->moveCursor(QTextCursor::Start);
}

std::vector<std::vector<bool>> UpdateDialog::accepted() const
{
    std::vector<std::vector<bool>> out;
    for (int server = 0; server < m_tree->topLevelItemCount(); ++server) {
        const QTreeWidgetItem *top = m_tree->topLevelItem(server);
        std::vector<bool> &flags = out.emplace_back();
        for (int row = 0; row < top->childCount(); ++row)
            flags.push_back(top->child(row)->checkState(0) == Qt::Checked);
    }
    return out;
}

} // namespace understudy::ui
