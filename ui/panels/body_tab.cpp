// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/body_tab.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "ui/services/text.h"
#include "ui/widgets/find_bar.h"

#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMimeDatabase>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtConcurrent>

namespace understudy::ui {

namespace {

enum Page { TextPage, FilePage, BinaryPage, NotePage };

std::optional<JsonValue> parseJson(const QByteArray &text)
{
    auto value = JsonValue::parse({text.constData(), static_cast<std::size_t>(text.size())});
    return value ? std::optional(*std::move(value)) : std::nullopt;
}

/// As it stands in the editor, with two-space indents.
QByteArray textOf(const Body &body)
{
    if (body.kind == Body::Kind::Json)
        return QByteArray::fromStdString(writeJson(body.json, 2) + '\n');
    if (body.kind == Body::Kind::Text)
        return QByteArray::fromStdString(body.content);
    return {};
}

QString contentTypeOf(const ResponseView &view)
{
    const http::HeaderField *field = http::findHeader(view.response.headers, "Content-Type");
    if (!field)
        field = http::findHeader(view.server.headers, "Content-Type");
    return field ? toQString(field->value) : QString();
}

} // namespace

BodyTab::BodyTab(QWidget *parent)
    : ResponseTab(parent)
    , m_kind(new QComboBox)
    , m_language(new QComboBox)
    , m_format(new QToolButton)
    , m_stack(new QStackedWidget)
    , m_editor(new BodyEditor)
    , m_findBar(new FindBar(*m_editor))
    , m_chip(new QLabel)
    , m_position(new QLabel)
    , m_file(new QLineEdit)
    , m_fileInfo(new QLabel)
    , m_fileMessage(new QLabel)
    , m_binaryInfo(new QLabel)
{
    setObjectName(QStringLiteral("bodyTab"));
    m_kind->setObjectName(QStringLiteral("bodyKindCombo"));
    m_kind->setAccessibleName(tr("Kind of body"));
    m_kind->addItem(tr("Text"), static_cast<int>(Body::Kind::Text));
    m_kind->addItem(tr("JSON value"), static_cast<int>(Body::Kind::Json));
    m_kind->addItem(tr("File"), static_cast<int>(Body::Kind::File));
    m_kind->addItem(tr("Binary"), static_cast<int>(Body::Kind::Base64));
    m_kind->addItem(tr("Empty"), static_cast<int>(Body::Kind::None));
    m_language->setObjectName(QStringLiteral("bodyLanguageCombo"));
    m_language->setAccessibleName(tr("Language of the text"));
    m_language->addItems({tr("JSON"), tr("XML"), tr("HTML"), tr("YAML"), tr("JavaScript"),
                          tr("CSS"), tr("Markdown"), tr("Plain text")});
    m_format->setObjectName(QStringLiteral("formatBodyButton"));
    m_format->setText(tr("Format"));
    m_format->setToolTip(tr("Indent the body anew (Ctrl+Shift+I)"));
    m_format->setAccessibleName(tr("Format body"));
    m_format->setIcon(QIcon::fromTheme(QStringLiteral("format-indent-more")));
    m_format->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_format->setAutoRaise(true);
    m_chip->setObjectName(QStringLiteral("bodyStatusChip"));
    m_chip->setAccessibleName(tr("Check of the body"));
    m_position->setObjectName(QStringLiteral("bodyPositionLabel"));
    m_position->setForegroundRole(QPalette::PlaceholderText);

    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_kind);
    row->addWidget(m_language);
    row->addStretch();
    row->addWidget(m_chip);
    row->addWidget(m_position);
    row->addWidget(m_format);
    m_stack->addWidget(makeTextPage());
    m_stack->addWidget(makeFilePage());
    m_stack->addWidget(makeBinaryPage());
    auto *note = new QLabel(tr("No body"));
    note->setObjectName(QStringLiteral("bodyNote"));
    note->setAlignment(Qt::AlignCenter);
    note->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(note);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->setSpacing(5);
    layout->addLayout(row);
    layout->addWidget(m_stack);

    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(300);
    m_editor->installEventFilter(this);
    // The file may come and go.
    m_fileTimer.setInterval(1000);
    connect(&m_fileTimer, &QTimer::timeout, this, [this] {
        if (m_file->isVisible())
            showFileInfo();
    });
    m_fileTimer.start();
    connect(m_kind, &QComboBox::activated, this, &BodyTab::changeKind);
    connect(m_language, &QComboBox::activated, this, [this](int index) {
        m_isLanguageChosen = true;
        m_editor->setLanguage(static_cast<BodyLanguage>(index));
        startCheck();
    });
    connect(m_format, &QToolButton::clicked, this, &BodyTab::format);
    connect(m_editor, &BodyEditor::edited, this, &BodyTab::onEdited);
    connect(m_editor, &QsciScintilla::cursorPositionChanged, this, [this](int line, int column) {
        m_position->setText(tr("Ln %1, Col %2").arg(line + 1).arg(column + 1));
    });
    connect(&m_checkTimer, &QTimer::timeout, this, &BodyTab::startCheck);
    connect(&m_check, &QFutureWatcher<JsonCheck>::finished, this,
            [this] { showCheck(m_check.result()); });
}

