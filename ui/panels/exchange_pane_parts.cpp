// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/exchange_pane_parts.h"

#include "ui/models/traffic_cells.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableWidget>
#include <QTreeWidget>

#include <array>
#include <map>

namespace understudy::ui {

namespace {

QString translate(const char *text) { return QCoreApplication::translate("ExchangePane", text); }

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
    return it == kHelp.end() ? QString() : translate(it->second);
}

/// A bar in the last column of the timing table; UserRole holds begin and end as shares of it all.
class BarDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const auto span = index.data(Qt::UserRole).toPointF();
        const QRectF area = QRectF(option.rect).adjusted(4, 6, -4, -6);
        // Even the shortest step leaves a mark.
        const double width = std::max(2.0, (span.y() - span.x()) * area.width());
        painter->fillRect(
            QRectF(area.left() + span.x() * area.width(), area.top(), width, area.height()),
            roleColor(ColorRole::Redirect, option.palette));
    }
};

} // namespace

QTableWidget *makeHeaderTable(const QString &objectName, const QString &accessibleName)
{
    auto *table = new QTableWidget(0, 2);
    table->setObjectName(objectName);
    table->setAccessibleName(accessibleName);
    table->setHorizontalHeaderLabels({translate("Header"), translate("Value")});
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    auto *copy = new QAction(translate("Copy"), table);
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
        value->setToolTip(value->text());
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
        item->setToolTip(0, item->text(0));
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
            child->setToolTip(1, child->text(1));
            child->setToolTip(2, child->text(2));
            child->setData(0, Qt::AccessibleTextRole,
                           QStringLiteral("%1: %2, %3 %4, %5 %6")
                               .arg(condition.passed ? translate("passed") : translate("failed"),
                                    toQString(condition.subject), translate("expected"),
                                    child->text(1), translate("actual"), child->text(2)));
        }
        // The nearest one, or the one that answered, is what people came for.
        item->setExpanded(candidate.chosen || tree->topLevelItemCount() == 1);
    }
    // As wide as the conditions need; the sentences above them go across all columns.
    const int indent = 3 * tree->indentation();
    tree->setColumnWidth(0, subjectWidth + indent);
    tree->setColumnWidth(1, std::max(tree->fontMetrics().averageCharWidth() * 20,
                                     (tree->viewport()->width() - subjectWidth - indent) / 2));
}

QTableWidget *makeTimingTable()
{
    auto *table = new QTableWidget(0, 4);
    table->setObjectName(QStringLiteral("timingTable"));
    table->setAccessibleName(translate("Timing"));
    table->setHorizontalHeaderLabels(
        {translate("Step"), translate("Begin"), translate("Length"), translate("Share")});
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setHighlightSections(false);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setItemDelegateForColumn(3, new BarDelegate(table));
    return table;
}

void fillTimingTable(QTableWidget *table, const Timings &timings)
{
    struct Step
    {
        const char *name;
        Duration begin;
        Duration end;
    };
    const std::array steps{
        Step{QT_TRANSLATE_NOOP("ExchangePane", "Request arrives"), Duration{},
             timings.requestComplete},
        Step{QT_TRANSLATE_NOOP("ExchangePane", "Match and render"), timings.requestComplete,
             timings.matched},
        Step{QT_TRANSLATE_NOOP("ExchangePane", "Wait for the first byte"), timings.matched,
             timings.firstByteOut},
        Step{QT_TRANSLATE_NOOP("ExchangePane", "Send the answer"), timings.firstByteOut,
             timings.complete},
        Step{QT_TRANSLATE_NOOP("ExchangePane", "Whole exchange"), Duration{}, timings.complete}};
    const bool hasLatency = timings.plannedLatency.count() > 0;
    table->setRowCount(static_cast<int>(steps.size()) + (hasLatency ? 1 : 0));
    const double all = std::max<double>(1, static_cast<double>(timings.complete.count()));
    const auto share = [all](Duration at) {
        return std::clamp(static_cast<double>(at.count()) / all, 0.0, 1.0);
    };
    const auto fill = [&](int row, const QString &name, Duration begin, Duration end) {
        // A step that was never reached has no time of its own.
        const Duration length = std::max(Duration{}, end - begin);
        table->setItem(row, 0, readOnlyItem(name));
        table->setItem(row, 1, readOnlyItem(durationText(begin)));
        table->setItem(row, 2, readOnlyItem(durationText(length)));
        auto *bar = readOnlyItem({});
        bar->setData(Qt::UserRole, QPointF(share(begin), share(begin + length)));
        bar->setData(
            Qt::AccessibleTextRole,
            translate("%1 percent").arg((share(begin + length) - share(begin)) * 100, 0, 'f', 0));
        table->setItem(row, 3, bar);
    };
    int row = 0;
    for (const Step &step : steps)
        fill(row++, translate(step.name), step.begin, step.end);
    if (hasLatency)
        fill(row, translate("Latency asked for"), timings.matched,
             timings.matched + timings.plannedLatency);
    table->resizeColumnsToContents();
}

} // namespace understudy::ui
