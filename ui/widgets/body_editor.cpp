// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/body_editor.h"

#include "ui/services/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QKeyEvent>

namespace understudy::ui {

namespace {

constexpr int kErrorIndicator = 8;
constexpr int kFirstFoldMarker = QsciScintillaBase::SC_MARKNUM_FOLDEREND;
constexpr int kLastFoldMarker = QsciScintillaBase::SC_MARKNUM_FOLDEROPEN;
constexpr qsizetype kLexerLimit = 1 << 20; ///< ux.md 3.4: longer bodies open without colours
constexpr qsizetype kEditLimit = 16 << 20; ///< longer ones only with their head
constexpr qsizetype kHeadSize = 256 << 10;
constexpr int kKeptHistories = 32;

QsciLexer *makeLexer(BodyLanguage language, QObject *parent)
{
    switch (language) {
    case BodyLanguage::Json: {
        auto *lexer = new QsciLexerJSON(parent);
        lexer->setHighlightComments(false);
        return lexer;
    }
    case BodyLanguage::Xml:
        return new QsciLexerXML(parent);
    case BodyLanguage::Html:
        return new QsciLexerHTML(parent);
    case BodyLanguage::Yaml:
        return new QsciLexerYAML(parent);
    case BodyLanguage::JavaScript:
        return new QsciLexerJavaScript(parent);
    case BodyLanguage::Css:
        return new QsciLexerCSS(parent);
    case BodyLanguage::Markdown:
        return new QsciLexerMarkdown(parent);
    case BodyLanguage::Plain:
        break;
    }
    return nullptr;
}

/// What a lexer's style means, by the description it gives itself.
ColorRole roleOfStyle(const QString &description)
{
    const QString text = description.toLower();
    const auto has = [&](const char *word) { return text.contains(QLatin1String(word)); };
    if (has("comment"))
        return ColorRole::Muted;
    if (has("unclosed") || has("error") || has("unknown"))
        return ColorRole::Error;
    if (has("property") || has("key") || has("tag") || has("selector"))
        return ColorRole::Redirect;
    if (has("string") || has("value"))
        return ColorRole::Success;
    if (has("number"))
        return ColorRole::Warning;
    if (has("attribute") || has("header") || has("entity"))
        return ColorRole::Unmatched;
    return ColorRole::Text;
}

} // namespace

void applyEditorColors(QsciScintilla &editor, QsciLexer *lexer)
{
    const QPalette palette = QApplication::palette();
    const QColor base = palette.color(QPalette::Base);
    const QColor text = roleColor(ColorRole::Text, palette);
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QApplication::font().pointSizeF());
    if (lexer) {
        lexer->setDefaultFont(font);
        lexer->setDefaultColor(text);
        lexer->setDefaultPaper(base);
        for (int style = 0; style < 128; ++style) {
            const QString description = lexer->description(style);
            lexer->setFont(font, style);
            lexer->setPaper(base, style);
            lexer->setColor(
                description.isEmpty() ? text : roleColor(roleOfStyle(description), palette), style);
        }
    }
    editor.setFont(font);
    editor.setPaper(base);
    editor.setColor(text);
    editor.setCaretForegroundColor(text);
    QColor line = palette.color(QPalette::AlternateBase);
    editor.setCaretLineBackgroundColor(line);
    editor.setMarginsFont(font);
    editor.setMarginsBackgroundColor(palette.color(QPalette::AlternateBase));
    editor.setMarginsForegroundColor(roleColor(ColorRole::Muted, palette));
    editor.setFoldMarginColors(palette.color(QPalette::AlternateBase),
                               palette.color(QPalette::AlternateBase));
    editor.setSelectionBackgroundColor(palette.color(QPalette::Highlight));
    editor.setSelectionForegroundColor(palette.color(QPalette::HighlightedText));
    editor.setMatchedBraceForegroundColor(roleColor(ColorRole::Redirect, palette));
    editor.setMatchedBraceBackgroundColor(base);
    editor.setUnmatchedBraceForegroundColor(roleColor(ColorRole::Error, palette));
    editor.setUnmatchedBraceBackgroundColor(base);
    editor.setIndicatorForegroundColor(roleColor(ColorRole::Error, palette), kErrorIndicator);
    for (int marker = kFirstFoldMarker; marker <= kLastFoldMarker; ++marker) {
        editor.setMarkerForegroundColor(palette.color(QPalette::AlternateBase), marker);
        editor.setMarkerBackgroundColor(roleColor(ColorRole::Muted, palette), marker);
    }
}