QWidget *BodyTab::makeTextPage()
{
    auto *page = new QFrame;
    page->setFrameShape(QFrame::StyledPanel);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_editor);
    layout->addWidget(m_findBar);
    return page;
}

QWidget *BodyTab::makeFilePage()
{
    auto *page = new QWidget;
    m_file->setObjectName(QStringLiteral("bodyFileEdit"));
    m_file->setPlaceholderText(tr("Path relative to the mock file, e.g. bodies/users.json"));
    m_file->setAccessibleName(tr("Body file"));
    m_fileInfo->setObjectName(QStringLiteral("bodyFileInfo"));
    m_fileInfo->setForegroundRole(QPalette::PlaceholderText);
    m_fileMessage->setObjectName(QStringLiteral("bodyFileMessage"));
    m_fileMessage->setProperty("role", QStringLiteral("error"));
    auto *browse = new QPushButton(tr("Browse…"));
    browse->setObjectName(QStringLiteral("bodyFileBrowseButton"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_file);
    row->addWidget(browse);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_fileInfo);
    layout->addWidget(m_fileMessage);
    layout->addStretch();
    connect(browse, &QPushButton::clicked, this, [this] {
        const QString file = QFileDialog::getOpenFileName(this, tr("Body file"), m_folder);
        if (!file.isEmpty()) {
            m_file->setText(QDir(m_folder).relativeFilePath(file));
            Q_EMIT m_file->editingFinished();
        }
    });
    connect(m_file, &QLineEdit::editingFinished, this, [this] {
        const std::string path = toStd(m_file->text().trimmed());
        if (path != m_body.content)
            Q_EMIT changeRequested(
                tr("Body file"), [path](Response &r) { r.body.content = path; },
                QStringLiteral("bodyFile"));
    });
    return page;
}

QWidget *BodyTab::makeBinaryPage()
{
    auto *page = new QWidget;
    m_binaryInfo->setObjectName(QStringLiteral("bodyBinaryInfo"));
    m_binaryInfo->setAlignment(Qt::AlignCenter);
    auto *load = new QPushButton(tr("Load from File…"));
    load->setObjectName(QStringLiteral("bodyBinaryLoadButton"));
    auto *layout = new QVBoxLayout(page);
    layout->addStretch();
    layout->addWidget(m_binaryInfo);
    layout->addWidget(load, 0, Qt::AlignHCenter);
    layout->addStretch();
    connect(load, &QPushButton::clicked, this, [this] {
        const QString name = QFileDialog::getOpenFileName(this, tr("Binary body"), m_folder);
        QFile file(name);
        if (name.isEmpty())
            return;
        if (!file.open(QIODevice::ReadOnly) || file.size() > (64 << 20)) {
            m_binaryInfo->setText(tr("%1 cannot be read, or is larger than 64 MB").arg(name));
            return;
        }
        const std::string content = text::encodeBase64(file.readAll().toStdString());
        Q_EMIT changeRequested(tr("Load binary body"),
                               [content](Response &r) { r.body.content = content; }, {});
    });
    return page;
}

