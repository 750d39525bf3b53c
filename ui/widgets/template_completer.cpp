// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/template_completer.h"

#include "ui/widgets/body_editor.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QScrollBar>
#include <QStandardItemModel>

#include <algorithm>

namespace understudy::ui {

namespace {

constexpr qsizetype kLookedBack = 2000; ///< bytes; tags are shorter
constexpr int kInsertRole = Qt::UserRole + 1;
constexpr int kMostWidth = 560;

} // namespace

TemplateCompleter::TemplateCompleter(BodyEditor *editor)
    : QObject(editor)
    , m_editor(editor)
    , m_words(new QStandardItemModel(this))
    , m_completer(new QCompleter(m_words, this))
{
    m_completer->setWidget(editor);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->popup()->setObjectName(QStringLiteral("templateCompletions"));
    m_completer->popup()->setAccessibleName(tr("What the template could go on with"));
    m_completer->popup()->setTextElideMode(Qt::ElideRight);
    connect(editor, &QsciScintillaBase::SCN_CHARADDED, this, &TemplateCompleter::onTyped);
    connect(editor, &BodyEditor::edited, this, [this] {
        if (m_completer->popup()->isVisible())
            suggest(false);
    });
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
            &TemplateCompleter::insert);
    editor->installEventFilter(this);
    editor->shareKeysWith(m_completer->popup());
}

void TemplateCompleter::setNames(std::optional<TemplateNames> names)
{
    m_names = std::move(names);
    if (!m_names)
        m_completer->popup()->hide();
}

void TemplateCompleter::onTyped(int) { suggest(false); }

void TemplateCompleter::suggest(bool isAsked)
{
    TemplateSuggestions found;
    bool isAfterBraces = false;
    if (m_names && m_editor->hasFocus() && !m_editor->isReadOnly()) {
        const auto cursor = m_editor->SendScintilla(QsciScintillaBase::SCI_GETCURRENTPOS);
        const QByteArray before = m_editor->bytes().left(cursor).right(kLookedBack);
        isAfterBraces = before.endsWith("{{");
        found = templateSuggestions(QString::fromUtf8(before), *m_names);
    }
    // A list behind every blank would be in the way.
    if (found.words.isEmpty() || (found.typed == 0 && !isAfterBraces && !isAsked)) {
        m_completer->popup()->hide();
        return;
    }
    const auto cursor = m_editor->SendScintilla(QsciScintillaBase::SCI_GETCURRENTPOS);
    m_typedBytes = QString::fromUtf8(m_editor->bytes().left(cursor).right(kLookedBack))
                       .right(found.typed)
                       .toUtf8()
                       .size();
    m_words->clear();
    for (const TemplateWord &word : found.words) {
        auto *item
            = new QStandardItem(tr("%1   %2", "word, what it is").arg(word.insert, word.hint));
        item->setData(word.insert, kInsertRole);
        item->setToolTip(word.hint);
        m_words->appendRow(item);
    }
    QAbstractItemView *popup = m_completer->popup();
    const auto at = static_cast<unsigned long>(cursor - m_typedBytes);
    const auto x = m_editor->SendScintilla(QsciScintillaBase::SCI_POINTXFROMPOSITION, 0UL,
                                           static_cast<long>(at));
    const auto y = m_editor->SendScintilla(QsciScintillaBase::SCI_POINTYFROMPOSITION, 0UL,
                                           static_cast<long>(at));
    const auto height = m_editor->SendScintilla(QsciScintillaBase::SCI_TEXTHEIGHT, 0UL);
    const int width = popup->sizeHintForColumn(0) + popup->verticalScrollBar()->sizeHint().width();
    const QPoint place
        = m_editor->viewport()->mapTo(m_editor, QPoint(static_cast<int>(x), static_cast<int>(y)));
    m_completer->complete({place, QSize(std::min(width, kMostWidth), static_cast<int>(height))});
    popup->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void TemplateCompleter::insert(const QModelIndex &index)
{
    const QByteArray word = index.data(kInsertRole).toString().toUtf8();
    const auto cursor = m_editor->SendScintilla(QsciScintillaBase::SCI_GETCURRENTPOS);
    const auto from = cursor - static_cast<long>(m_typedBytes);
    m_editor->beginUndoAction();
    m_editor->SendScintilla(QsciScintillaBase::SCI_SETTARGETSTART,
                            static_cast<unsigned long>(from));
    m_editor->SendScintilla(QsciScintillaBase::SCI_SETTARGETEND,
                            static_cast<unsigned long>(cursor));
    m_editor->SendScintilla(QsciScintillaBase::SCI_REPLACETARGET,
                            static_cast<unsigned long>(word.size()), word.constData());
    m_editor->SendScintilla(QsciScintillaBase::SCI_GOTOPOS,
                            static_cast<unsigned long>(from + word.size()));
    m_editor->endUndoAction();
}

bool TemplateCompleter::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_editor && event->type() == QEvent::KeyPress && m_names) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::ControlModifier) {
            suggest(true);
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace understudy::ui
