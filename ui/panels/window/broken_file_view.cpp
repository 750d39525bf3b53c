// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/window/broken_file_view.h"

#include "ui/services/text.h"
#include "ui/services/theme.h"
#include "ui/widgets/body_editor.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace understudy::ui {

BrokenFileView::BrokenFileView(WorkspaceDocument &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_message(new QLabel)
    , m_text(new QsciScintilla)
{
    setObjectName(QStringLiteral("brokenFileView"));
    m_message->setObjectName(QStringLiteral("brokenFileMessage"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setProperty("role", QStringLiteral("error"));
    m_text->setObjectName(QStringLiteral("brokenFileText"));
    m_text->setAccessibleName(tr("Text of the file"));
    m_text->setUtf8(true);
    m_text->setMarginType(0, QsciScintilla::NumberMargin);
    m_text->setMarginWidth(0, QStringLiteral("00000"));
    m_text->setCaretLineVisible(true);
    m_text->setLexer(new QsciLexerYAML(m_text));
    m_text->indicatorDefine(QsciScintilla::SquiggleIndicator, 8);
    auto *reload = new QPushButton(tr("Reload"));
    reload->setObjectName(QStringLiteral("brokenFileReloadButton"));
    auto *open = new QPushButton(tr("Open in Editor"));
    open->setObjectName(QStringLiteral("brokenFileOpenButton"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_message, 1);
    row->addWidget(open, 0, Qt::AlignTop);
    row->addWidget(reload, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(row);
    layout->addWidget(m_text, 1);
    connect(reload, &QPushButton::clicked, this,
            [this] { m_workspace.reloadFromDisk(m_serverId); });
    connect(open, &QPushButton::clicked, this, [this] {
        if (const ServerDocument *document = m_workspace.find(m_serverId))
            QDesktopServices::openUrl(QUrl::fromLocalFile(document->file));
    });
}

void BrokenFileView::setTarget(const QString &serverId)
{
    m_serverId = serverId;
    refresh();
}

bool BrokenFileView::refresh()
{
    const ServerDocument *document = m_workspace.find(m_serverId);
    if (!document || !document->isBroken())
        return false;
    QStringList lines;
    for (const Problem &problem : document->problems) {
        if (lines.size() < 5)
            lines << toQString(problem.error.text());
    }
    if (document->problems.size() > 5)
        lines << tr("and %n more", nullptr, static_cast<int>(document->problems.size()) - 5);
    m_message->setText(lines.join('\n'));
    m_text->setReadOnly(false);
    m_text->setText(QString::fromStdString(document->text));
    m_text->setReadOnly(true);
    applyEditorColors(*m_text, m_text->lexer());
    const Place &place = document->problems.front().error.where;
    if (place.line > 0) {
        m_text->setIndicatorForegroundColor(roleColor(ColorRole::Error, palette()), 8);
        m_text->fillIndicatorRange(place.line - 1, 0, place.line - 1,
                                   m_text->lineLength(place.line - 1), 8);
        m_text->setCursorPosition(place.line - 1, std::max(0, place.column - 1));
        m_text->ensureLineVisible(place.line - 1);
    }
    return true;
}

} // namespace understudy::ui