QString BodyTab::title() const { return tr("&Body"); }

void BodyTab::setKind(Body::Kind kind)
{
    // Kinds that this version does not edit are shown by name while a response has one.
    while (m_kind->count() > 5)
        m_kind->removeItem(5);
    // A way back is kept as well.
    if (kind == Body::Kind::Bucket || m_kept.last(Body::Kind::Bucket))
        m_kind->addItem(tr("Bucket"), static_cast<int>(Body::Kind::Bucket));
    if (kind == Body::Kind::Script || m_kept.last(Body::Kind::Script))
        m_kind->addItem(tr("Script"), static_cast<int>(Body::Kind::Script));
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kind)));
    const bool isText = kind == Body::Kind::Text || kind == Body::Kind::Json;
    m_language->setVisible(kind == Body::Kind::Text);
    m_format->setVisible(isText);
    m_chip->setVisible(isText);
    m_position->setVisible(isText);
    m_stack->setCurrentIndex(isText                       ? TextPage
                             : kind == Body::Kind::File   ? FilePage
                             : kind == Body::Kind::Base64 ? BinaryPage
                                                          : NotePage);
    if (auto *note = findChild<QLabel *>(QStringLiteral("bodyNote"))) {
        note->setText(kind == Body::Kind::None
                          ? tr("No body")
                          : tr("“%1” is kept in the file; it has no effect yet")
                                .arg(toQString(m_body.content)));
    }
}

void BodyTab::showResponse(const ResponseView &view)
{
    const bool isOther = view.key != m_key;
    const QString contentType = contentTypeOf(view);
    const bool isSameBody = !isOther && view.response.body == m_body;
    m_kept.setObject(view.key);
    m_entered.setObject(view.key);
    if (isOther || contentType != m_contentType)
        m_isLanguageChosen = false;
    m_key = view.key;
    m_folder = view.folder;
    m_contentType = contentType;
    m_isTemplate = view.response.isTemplate;
    m_body = view.response.body;
    if (!isSameBody)
        m_wantsJson = m_body.kind == Body::Kind::Json;
    setKind(m_wantsJson ? Body::Kind::Json : m_body.kind);
    switch (m_body.kind) {
    case Body::Kind::Text:
    case Body::Kind::Json: {
        const QByteArray text = textOf(m_body);
        // While a value is typed the editor's own layout of the same JSON stays.
        const auto shown = isOther || m_body.kind != Body::Kind::Json
                               ? std::nullopt
                               : parseJson(m_editor->bytes());
        if (!shown || !(*shown == m_body.json))
            m_editor->showBody(m_key, text);
        if (!m_isLanguageChosen) {
            const BodyLanguage language = m_body.kind == Body::Kind::Json
                                              ? BodyLanguage::Json
                                              : languageFor(m_contentType, text);
            m_editor->setLanguage(language);
            m_language->setCurrentIndex(static_cast<int>(language));
        }
        if (isOther || !isSameBody)
            isOther ? startCheck() : m_checkTimer.start();
        break;
    }
    case Body::Kind::File: {
        if (!m_file->hasFocus())
            m_file->setText(toQString(m_body.content));
        showFileInfo();
        break;
    }
    case Body::Kind::Base64: {
        const auto bytes = text::decodeBase64(m_body.content);
        m_binaryInfo->setText(
            bytes ? tr("%1, kept as base64 in the mock file")
                        .arg(QLocale().formattedDataSize(static_cast<qint64>(bytes->size())))
                  : tr("This is not base64"));
        break;
    }
    default:
        break;
    }
}

