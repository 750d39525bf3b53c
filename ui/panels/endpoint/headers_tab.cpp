// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/endpoint/headers_tab.h"

#include "ui/services/text.h"
#include "ui/widgets/headers_editor.h"

#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

namespace understudy::ui {

HeadersTab::HeadersTab(QWidget *parent)
    : ResponseTab(parent)
    , m_editor(new HeadersEditor(QStringLiteral("headers")))
    , m_inherited(new HeadersModel(this))
    , m_inheritedTable(new QTableView)
    , m_inheritedLabel(new QLabel(tr("From the server")))
    , m_type(new QLabel)
{
    setObjectName(QStringLiteral("headersTab"));
    m_inheritedTable->setObjectName(QStringLiteral("inheritedHeadersTable"));
    m_inheritedTable->setAccessibleName(tr("Headers from the server"));
    m_inheritedTable->setModel(m_inherited);
    m_inheritedTable->setEnabled(false);
    m_inheritedTable->verticalHeader()->hide();
    m_inheritedTable->horizontalHeader()->hide();
    m_inheritedTable->verticalHeader()->setDefaultSectionSize(
        m_inheritedTable->fontMetrics().height() + 7);
    m_inheritedTable->horizontalHeader()->setStretchLastSection(true);
    m_inheritedTable->setColumnWidth(0,
                                     m_inheritedTable->fontMetrics().horizontalAdvance('x') * 30);
    m_inheritedTable->setShowGrid(false);
    m_inheritedLabel->setForegroundRole(QPalette::PlaceholderText);
    m_type->setObjectName(QStringLiteral("effectiveContentTypeLabel"));
    m_type->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->setSpacing(5);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_inheritedLabel);
    layout->addWidget(m_inheritedTable);
    layout->addWidget(m_type);
    connect(m_editor, &HeadersEditor::edited, this, [this](const http::HeaderList &headers) {
        Q_EMIT changeRequested(
            tr("Edit headers"), [headers](Response &r) { r.headers = headers; },
            QStringLiteral("headers"));
    });
}

void HeadersTab::showResponse(const ResponseView &view)
{
    m_editor->setHeaders(view.response.headers);
    m_count = view.response.headers.size();
    http::HeaderList inherited;
    for (const http::HeaderField &field : view.server.headers) {
        if (!http::findHeader(view.response.headers, field.name))
            inherited.push_back(field);
    }
    m_inherited->setHeaders(inherited);
    m_inheritedLabel->setVisible(!inherited.empty());
    m_inheritedTable->setVisible(!inherited.empty());
    const int rows = std::min<int>(4, static_cast<int>(inherited.size()));
    m_inheritedTable->setFixedHeight(rows * m_inheritedTable->verticalHeader()->defaultSectionSize()
                                     + 4);
    const http::HeaderField *own = http::findHeader(view.response.headers, "Content-Type");
    const http::HeaderField *type
        = own ? own : http::findHeader(view.server.headers, "Content-Type");
    m_type->setText(
        type ? (own ? tr("Content-Type: %1").arg(toQString(type->value))
                    : tr("Content-Type: %1 (from the server)").arg(toQString(type->value)))
             : tr("No Content-Type is set; it follows from the body"));
}

QString HeadersTab::title() const
{
    return m_count > 0 ? tr("He&aders (%1)").arg(m_count) : tr("He&aders");
}

void HeadersTab::moveCurrent(int step) { m_editor->moveCurrent(step); }

} // namespace understudy::ui
