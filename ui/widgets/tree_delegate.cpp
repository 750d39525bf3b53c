// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tree_delegate.h"

#include "ui/models/workspace_tree_model.h"
#include "ui/services/theme.h"

#include <QApplication>
#include <QIcon>
#include <QPainter>
#include <QTreeView>

namespace understudy::ui {

namespace {

using Model = WorkspaceTreeModel;

constexpr int kLeastPath = 12; // characters of a path that are always to be read

RowState stateOf(const QModelIndex &index)
{
    return static_cast<RowState>(index.data(Model::StateRole).toInt());
}

ColorRole methodRole(const QString &method)
{
    if (method == QLatin1String("GET") || method == QLatin1String("HEAD"))
        return ColorRole::Redirect;
    if (method == QLatin1String("POST"))
        return ColorRole::Success;
    if (method == QLatin1String("PUT") || method == QLatin1String("PATCH"))
        return ColorRole::Warning;
    if (method == QLatin1String("DELETE"))
        return ColorRole::Error;
    return ColorRole::Unmatched;
}

/// Narrow enough for a badge: "DELETE" -> "DEL", a list -> "GET…".
QString badgeText(const QString &method)
{
    if (method.contains(','))
        return method.section(',', 0, 0) + QStringLiteral("…");
    if (method == QLatin1String("DELETE"))
        return QStringLiteral("DEL");
    if (method == QLatin1String("OPTIONS"))
        return QStringLiteral("OPT");
    return method.size() > 6 ? method.left(5) + QStringLiteral("…") : method;
}

QFont smaller(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.82);
    return font;
}

QColor textColor(const QStyleOptionViewItem &option, ColorRole role)
{
    if (option.state & QStyle::State_Selected)
        return option.palette.color(QPalette::HighlightedText);
    return roleColor(role, option.palette);
}

/// Paints the word and moves `rect` behind it.
void drawText(QPainter *painter, QRect &rect, const QString &text, const QColor &color,
              Qt::TextElideMode elide = Qt::ElideRight)
{
    if (rect.width() <= 0)
        return;
    painter->setPen(color);
    const QFontMetrics metrics(painter->font());
    const QString shown = metrics.elidedText(text, elide, rect.width());
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft, shown);
    rect.setLeft(rect.left() + metrics.horizontalAdvance(shown));
}

/// Whether ⚡ stands in the row: behaviour is set here or comes from outside.
bool hasBehaviour(const QModelIndex &index)
{
    return !index.data(Model::BehaviourRole).toString().isEmpty()
           || !index.data(Model::InheritedRole).toString().isEmpty();
}

/// ⚡ at the right end of `rect`, paler where it comes from outside; takes its room off `rect`.
void drawBehaviour(QPainter *painter, QRect &rect, const QStyleOptionViewItem &option,
                   const QModelIndex &index)
{
    const bool isOwn = !index.data(Model::BehaviourRole).toString().isEmpty();
    const QString glyph = QStringLiteral("⚡");
    const int width = QFontMetrics(painter->font()).horizontalAdvance(glyph);
    painter->setPen(textColor(option, isOwn ? ColorRole::Fault : ColorRole::Muted));
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignRight, glyph);
    rect.setRight(rect.right() - width - 4);
}

/// A round glyph whose form, too, tells the state: filled = running, ring = stopped, cross = error.
void drawGlyph(QPainter *painter, const QRectF &box, RowState state, const QColor &color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.6));
    painter->setBrush(state == RowState::Running ? QBrush(color) : Qt::NoBrush);
    if (state == RowState::Running || state == RowState::Stopped) {
        painter->drawEllipse(box);
    } else {
        QPolygonF triangle;
        triangle << QPointF(box.center().x(), box.top()) << box.bottomRight() << box.bottomLeft();
        painter->drawPolygon(triangle);
        painter->drawLine(QPointF(box.center().x(), box.top() + box.height() * 0.35),
                          QPointF(box.center().x(), box.top() + box.height() * 0.65));
        painter->drawPoint(QPointF(box.center().x(), box.top() + box.height() * 0.85));
    }
    painter->restore();
}

} // namespace

TreeDelegate::TreeDelegate(QTreeView *view)
    : QStyledItemDelegate(view)
    , m_view(view)
{}

Model::NodeKind TreeDelegate::kindOf(const QModelIndex &index)
{
    return static_cast<Model::NodeKind>(index.data(Model::KindRole).toInt());
}

int TreeDelegate::badgeWidth() const
{
    return QFontMetrics(smaller(m_view->font())).horizontalAdvance(QStringLiteral("PATCH")) + 10;
}

int TreeDelegate::leastPathWidth() const
{
    return m_view->fontMetrics().horizontalAdvance(QString(kLeastPath, QLatin1Char('0')));
}

int TreeDelegate::leastNameWidth() const { return 3 + badgeWidth() + 7 + leastPathWidth() + 2; }

int TreeDelegate::stateWidth() const
{
    constexpr int kRunButton = 22 + 6;
    return std::max(kRunButton, m_view->fontMetrics().horizontalAdvance(tr("off")) + 8);
}

