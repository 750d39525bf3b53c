// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/headers_editor.h"

#include "ui/services/plain_text.h"
#include "ui/services/text.h"
#include "ui/services/theme.h"
#include "ui/widgets/list_keys.h"
#include "ui/widgets/tool_button.h"

#include <QApplication>
#include <QCompleter>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace understudy::ui {

namespace {

const QStringList &commonNames()
{
    static const QStringList names{"Accept-Ranges",
                                   "Access-Control-Allow-Credentials",
                                   "Access-Control-Allow-Headers",
                                   "Access-Control-Allow-Methods",
                                   "Access-Control-Allow-Origin",
                                   "Access-Control-Expose-Headers",
                                   "Age",
                                   "Allow",
                                   "Cache-Control",
                                   "Content-Disposition",
                                   "Content-Encoding",
                                   "Content-Language",
                                   "Content-Location",
                                   "Content-Type",
                                   "Date",
                                   "ETag",
                                   "Expires",
                                   "Last-Modified",
                                   "Link",
                                   "Location",
                                   "Retry-After",
                                   "Server",
                                   "Set-Cookie",
                                   "Strict-Transport-Security",
                                   "Vary",
                                   "WWW-Authenticate",
                                   "X-Request-Id"};
    return names;
}

QStringList valuesFor(const QString &name)
{
    const QString lower = name.toLower();
    if (lower == QLatin1String("content-type"))
        return {"application/json",
                "application/problem+json",
                "text/plain; charset=utf-8",
                "text/html; charset=utf-8",
                "application/xml",
                "application/octet-stream",
                "text/event-stream",
                "image/svg+xml",
                "application/x-www-form-urlencoded"};
    if (lower == QLatin1String("cache-control"))
        return {"no-store", "no-cache", "max-age=3600", "private",
                "public, max-age=31536000, immutable"};
    if (lower == QLatin1String("content-encoding"))
        return {"gzip", "br", "deflate"};
    return {};
}

/// Line edits with completion.
class HeaderDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &,
                          const QModelIndex &index) const override
    {
        auto *edit = new QLineEdit(parent);
        const bool isName = index.column() == HeadersModel::NameColumn;
        const QStringList words
            = isName ? commonNames()
                     : valuesFor(index.siblingAtColumn(HeadersModel::NameColumn).data().toString());
        auto *completer = new QCompleter(words, edit);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        edit->setCompleter(completer);
        edit->setAccessibleName(isName ? HeadersModel::tr("Header name")
                                       : HeadersModel::tr("Header value"));
        return edit;
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        // A cell that is saved while it is typed keeps its cursor, and the space before a word.
        const auto *edit = qobject_cast<QLineEdit *>(editor);
        if (!edit || edit->text().trimmed() != index.data(Qt::EditRole).toString())
            QStyledItemDelegate::setEditorData(editor, index);
    }
};

QString toText(const http::HeaderList &headers)
{
    QString text;
    for (const http::HeaderField &field : headers)
        text += toQString(field.name) + QStringLiteral(": ") + toQString(field.value) + '\n';
    return text;
}

http::HeaderList fromText(const QString &text)
{
    http::HeaderList headers;
    for (const QString &line : text.split('\n')) {
        if (line.trimmed().isEmpty())
            continue;
        const qsizetype colon = line.indexOf(':');
        headers.push_back({toStd(line.left(colon < 0 ? line.size() : colon).trimmed()),
                           colon < 0 ? std::string() : toStd(line.mid(colon + 1).trimmed())});
    }
    return headers;
}

} // namespace

HeadersModel::HeadersModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

void HeadersModel::setHeaders(const http::HeaderList &headers)
{
    if (headers == m_headers)
        return;
    // The same number of rows keeps the selection and an open cell.
    if (headers.size() == m_headers.size()) {
        m_headers = headers;
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_headers = headers;
    endResetModel();
}

void HeadersModel::append()
{
    beginInsertRows({}, rowCount(), rowCount());
    m_headers.push_back({});
    endInsertRows();
}

void HeadersModel::remove(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    beginRemoveRows({}, row, row);
    m_headers.erase(m_headers.begin() + row);
    endRemoveRows();
    Q_EMIT edited();
}

void HeadersModel::duplicate(int row)
{
    if (row < 0 || row >= rowCount())
        return;
    const http::HeaderField copy = m_headers[static_cast<std::size_t>(row)];
    beginInsertRows({}, row + 1, row + 1);
    m_headers.insert(m_headers.begin() + row + 1, copy);
    endInsertRows();
    Q_EMIT edited();
}

bool HeadersModel::move(int row, int step)
{
    const int target = row + step;
    if (row < 0 || row >= rowCount() || target < 0 || target >= rowCount())
        return false;
    std::swap(m_headers[static_cast<std::size_t>(row)],
              m_headers[static_cast<std::size_t>(target)]);
    Q_EMIT dataChanged(index(std::min(row, target), 0),
                       index(std::max(row, target), ColumnCount - 1));
    Q_EMIT edited();
    return true;
}

int HeadersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_headers.size());
}

int HeadersModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HeadersModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const http::HeaderField &field = m_headers[static_cast<std::size_t>(index.row())];
    const bool isName = index.column() == NameColumn;
    const bool isGood = isName ? http::isToken(field.name) : http::isFieldValue(field.value);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return toQString(isName ? field.name : field.value);
    case Qt::ForegroundRole:
        return isGood ? QVariant() : QVariant(roleColor(ColorRole::Error, QApplication::palette()));
    case Qt::ToolTipRole:
        if (isGood)
            return {};
        return isName ? plainToolTip(tr("“%1” is not a header name").arg(toQString(field.name)))
                      : tr("A value holds no line break or other control character");
    default:
        return {};
    }
}

QVariant HeadersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Name") : tr("Value");
}

bool HeadersModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid())
        return false;
    http::HeaderField &field = m_headers[static_cast<std::size_t>(index.row())];
    std::string &target = index.column() == NameColumn ? field.name : field.value;
    const std::string text = toStd(value.toString().trimmed());
    if (target == text)
        return false;
    target = text;
    Q_EMIT dataChanged(index, index);
    // A row without a name yet is not a header yet.
    if (!field.name.empty())
        Q_EMIT edited();
    return true;
}

Qt::ItemFlags HeadersModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable
                           : Qt::NoItemFlags;
}

HeadersEditor::HeadersEditor(const QString &prefix, QWidget *parent)
    : QWidget(parent)
    , m_model(new HeadersModel(this))
    , m_table(new QTableView)
    , m_bulk(new QPlainTextEdit)
    , m_stack(new QStackedWidget)
    , m_toggle(new QToolButton)
{
    m_table->setObjectName(prefix + QStringLiteral("Table"));
    m_table->setAccessibleName(tr("Headers"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new HeaderDelegate(m_table));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 9);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->setColumnWidth(0, m_table->fontMetrics().horizontalAdvance('x') * 30);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setTabKeyNavigation(false);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                             | QAbstractItemView::AnyKeyPressed
                             | QAbstractItemView::SelectedClicked);
    new ListKeys(m_table,
                 {.remove = [this] { m_model->remove(m_table->currentIndex().row()); },
                  .duplicate =
                      [this] {
                          const QModelIndex at = m_table->currentIndex();
                          m_model->duplicate(at.row());
                          m_table->setCurrentIndex(m_model->index(at.row() + 1, at.column()));
                      }});
    m_bulk->setObjectName(prefix + QStringLiteral("BulkEdit"));
    m_bulk->setAccessibleName(tr("Headers as text"));
    m_bulk->setPlaceholderText(tr("Name: value"));
    m_toggle->setObjectName(prefix + QStringLiteral("BulkToggle"));
    m_toggle->setText(tr("As text"));
    m_toggle->setAccessibleName(tr("Edit headers as text"));
    m_toggle->setCheckable(true);

    const auto button = [&](const QString &name, const char *icon, const QString &text, auto slot) {
        QToolButton *b = makeTextButton(name, icon, text);
        connect(b, &QToolButton::clicked, this, slot);
        return b;
    };
    const QString stem = prefix == QLatin1String("headers") ? QStringLiteral("Header")
                                                            : prefix + QStringLiteral("Header");
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(button(QStringLiteral("add") + stem + QStringLiteral("Button"), "list-add",
                          tr("Add"), [this] {
                              setBulk(false);
                              m_model->append();
                              const QModelIndex index = m_model->index(m_model->rowCount() - 1, 0);
                              m_table->setCurrentIndex(index);
                              m_table->edit(index);
                          }));
    row->addWidget(button(QStringLiteral("remove") + stem + QStringLiteral("Button"), "list-remove",
                          tr("Remove"),
                          [this] { m_model->remove(m_table->currentIndex().row()); }));
    row->addStretch();
    row->addWidget(m_toggle);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_bulk);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_stack);

    connect(m_toggle, &QToolButton::toggled, this, &HeadersEditor::setBulk);
    connect(m_model, &HeadersModel::edited, this, [this] { Q_EMIT edited(m_model->headers()); });
    connect(m_bulk, &QPlainTextEdit::textChanged, this, [this] {
        if (m_bulk->hasFocus() || m_stack->currentWidget() == m_bulk)
            Q_EMIT edited(fromText(m_bulk->toPlainText()));
    });
}

void HeadersEditor::setHeaders(const http::HeaderList &headers)
{
    // A row that was added and has no name yet stays while the rest is the same.
    http::HeaderList shown = m_model->headers();
    if (!shown.empty() && shown.back().name.empty()) {
        shown.pop_back();
        if (shown == headers)
            return;
    }
    m_model->setHeaders(headers);
    if (m_stack->currentWidget() == m_bulk && fromText(m_bulk->toPlainText()) != headers) {
        const QSignalBlocker quiet(m_bulk);
        m_bulk->setPlainText(toText(headers));
    }
}

void HeadersEditor::moveCurrent(int step)
{
    const int row = m_table->currentIndex().row();
    if (m_model->move(row, step))
        m_table->setCurrentIndex(m_model->index(row + step, m_table->currentIndex().column()));
}

void HeadersEditor::setBulk(bool on)
{
    const QSignalBlocker quietToggle(m_toggle);
    const QSignalBlocker quiet(m_bulk);
    m_toggle->setChecked(on);
    if (on)
        m_bulk->setPlainText(toText(m_model->headers()));
    m_stack->setCurrentIndex(on ? 1 : 0);
}

} // namespace understudy::ui