void BodyTab::changeKind(int index)
{
    const auto kind = static_cast<Body::Kind>(m_kind->itemData(index).toInt());
    const Body::Kind before = shownKind();
    if (kind == before)
        return;
    const auto kept = m_kept.last(kind);
    const auto entered = m_entered.last(before);
    // What was edited goes over into the other kind where it can; else that one has its own back.
    const bool isEdited = !entered || !(*entered == m_body);
    std::optional<Body> body;
    if (!kept || isEdited)
        body = converted(kind);
    if (!body)
        body = kept;
    if (!body && kind == Body::Kind::Json) {
        const bool hasText = m_body.kind == Body::Kind::Text && !m_body.content.empty();
        if (hasText && !m_editor->bytes().trimmed().isEmpty()) {
            // The text has to be JSON first.
            setKind(before);
            goToProblem();
            return;
        }
        body = Body::ofJson(JsonObject());
    }
    if (!body) {
        body.emplace();
        body->kind = kind;
    }
    m_kept.keep(before, m_body);
    m_entered.keep(kind, *body);
    m_wantsJson = kind == Body::Kind::Json;
    m_body = *body;
    setKind(kind);
    m_checkTimer.start();
    Q_EMIT changeRequested(tr("Kind of body"), [body = *body](Response &r) { r.body = body; }, {});
}

std::optional<Body> BodyTab::converted(Body::Kind kind) const
{
    const bool isText = m_body.kind == Body::Kind::Text || m_body.kind == Body::Kind::Json;
    const QByteArray text = !isText                  ? QByteArray()
                            : m_editor->isHeadOnly() ? textOf(m_body)
                                                     : m_editor->bytes();
    if (kind == Body::Kind::Text && isText)
        return Body::text(text.toStdString());
    if (kind == Body::Kind::Text && m_body.kind == Body::Kind::Base64) {
        const auto bytes = text::decodeBase64(m_body.content);
        return bytes && text::isUtf8(*bytes) ? std::optional(Body::text(*bytes)) : std::nullopt;
    }
    if (kind == Body::Kind::Json && isText) {
        const auto value = parseJson(text);
        return value ? std::optional(Body::ofJson(*value)) : std::nullopt;
    }
    if (kind == Body::Kind::Base64 && isText) {
        Body body;
        body.kind = kind;
        body.content = text::encodeBase64(text.toStdString());
        return body;
    }
    return std::nullopt;
}

void BodyTab::onEdited()
{
    const QByteArray bytes = m_editor->bytes();
    Body body = m_body;
    if (m_body.kind == Body::Kind::Json
        || m_kind->currentData().toInt() == static_cast<int>(Body::Kind::Json)) {
        // What is not JSON while it is typed is kept, and served, as text; nothing typed is ever
        // lost.
        if (auto value = parseJson(bytes))
            body = Body::ofJson(std::move(*value));
        else
            body = Body::text(bytes.toStdString());
    } else {
        body.content = bytes.toStdString();
    }
    m_body = body;
    setChip(QStringLiteral("checking"), tr("checking…"));
    m_checkTimer.start();
    Q_EMIT changeRequested(
        tr("Edit body"), [body](Response &r) { r.body = body; }, QStringLiteral("body"), true);
}

void BodyTab::startCheck()
{
    const bool isJson
        = m_body.kind == Body::Kind::Json || m_editor->language() == BodyLanguage::Json;
    if (!isJson || m_editor->isHeadOnly()) {
        m_lastCheck = {};
        m_editor->clearError();
        setChip(QStringLiteral("none"), m_editor->isHeadOnly()
                                            ? tr("too long to edit: only the beginning is shown")
                                            : QString());
        return;
    }
    const QByteArray text = m_editor->bytes();
    if (text.trimmed().isEmpty()) {
        m_lastCheck = {};
        m_editor->clearError();
        setChip(QStringLiteral("empty"), tr("empty"));
        return;
    }
    m_check.setFuture(QtConcurrent::run(
        [text, isTemplate = m_isTemplate] { return checkJson(text, isTemplate); }));
}