int TreeDelegate::warningSide() const { return QFontMetrics(m_view->font()).height() - 5; }

bool TreeDelegate::isBehaviourInState(const QModelIndex &index) const
{
    return hasBehaviour(index) && kindOf(index) != Model::NodeKind::Server
           && index.data(Model::WarningRole).toString().isEmpty()
           && index.siblingAtColumn(Model::StateColumn).data().toString().isEmpty();
}

QSize TreeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(std::max(24, option.fontMetrics.height() + 9));
    return size;
}

QRect TreeDelegate::contentRect(const QModelIndex &index) const
{
    return m_view->visualRect(index);
}

QRect TreeDelegate::actionRect(const QModelIndex &index, const QString &action) const
{
    if (!index.isValid())
        return {};
    if (action == QLatin1String("toggleRun") && kindOf(index) == Model::NodeKind::Server) {
        const RowState state = stateOf(index);
        if (state == RowState::Broken || state == RowState::Removed)
            return {};
        const QRect cell = contentRect(index.siblingAtColumn(Model::StateColumn));
        const int side = std::min(cell.height() - 2, 22);
        return {cell.right() - side - 3, cell.center().y() - side / 2, side, side};
    }
    if (action == QLatin1String("toggleEnabled") && kindOf(index) == Model::NodeKind::Folder) {
        const QRect cell = contentRect(index.siblingAtColumn(Model::NameColumn));
        const int side = m_view->style()->pixelMetric(QStyle::PM_IndicatorWidth);
        return {cell.left() + 3, cell.center().y() - side / 2 + 1, side, side};
    }
    return {};
}

void TreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    QStyleOptionViewItem panel = option;
    initStyleOption(&panel, index);
    panel.text.clear();
    panel.icon = {};
    panel.features
        &= ~(QStyleOptionViewItem::HasCheckIndicator | QStyleOptionViewItem::HasDecoration);
    m_view->style()->drawControl(QStyle::CE_ItemViewItem, &panel, painter, m_view);

    painter->save();
    painter->setFont(m_view->font());
    if (index.column() == Model::HitsColumn) {
        QRect rect = option.rect.adjusted(2, 0, -4, 0);
        painter->setPen(textColor(option, ColorRole::Muted));
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignRight, index.data().toString());
    } else if (index.column() == Model::StateColumn) {
        paintState(painter, option, index);
    } else {
        switch (kindOf(index)) {
        case Model::NodeKind::Server:
            paintServer(painter, option, index);
            break;
        case Model::NodeKind::Folder:
            paintFolder(painter, option, index);
            break;
        case Model::NodeKind::Endpoint:
            paintEndpoint(painter, option, index);
            break;
        }
    }
    painter->restore();
}

void TreeDelegate::paintServer(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    const RowState state = stateOf(index);
    const ColorRole role = state == RowState::Running   ? ColorRole::Success
                           : state == RowState::Stopped ? ColorRole::Muted
                                                        : ColorRole::Error;
    QRect rect = option.rect.adjusted(4, 0, -2, 0);
    if (hasBehaviour(index))
        drawBehaviour(painter, rect, option, index);
    if (const int warning = warningSide();
        !index.data(Model::WarningRole).toString().isEmpty()
        && !actionRect(index, QStringLiteral("toggleRun")).isEmpty()) {
        drawGlyph(
            painter,
            QRectF(rect.right() - warning, rect.center().y() - warning / 2.0, warning, warning),
            RowState::Failed, textColor(option, ColorRole::Warning));
        rect.setRight(rect.right() - warning - 4);
    }
    const int side = QFontMetrics(m_view->font()).height() - 7;
    drawGlyph(painter, QRectF(rect.left(), rect.center().y() - side / 2.0 + 0.5, side, side), state,
              textColor(option, role));
    rect.setLeft(rect.left() + side + 7);
    QFont bold = m_view->font();
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    // The port tells servers apart that begin alike: it has its room before the name.
    const int portNumber = index.data(Model::PortRole).toInt();
    const QString port = portNumber > 0 ? ':' + QString::number(portNumber) : QString();
    QRect name = rect;
    if (!port.isEmpty())
        name.setRight(rect.right() - QFontMetrics(m_view->font()).horizontalAdvance(port) - 8);
    drawText(painter, name, index.data(Model::NameColumn).toString(),
             textColor(option, ColorRole::Text));
    painter->setFont(m_view->font());
    rect.setLeft(name.left() + 7);
    drawText(painter, rect, port, textColor(option, ColorRole::Muted));
    if (state == RowState::Broken || state == RowState::Removed) {
        rect.setLeft(rect.left() + 6);
        drawText(painter, rect, index.data(Model::WarningRole).toString(),
                 textColor(option, ColorRole::Error));
    }
}

