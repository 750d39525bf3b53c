// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/body_view.h"

#include "ui/models/traffic_cells.h"
#include "ui/widgets/body_view_text.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <QtConcurrent>

namespace understudy::ui {

namespace {

constexpr qsizetype kAtOnce = 256 * 1024;

enum class FindKey { None, Open, Next, Previous };

FindKey findKeyOf(const QKeyEvent &event)
{
    if (event.matches(QKeySequence::Find))
        return FindKey::Open;
    if (event.key() != Qt::Key_F3)
        return FindKey::None;
    return event.modifiers().testFlag(Qt::ShiftModifier) ? FindKey::Previous : FindKey::Next;
}

} // namespace

BodyView::BodyView(const QString &what, QWidget *parent)
    : QWidget(parent)
{
    build(what);
    connect(m_mode, &QComboBox::currentIndexChanged, this, [this] { show(m_whole); });
    connect(m_find, &QLineEdit::returnPressed, this, [this] { find(false); });
    connect(m_wrap, &QPushButton::toggled, this, [this](bool on) {
        m_text->setLineWrapMode(on ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    });
    connect(m_save, &QPushButton::clicked, this, &BodyView::save);
    connect(m_showAll, &QPushButton::clicked, this, [this] { show(true); });
    connect(&m_watcher, &QFutureWatcherBase::finished, this, [this] {
        if (!m_watcher.isCanceled() && m_watcher.future().resultCount() > 0)
            display(m_watcher.result());
    });
    clear();
}

bool BodyView::event(QEvent *event)
{
    // Inside this view the keys mean this body, whatever the window has them for.
    if (event->type() == QEvent::ShortcutOverride
        && findKeyOf(*static_cast<QKeyEvent *>(event)) != FindKey::None) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void BodyView::keyPressEvent(QKeyEvent *event)
{
    switch (findKeyOf(*event)) {
    case FindKey::Open:
        m_find->setFocus(Qt::ShortcutFocusReason);
        m_find->selectAll();
        break;
    case FindKey::Next:
        find(false);
        break;
    case FindKey::Previous:
        find(true);
        break;
    case FindKey::None:
        QWidget::keyPressEvent(event);
    }
}

BodyView::~BodyView() { m_watcher.disconnect(this); }

void BodyView::build(const QString &what)
{
    m_mode = new QComboBox(this);
    m_mode->setObjectName(QStringLiteral("bodyModeCombo"));
    m_mode->setAccessibleName(tr("How to show the body"));
    m_mode->addItems({tr("Pretty"), tr("Raw"), tr("Hex")});
    m_find = new QLineEdit(this);
    m_find->setObjectName(QStringLiteral("bodyFindEdit"));
    m_find->setAccessibleName(tr("Find in the body"));
    m_find->setPlaceholderText(tr("Find (F3)"));
    m_find->setClearButtonEnabled(true);
    m_wrap = new QPushButton(tr("Wrap"), this);
    m_wrap->setObjectName(QStringLiteral("bodyWrapButton"));
    m_wrap->setAccessibleName(tr("Wrap long lines"));
    m_wrap->setCheckable(true);
    m_save = new QPushButton(tr("Save…"), this);
    m_save->setObjectName(QStringLiteral("saveBodyButton"));
    m_save->setAccessibleName(tr("Save the body to a file"));
    m_showAll = new QPushButton(this);
    m_showAll->setObjectName(QStringLiteral("showAllButton"));
    m_showAll->setAccessibleName(tr("Show the whole body"));
    m_remark = new QLabel(this);
    m_remark->setObjectName(QStringLiteral("bodyRemark"));
    m_remark->setWordWrap(true);
    m_remark->setForegroundRole(QPalette::PlaceholderText);
    m_text = new QPlainTextEdit(this);
    m_text->setObjectName(QStringLiteral("bodyText"));
    m_text->setAccessibleName(what);
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);

    auto *tools = new QHBoxLayout;
    tools->addWidget(m_mode);
    tools->addWidget(m_find, 1);
    tools->addWidget(m_wrap);
    tools->addWidget(m_save);
    auto *below = new QHBoxLayout;
    below->addWidget(m_remark, 1);
    below->addWidget(m_showAll);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(tools);
    layout->addWidget(m_text, 1);
    layout->addLayout(below);
}

BodyView::Mode BodyView::mode() const { return static_cast<Mode>(m_mode->currentIndex()); }

void BodyView::clear() { setBody({}, {}); }

void BodyView::setBody(const CapturedBody &body, const QByteArray &encoding, const QByteArray &type)
{
    m_body = body;
    m_encoding = encoding;
    m_type = type;
    m_watcher.setFuture({});
    const bool isHeld = body.content && !body.content->empty();
    m_mode->setEnabled(isHeld);
    m_find->setEnabled(isHeld);
    m_save->setEnabled(isHeld);
    show(false);
}

void BodyView::show(bool whole)
{
    m_whole = whole;
    const bool isHeld = m_body.content && !m_body.content->empty();
    if (!isHeld) {
        QString remark = tr("No body");
        if (m_body.dropped)
            remark = tr("Body no longer kept (memory limit), it had %1").arg(sizeText(m_body.size));
        else if (m_body.size > 0 && m_body.isDecoded)
            remark = tr("The body is not in the file, it had %1").arg(sizeText(m_body.size));
        else if (m_body.size > 0)
            remark = tr("Body was over the capture limit, it had %1").arg(sizeText(m_body.size));
        m_showAll->hide();
        display({{}, remark});
        return;
    }
    const auto size = static_cast<qsizetype>(m_body.content->size());
    m_showAll->setVisible(!whole && size > kAtOnce);
    m_showAll->setText(tr("Show all (%1)").arg(sizeText(static_cast<quint64>(size))));
    if (!whole || size <= kAtOnce) {
        display(prepare(m_body.content, m_encoding, m_type, mode(), whole));
        return;
    }
    m_remark->setText(tr("Preparing…"));
    m_watcher.setFuture(
        QtConcurrent::run(&BodyView::prepare, m_body.content, m_encoding, m_type, mode(), whole));
}

BodyView::Shown BodyView::prepare(const std::shared_ptr<const std::string> &content,
                                  const QByteArray &encoding, const QByteArray &type, Mode mode,
                                  bool whole)
{
    const auto size = static_cast<qsizetype>(content->size());
    const qsizetype shown = whole ? size : std::min(size, kAtOnce);
    QByteArray bytes(content->data(), shown);
    Shown out;
    if (shown < size)
        out.remark = tr("The first %1").arg(sizeText(static_cast<quint64>(shown)));
    if (mode == Mode::Hex) {
        out.text = hexDump(bytes);
        return out;
    }
    if (mode == Mode::Pretty && !encoding.isEmpty()) {
        const auto decoded = decodeContent(bytes, encoding);
        if (!decoded) {
            out.remark
                = tr("Compressed with %1, shown as it is").arg(QString::fromLatin1(encoding));
            out.text = hexDump(bytes);
            return out;
        }
        out.remark = tr("Decompressed from %1").arg(QString::fromLatin1(encoding));
        bytes = *decoded;
    }
    if (mode == Mode::Pretty)
        bytes = toUtf8(bytes, type);
    if (mode == Mode::Pretty && shown == size) {
        if (const auto pretty = prettyJson(bytes))
            bytes = *pretty;
    }
    // A cut in the middle of a character must not make text look binary.
    if (isText(bytes) || (shown < size && !bytes.contains('\0'))) {
        out.text = QString::fromUtf8(bytes);
    } else {
        out.text = hexDump(bytes);
        out.remark = tr("Not text, shown as bytes");
    }
    return out;
}

void BodyView::display(const Shown &shown)
{
    QString remark = shown.remark;
    if (m_body.cut && m_body.content)
        remark = tr("%1 Only the beginning was captured, of %2.")
                     .arg(remark, sizeText(m_body.size))
                     .trimmed();
    m_remark->setText(remark);
    m_remark->setVisible(!remark.isEmpty());
    m_text->setPlainText(shown.text);
}

void BodyView::find(bool backward)
{
    const QTextDocument::FindFlags flags
        = backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (m_find->text().isEmpty() || m_text->find(m_find->text(), flags))
        return;
    m_text->moveCursor(backward ? QTextCursor::End : QTextCursor::Start);
    m_text->find(m_find->text(), flags);
}

void BodyView::save()
{
    if (!m_body.content)
        return;
    const QString name = QFileDialog::getSaveFileName(this, tr("Save body"));
    if (name.isEmpty())
        return;
    QFile file(name);
    const auto size = static_cast<qint64>(m_body.content->size());
    if (!file.open(QIODevice::WriteOnly) || file.write(m_body.content->data(), size) != size
        || !file.flush())
        QMessageBox::warning(this, tr("Save body"),
                             tr("The body was not saved: %1").arg(file.errorString()));
}

} // namespace understudy::ui
