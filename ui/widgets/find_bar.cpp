// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/find_bar.h"

#include "ui/services/pending_field.h"
#include "ui/widgets/body_editor.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace understudy::ui {

FindBar::FindBar(BodyEditor &editor, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_find(new QLineEdit)
    , m_replace(new QLineEdit)
{
    setObjectName(QStringLiteral("findBar"));
    m_find->setObjectName(QStringLiteral("findEdit"));
    m_find->setPlaceholderText(tr("Find"));
    m_find->setAccessibleName(tr("Find in body"));
    m_replace->setObjectName(QStringLiteral("replaceEdit"));
    m_replace->setPlaceholderText(tr("Replace by"));
    m_replace->setAccessibleName(tr("Replace by"));
    for (QLineEdit *edit : {m_find, m_replace}) // Esc closes the bar
        edit->setProperty(PendingField::kIsNoValue, true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 2, 4, 2);
    const auto button = [&](const char *name, const QString &text, auto slot) {
        auto *b = new QToolButton;
        b->setObjectName(QString::fromLatin1(name));
        b->setText(text);
        b->setAccessibleName(text);
        connect(b, &QToolButton::clicked, this, slot);
        return b;
    };
    layout->addWidget(m_find);
    layout->addWidget(button("findPreviousButton", tr("Previous"), [this] { find(false); }));
    layout->addWidget(button("findNextButton", tr("Next"), [this] { find(true); }));
    layout->addWidget(m_replace);
    layout->addWidget(button("replaceButton", tr("Replace"), [this] {
        if (m_editor.hasSelectedText()
            && m_editor.selectedText().compare(m_find->text(), Qt::CaseInsensitive) == 0)
            m_editor.replaceSelectedText(m_replace->text());
        find(true);
    }));
    layout->addWidget(button("replaceAllButton", tr("Replace All"), [this] {
        if (m_find->text().isEmpty())
            return;
        QString text = QString::fromUtf8(m_editor.bytes());
        text.replace(m_find->text(), m_replace->text(), Qt::CaseInsensitive);
        m_editor.replaceAllText(text.toUtf8());
    }));
    connect(m_find, &QLineEdit::returnPressed, this, [this] { find(true); });
    hide();
}

void FindBar::open()
{
    if (m_editor.hasSelectedText() && !m_editor.selectedText().contains('\n'))
        m_find->setText(m_editor.selectedText());
    show();
    m_find->setFocus();
    m_find->selectAll();
}

void FindBar::find(bool forward)
{
    const bool found = m_editor.find(m_find->text(), forward) || m_find->text().isEmpty();
    m_find->setProperty("state", found ? "found" : "missing");
    m_find->setToolTip(found ? QString() : tr("Not found"));
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        hide();
        m_editor.setFocus();
        return;
    }
    if (event->key() == Qt::Key_F3) {
        find(!(event->modifiers() & Qt::ShiftModifier));
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace understudy::ui