void TreeDelegate::paintFolder(QPainter *painter, const QStyleOptionViewItem &option,
                               const QModelIndex &index) const
{
    QStyleOptionButton box;
    box.palette = option.palette;
    box.rect = actionRect(index, QStringLiteral("toggleEnabled"));
    box.rect.moveLeft(option.rect.left() + 3);
    box.state = QStyle::State_Enabled;
    switch (static_cast<Qt::CheckState>(index.data(Qt::CheckStateRole).toInt())) {
    case Qt::Checked:
        box.state |= QStyle::State_On;
        break;
    case Qt::PartiallyChecked:
        box.state |= QStyle::State_NoChange;
        break;
    case Qt::Unchecked:
        box.state |= QStyle::State_Off;
        break;
    }
    m_view->style()->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, painter, m_view);
    QRect rect = option.rect.adjusted(3 + box.rect.width() + 7, 0, -2, 0);
    if (hasBehaviour(index) && !isBehaviourInState(index))
        drawBehaviour(painter, rect, option, index);
    drawText(painter, rect, index.data().toString(),
             textColor(option, index.data(Model::EffectiveRole).toBool() ? ColorRole::Text
                                                                         : ColorRole::Muted));
}

void TreeDelegate::paintEndpoint(QPainter *painter, const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const
{
    const bool on = index.data(Model::EffectiveRole).toBool();
    const QString method = index.data(Model::MethodRole).toString();
    QRect rect = option.rect.adjusted(3, 0, -2, 0);
    QColor color = textColor(option, on ? methodRole(method.section(',', 0, 0)) : ColorRole::Muted);
    const QRect badge(rect.left(), rect.top() + 4, badgeWidth(), rect.height() - 8);
    painter->setRenderHint(QPainter::Antialiasing);
    QColor ground = color;
    ground.setAlphaF(0.14F);
    painter->setPen(Qt::NoPen);
    painter->setBrush(ground);
    painter->drawRoundedRect(badge, 3, 3);
    QFont font = smaller(m_view->font());
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(color);
    painter->drawText(badge, Qt::AlignCenter, badgeText(method));

    rect.setLeft(badge.right() + 7);
    font = m_view->font();
    painter->setFont(font);
    const QString path = index.data(Model::PathTextRole).toString();
    // Beside a path that needs the room, ⚡ gives way.
    const QFontMetrics metrics(font);
    if (hasBehaviour(index) && !isBehaviourInState(index)
        && rect.width() - metrics.horizontalAdvance(QStringLiteral("⚡")) - 4
               >= std::min(metrics.horizontalAdvance(path), leastPathWidth()))
        drawBehaviour(painter, rect, option, index);
    font.setStrikeOut(!index.data(Model::EnabledRole).toBool());
    painter->setFont(font);
    // The end of a path tells it from its neighbours.
    drawText(painter, rect, path, textColor(option, on ? ColorRole::Text : ColorRole::Muted),
             Qt::ElideMiddle);
    painter->setFont(m_view->font());
    if (const QString name = index.data(Qt::EditRole).toString(); !name.isEmpty()) {
        rect.setLeft(rect.left() + 8);
        drawText(painter, rect, name, textColor(option, ColorRole::Muted));
    }
}

void TreeDelegate::paintState(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    const QString warning = index.data(Model::WarningRole).toString();
    QRect rect = option.rect.adjusted(0, 0, -6, 0);
    if (kindOf(index) == Model::NodeKind::Server) {
        const QRect button = actionRect(index, QStringLiteral("toggleRun"));
        if (!button.isEmpty()) {
            const bool running = stateOf(index) == RowState::Running;
            const bool hot = (option.state & QStyle::State_MouseOver) != 0;
            painter->setRenderHint(QPainter::Antialiasing);
            if (hot) {
                QColor ground = option.palette.color(QPalette::Text);
                ground.setAlphaF(0.12F);
                painter->setPen(Qt::NoPen);
                painter->setBrush(ground);
                painter->drawRoundedRect(button, 4, 4);
            }
            const QRectF box = QRectF(button).adjusted(6, 6, -6, -6);
            painter->setPen(Qt::NoPen);
            painter->setBrush(textColor(option, running ? ColorRole::Error : ColorRole::Success));
            if (running) {
                painter->drawRoundedRect(box, 1, 1);
            } else {
                QPolygonF triangle;
                triangle << box.topLeft() << QPointF(box.right() + 1, box.center().y())
                         << box.bottomLeft();
                painter->drawPolygon(triangle);
            }
            rect.setRight(button.left() - 3);
        }
    }
    if (!warning.isEmpty()
        && (kindOf(index) != Model::NodeKind::Server
            || actionRect(index, QStringLiteral("toggleRun")).isEmpty())) {
        const int side = warningSide();
        drawGlyph(painter, QRectF(rect.right() - side, rect.center().y() - side / 2.0, side, side),
                  RowState::Failed, textColor(option, ColorRole::Warning));
    } else if (const QString text = index.data().toString(); !text.isEmpty()) {
        painter->setPen(textColor(option, ColorRole::Muted));
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignRight, text);
    } else if (isBehaviourInState(index)) {
        drawBehaviour(painter, rect, option, index);
    }
}

} // namespace understudy::ui