void BodyTab::showCheck(const JsonCheck &check)
{
    m_lastCheck = check;
    if (check.isValid) {
        m_editor->clearError();
        setChip(QStringLiteral("valid"), tr("✓ valid"));
        return;
    }
    m_editor->markError(check);
    setChip(QStringLiteral("invalid"),
            tr("✗ Ln %1, Col %2: %3").arg(check.line).arg(check.column).arg(check.message));
}

void BodyTab::setChip(const QString &state, const QString &text)
{
    m_chip->setText(text);
    m_chip->setProperty("state", state);
    m_chip->setProperty("role", state == QLatin1String("valid")     ? QStringLiteral("success")
                                : state == QLatin1String("invalid") ? QStringLiteral("error")
                                                                    : QStringLiteral("muted"));
    m_chip->setToolTip(state == QLatin1String("invalid")
                           ? tr("Served as it is. F8 goes to the error.")
                           : QString());
    style()->unpolish(m_chip);
    style()->polish(m_chip);
}

void BodyTab::showFileInfo()
{
    const QString path = QDir(m_folder).absoluteFilePath(toQString(m_body.content));
    const QFileInfo info(path);
    const QString canonicalFolder = QFileInfo(m_folder).canonicalFilePath();
    QString message;
    QString state = QStringLiteral("valid");
    if (m_body.content.empty()) {
        message = tr("Name the file that is sent");
        state = QStringLiteral("empty");
    } else if (!info.isFile()) {
        message = tr("File not found");
        state = QStringLiteral("missing");
    } else if (!info.canonicalFilePath().startsWith(canonicalFolder + '/')) {
        message = tr("Outside of the workspace");
        state = QStringLiteral("outside");
    }
    m_fileMessage->setText(message);
    m_fileMessage->setProperty("state", state);
    m_fileInfo->setText(info.isFile()
                            ? QMimeDatabase().mimeTypeForFile(info).name() + QStringLiteral(", ")
                                  + QLocale().formattedDataSize(info.size())
                            : QString());
}

void BodyTab::showEvent(QShowEvent *event)
{
    ResponseTab::showEvent(event);
    if (m_body.kind == Body::Kind::File)
        showFileInfo();
}

bool BodyTab::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_editor && event->type() == QEvent::FocusOut)
        Q_EMIT left();
    return ResponseTab::eventFilter(watched, event);
}

void BodyTab::focusBody(int line, int column)
{
    if (m_stack->currentIndex() != TextPage)
        return;
    if (line > 0)
        m_editor->goTo(line, column);
    else
        m_editor->setFocus();
}

void BodyTab::openFind()
{
    if (m_stack->currentIndex() == TextPage)
        m_findBar->open();
}

void BodyTab::format()
{
    if (m_stack->currentIndex() != TextPage || m_editor->isHeadOnly())
        return;
    if (m_editor->language() != BodyLanguage::Json)
        return;
    const QByteArray text = m_editor->bytes();
    const JsonCheck check = checkJson(text, m_isTemplate);
    if (!check.isValid) {
        showCheck(check);
        m_editor->goTo(check.line, check.column);
        return;
    }
    m_editor->replaceAllText(formatJson(text, m_isTemplate));
}

void BodyTab::goToProblem()
{
    if (m_stack->currentIndex() != TextPage)
        return;
    const JsonCheck check = m_editor->language() == BodyLanguage::Json
                                ? checkJson(m_editor->bytes(), m_isTemplate)
                                : JsonCheck{};
    if (!check.isValid)
        m_editor->goTo(check.line, check.column);
}

} // namespace understudy::ui