BodyEditor::BodyEditor(QWidget *parent)
    : QsciScintilla(parent)
{
    setObjectName(QStringLiteral("bodyEditor"));
    setAccessibleName(tr("Body"));
    setFrameShape(QFrame::NoFrame);
    setMarginType(0, QsciScintilla::NumberMargin);
    setMarginWidth(0, QStringLiteral("0000"));
    setMarginWidth(1, 0);
    setFolding(QsciScintilla::PlainFoldStyle, 2);
    setBraceMatching(QsciScintilla::SloppyBraceMatch);
    setCaretLineVisible(true);
    setScrollWidth(1);
    setScrollWidthTracking(true);
    indicatorDefine(QsciScintilla::SquiggleIndicator, kErrorIndicator);
    releaseKeys();
    configureDocument();
    applyColors();
    connect(this, &QsciScintilla::textChanged, this, [this] {
        if (!m_isLoading)
            Q_EMIT edited();
    });
}

BodyEditor::~BodyEditor() { setLexer(nullptr); }

void BodyEditor::releaseKeys()
{
    // Commands of QScintilla on keys that are the program's (ux.md 3.4): the editor would claim
    // them first.
    const auto key = [](QKeyCombination combination) { return combination.toCombined(); };
    const QList<int> taken{key(Qt::CTRL | Qt::Key_D),
                           key(Qt::CTRL | Qt::Key_L),
                           key(Qt::CTRL | Qt::Key_T),
                           key(Qt::CTRL | Qt::SHIFT | Qt::Key_L),
                           key(Qt::CTRL | Qt::SHIFT | Qt::Key_T),
                           key(Qt::CTRL | Qt::SHIFT | Qt::Key_Delete),
                           key(Qt::CTRL | Qt::Key_Slash),
                           key(Qt::CTRL | Qt::Key_Plus),
                           key(Qt::CTRL | Qt::Key_Minus),
                           key(Qt::CTRL | Qt::Key_Return)};
    for (QsciCommand *command : standardCommands()->commands()) {
        if (taken.contains(command->key()))
            command->setKey(0);
        if (taken.contains(command->alternateKey()))
            command->setAlternateKey(0);
        if (command->command() == QsciCommand::Redo) {
            command->setKey(key(Qt::CTRL | Qt::Key_Y));
            command->setAlternateKey(key(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
        }
    }
}

void BodyEditor::configureDocument()
{
    // These belong to the Scintilla document, not to the view.
    setUtf8(true);
    setIndentationsUseTabs(false);
    setIndentationWidth(2);
    setTabWidth(4);
    setAutoIndent(true);
}

void BodyEditor::showBody(const QString &key, const QByteArray &text)
{
    if (key == m_key && !m_isHeadOnly && bytes() == text)
        return;
    m_isLoading = true;
    const bool isKnown = m_documents.contains(key);
    setReadOnly(false);
    if (isKnown && key != m_key) {
        setDocument(m_documents.value(key));
        // QScintilla keeps a document that is not shown alive by a reference of its own, adds one
        // more each time it is put aside, and lets go of one only.
        SendScintilla(SCI_RELEASEDOCUMENT, 0UL, SendScintillaPtrResult(SCI_GETDOCPOINTER));
        configureDocument();
    }
    m_isHeadOnly = text.size() > kEditLimit;
    if (!isKnown || m_isHeadOnly || bytes() != text) {
        // Another text than the history is about: it begins anew.
        const QsciDocument fresh;
        setDocument(fresh);
        m_documents.insert(key, fresh);
        configureDocument();
        const QByteArray shown = m_isHeadOnly ? text.left(kHeadSize) : text;
        setEolMode(shown.contains("\r\n") ? QsciScintilla::EolWindows : QsciScintilla::EolUnix);
        SendScintilla(SCI_SETTEXT, shown.constData());
        SendScintilla(SCI_EMPTYUNDOBUFFER);
        setReadOnly(m_isHeadOnly);
    }
    m_key = key;
    m_recent.removeAll(key);
    m_recent << key;
    while (m_recent.size() > kKeptHistories)
        m_documents.remove(m_recent.takeFirst());
    if (text.size() > kLexerLimit)
        setLexer(nullptr);
    else
        setLexer(m_lexer);
    applyColors();
    setMarginWidth(0, QString(std::max<qsizetype>(3, QString::number(lines()).size()) + 1, '0'));
    clearError();
    m_isLoading = false;
}

QByteArray BodyEditor::bytes() const
{
    const auto size = static_cast<qsizetype>(SendScintilla(SCI_GETLENGTH));
    const auto *data = static_cast<const char *>(SendScintillaPtrResult(SCI_GETCHARACTERPOINTER));
    return {data, size};
}

void BodyEditor::replaceAllText(const QByteArray &text)
{
    if (bytes() == text)
        return;
    int line = 0;
    int column = 0;
    getCursorPosition(&line, &column);
    beginUndoAction();
    SendScintilla(SCI_SETTEXT, text.constData());
    endUndoAction();
    setCursorPosition(std::min(line, lines() - 1), 0);
}

void BodyEditor::setLanguage(BodyLanguage language)
{
    if (language == m_language && (m_lexer || language == BodyLanguage::Plain))
        return;
    m_language = language;
    QsciLexer *old = m_lexer;
    m_lexer = makeLexer(language, this);
    setLexer(length() > kLexerLimit ? nullptr : m_lexer);
    delete old;
    applyColors();
}

void BodyEditor::markError(const JsonCheck &check)
{
    clearError();
    const int line = check.line - 1;
    if (line < 0 || line >= lines())
        return;
    const int size = lineLength(line);
    int from = std::min(check.column - 1, std::max(0, size - 1));
    const int to = std::max(from + 1, size > 0 && text(line).endsWith('\n') ? size - 1 : size);
    if (from == to)
        from = std::max(0, to - 1);
    fillIndicatorRange(line, from, line, to, kErrorIndicator);
}

void BodyEditor::clearError()
{
    SendScintilla(SCI_SETINDICATORCURRENT, kErrorIndicator);
    SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, SendScintilla(SCI_GETLENGTH));
}

void BodyEditor::goTo(int line, int column)
{
    if (line < 1)
        return;
    setCursorPosition(line - 1, std::max(0, column - 1));
    ensureLineVisible(line - 1);
    setFocus();
}

void BodyEditor::applyColors() { applyEditorColors(*this, lexer()); }

bool BodyEditor::find(const QString &text, bool forward)
{
    if (text.isEmpty())
        return false;
    int line = -1;
    int index = -1;
    if (!forward) {
        int lineTo = 0;
        int indexTo = 0;
        getSelection(&line, &index, &lineTo, &indexTo);
    }
    return findFirst(text, false, false, false, true, forward, line, index);
}

bool BodyEditor::event(QEvent *event)
{
    if (event->type() == QEvent::KeyPress && m_list && m_list->isVisible()) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool isOfList = key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab
                              || key == Qt::Key_Backtab || key == Qt::Key_Escape;
        if (isOfList) {
            event->ignore();
            return false;
        }
    }
    // Without a history here the keys are not claimed: they mean the workspace then.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((key->matches(QKeySequence::Undo) && !isUndoAvailable())
            || (key->matches(QKeySequence::Redo) && !isRedoAvailable())) {
            event->ignore();
            return true;
        }
    }
    return QsciScintilla::event(event);
}

void BodyEditor::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange)
        applyColors();
}

} // namespace understudy::ui
