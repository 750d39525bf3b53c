// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/exchange/exchange_pane_parts.h"

#include "ui/services/plain_text.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QHeaderView>
#include <QTableWidget>
#include <QTreeWidget>

#include <map>

namespace understudy::ui {

namespace {

QString partText(const char *text) { return QCoreApplication::translate("ExchangePane", text); }

QTableWidgetItem *readOnlyItem(const QString &text)
{
    auto *item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
    return item;
}

void copySelection(const QTableWidget *table)
{
    QStringList lines;
    for (int row = 0; row < table->rowCount(); ++row) {
        if (table->item(row, 0)->isSelected() || table->item(row, 1)->isSelected())
            lines << table->item(row, 0)->text() + QLatin1String(": ")
                         + table->item(row, 1)->text();
    }
    if (!lines.isEmpty())
        QApplication::clipboard()->setText(lines.join(u'\n'));
}

/// One sentence for the headers a mock server meets most (RFC 9110, RFC 6265, Fetch).
QString headerHelp(const QString &name)
{
    static const std::map<QString, const char *> kHelp{
        {"accept", QT_TRANSLATE_NOOP("ExchangePane", "Media types the client can use")},
        {"accept-encoding", QT_TRANSLATE_NOOP("ExchangePane", "Compressions the client can undo")},
        {"accept-language", QT_TRANSLATE_NOOP("ExchangePane", "Languages the user prefers")},
        {"access-control-allow-origin",
         QT_TRANSLATE_NOOP("ExchangePane", "Which web pages may read this answer (CORS)")},
        {"authorization", QT_TRANSLATE_NOOP("ExchangePane", "Credentials of the client")},
        {"cache-control", QT_TRANSLATE_NOOP("ExchangePane", "How long it may be reused")},
        {"connection",
         QT_TRANSLATE_NOOP("ExchangePane", "Whether the connection stays open, and for what")},
        {"content-encoding", QT_TRANSLATE_NOOP("ExchangePane", "How the body was compressed")},
        {"content-length", QT_TRANSLATE_NOOP("ExchangePane", "Bytes of the body")},
        {"content-type", QT_TRANSLATE_NOOP("ExchangePane", "Media type of the body")},
        {"cookie", QT_TRANSLATE_NOOP("ExchangePane", "Cookies the client sends back")},
        {"etag", QT_TRANSLATE_NOOP("ExchangePane", "Version of the content, for If-None-Match")},
        {"host", QT_TRANSLATE_NOOP("ExchangePane", "Host and port the client asked for")},
        {"location", QT_TRANSLATE_NOOP("ExchangePane", "Where to go instead, or what was made")},
        {"origin", QT_TRANSLATE_NOOP("ExchangePane", "Web page that asks (CORS)")},
        {"set-cookie", QT_TRANSLATE_NOOP("ExchangePane", "A cookie the client is to keep")},
        {"transfer-encoding",
         QT_TRANSLATE_NOOP("ExchangePane", "How the body is cut for the connection")},
        {"user-agent", QT_TRANSLATE_NOOP("ExchangePane", "Program that asks")}};
    const auto it = kHelp.find(name.toLower());
    return it == kHelp.end() ? QString() : partText(it->second);
}

} // namespace

QTableWidget *makeHeaderTable(const QString &objectName, const QString &accessibleName)
{
    auto *table = new QTableWidget(0, 2);
    table->setObjectName(objectName);
    table->setAccessibleName(accessibleName);
    table->setHorizontalHeaderLabels({partText("Header"), partText("Value")});
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    auto *copy = new QAction(partText("Copy"), table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QAction::triggered, table, [table] { copySelection(table); });
    table->addAction(copy);
    table->setContextMenuPolicy(Qt::ActionsContextMenu);
    return table;
}

void fillHeaderTable(QTableWidget *table, const std::vector<http::HeaderView> &headers)
{
    table->setSortingEnabled(false);
    table->setRowCount(static_cast<int>(headers.size()));
    for (int row = 0; row < table->rowCount(); ++row) {
        const http::HeaderView &header = headers[static_cast<std::size_t>(row)];
        auto *name = readOnlyItem(toQString(header.name));
        auto *value = readOnlyItem(toQString(header.value));
        name->setToolTip(headerHelp(name->text()));
        value->setToolTip(plainToolTip(value->text()));
        table->setItem(row, 0, name);
        table->setItem(row, 1, value);
    }
    // As they came, until somebody clicks on a column.
    table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    table->setSortingEnabled(true);
    table->resizeColumnToContents(0);
    table->resizeRowsToContents();
}

void fillWhyTree(QTreeWidget *tree, const Exchange &exchange)
{
    tree->clear();
    if (!exchange.why)
        return;
    const QPalette palette = tree->palette();
    int subjectWidth = tree->fontMetrics().averageCharWidth() * 16;
    for (const CandidateTrace &candidate : exchange.why->candidates) {
        const QString label = toQString(candidate.endpointLabel)
                              + (candidate.responseLabel.empty()
                                     ? QString()
                                     : QStringLiteral(" › ") + toQString(candidate.responseLabel));
        auto *item = new QTreeWidgetItem(tree);
        const QString reason = toQString(candidate.reason);
        item->setText(0, (candidate.chosen ? QStringLiteral("✓ ") : QStringLiteral("✕ ")) + label
                             + QStringLiteral(" – ") + reason);
        item->setText(1, reason); // for screen readers; the first column covers the row
        item->setFirstColumnSpanned(true);
        item->setToolTip(0, plainToolTip(item->text(0)));
        item->setData(0, Qt::UserRole, toQString(candidate.endpointId));
        item->setForeground(
            0, roleColor(candidate.chosen ? ColorRole::Success : ColorRole::Unmatched, palette));
        for (const ConditionTrace &condition : candidate.conditions) {
            auto *child = new QTreeWidgetItem(item);
            child->setText(0, (condition.passed ? QStringLiteral("✓ ") : QStringLiteral("✕ "))
                                  + toQString(condition.subject));
            child->setText(1, toQString(condition.expected));
            child->setText(2, toQString(condition.actual));
            subjectWidth
                = std::max(subjectWidth, tree->fontMetrics().horizontalAdvance(child->text(0)));
            child->setForeground(
                0, roleColor(condition.passed ? ColorRole::Success : ColorRole::Error, palette));
            child->setToolTip(1, plainToolTip(child->text(1)));
            child->setToolTip(2, plainToolTip(child->text(2)));
            child->setData(0, Qt::AccessibleTextRole,
                           QStringLiteral("%1: %2, %3 %4, %5 %6")
                               .arg(condition.passed ? partText("passed") : partText("failed"),
                                    toQString(condition.subject), partText("expected"),
                                    child->text(1), partText("actual"), child->text(2)));
        }
        // The nearest one, or the one that answered, is what people came for.
        item->setExpanded(candidate.chosen || tree->topLevelItemCount() == 1);
    }
    for (const std::string &line : exchange.why->log) {
        auto *item = new QTreeWidgetItem(tree);
        item->setText(0, partText("script: %1").arg(toQString(line)));
        item->setFirstColumnSpanned(true);
        item->setToolTip(0, plainToolTip(item->text(0)));
    }
    // As wide as the conditions need, but leaving room for what they say; the sentences above them
    // go across all columns.
    const int indent = 3 * tree->indentation();
    const int most = tree->fontMetrics().averageCharWidth() * 28;
    tree->setColumnWidth(0, std::min(subjectWidth, most) + indent);
}

} // namespace understudy::ui
