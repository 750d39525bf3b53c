// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/endpoint/body_tab.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "ui/panels/endpoint/body_file_page.h"
#include "ui/services/template_check.h"
#include "ui/services/text.h"
#include "ui/widgets/find_bar.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QStyle>
#include <QToolButton>
#include <QtConcurrent>

namespace understudy::ui {

namespace {

enum Page { TextPage, FilePage, BinaryPage, BucketPage, NotePage };

std::optional<JsonValue> parseJson(const QByteArray &text)
{
    auto value = JsonValue::parse({text.constData(), static_cast<std::size_t>(text.size())});
    return value ? std::optional(*std::move(value)) : std::nullopt;
}

/// What is wrong with a text as a template, or as JSON. Called in workers.
JsonCheck checkBody(const QByteArray &text, bool isJson, bool isTemplate, Dialect dialect)
{
    const JsonCheck check = isTemplate ? checkTemplate(text, dialect) : JsonCheck();
    return check.isValid && isJson ? checkJson(text, isTemplate) : check;
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

/// "scripts/get-users.js"
QString scriptNameFor(const ResponseView &view)
{
    QString name = view.ref.endpointId;
    name.replace(QRegularExpression(QStringLiteral("[^A-Za-z0-9_-]+")), QStringLiteral("-"));
    return QStringLiteral("scripts/%1.js").arg(name.isEmpty() ? QStringLiteral("answer") : name);
}

} // namespace

QString BodyTab::title() const { return tr("&Body"); }

void BodyTab::setKind(Body::Kind kind)
{
    // A bucket can be chosen where the server has one, and where the response has; a way back is
    // kept as well.
    const bool hasBuckets
        = m_bucket->count() > 0 || kind == Body::Kind::Bucket || m_kept.last(Body::Kind::Bucket);
    const int place = m_kind->findData(static_cast<int>(Body::Kind::Bucket));
    if (hasBuckets && place < 0)
        m_kind->insertItem(m_kind->count() - 2, tr("Bucket"), static_cast<int>(Body::Kind::Bucket));
    else if (!hasBuckets && place >= 0)
        m_kind->removeItem(place);
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(kind)));
    const bool isText = kind == Body::Kind::Text || kind == Body::Kind::Json;
    m_language->setVisible(kind == Body::Kind::Text);
    m_template->setVisible(isText || kind == Body::Kind::File);
    updatePreview();
    m_format->setVisible(isText);
    m_chip->setVisible(isText);
    m_position->setVisible(isText);
    const bool isFile = kind == Body::Kind::File || kind == Body::Kind::Script;
    m_stack->setCurrentIndex(isText                       ? TextPage
                             : isFile                     ? FilePage
                             : kind == Body::Kind::Base64 ? BinaryPage
                             : kind == Body::Kind::Bucket ? BucketPage
                                                          : NotePage);
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
    const bool isOtherTemplate
        = m_isTemplate != view.response.isTemplate || m_dialect != view.response.dialect;
    m_isTemplate = view.response.isTemplate;
    m_dialect = view.response.dialect;
    showTemplate(view);
    m_body = view.response.body;
    if (!isSameBody)
        m_wantsJson = m_body.kind == Body::Kind::Json;
    showBuckets(view.server);
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
        if (isOther || !isSameBody || isOtherTemplate)
            isOther ? startCheck() : m_checkTimer.start();
        break;
    }
    case Body::Kind::File:
    case Body::Kind::Script:
        m_filePage->showBody(m_body, m_folder, scriptNameFor(view), isOther);
        break;
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
        if (kind == Body::Kind::Bucket && m_bucket->count() > 0)
            body->content = toStd(m_bucket->itemText(0));
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

bool BodyTab::isMeantAsJson() const
{
    return m_body.kind == Body::Kind::Json || m_editor->language() == BodyLanguage::Json;
}

void BodyTab::startCheck()
{
    const bool isJson = isMeantAsJson();
    showTemplateHint();
    if ((!isJson && !m_isTemplate) || m_editor->isHeadOnly()) {
        m_check.setFuture({}); // one that is under way says nothing any more
        m_editor->clearError();
        setChip(QStringLiteral("none"), m_editor->isHeadOnly()
                                            ? tr("too long to edit: only the beginning is shown")
                                            : QString());
        return;
    }
    const QByteArray text = m_editor->bytes();
    if (text.trimmed().isEmpty()) {
        m_check.setFuture({});
        m_editor->clearError();
        setChip(QStringLiteral("empty"), tr("empty"));
        return;
    }
    m_check.setFuture(
        QtConcurrent::run([text, isJson, isTemplate = m_isTemplate, dialect = m_dialect] {
            return checkBody(text, isJson, isTemplate, dialect);
        }));
}

void BodyTab::showCheck(const JsonCheck &check)
{
    if (check.isValid) {
        m_editor->clearError();
        setChip(QStringLiteral("valid"),
                check.isKnown ? tr("✓ valid") : tr("✓ template, JSON not checked"));
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
                           ? text + u'\n'
                                 + (m_isTemplate ? tr("F8 goes to the error.")
                                                 : tr("Served as it is. F8 goes to the error."))
                           : QString());
    style()->unpolish(m_chip);
    style()->polish(m_chip);
}

/// The server's, and one that it does not have any more.
void BodyTab::showBuckets(const Server &server)
{
    QStringList names;
    for (const Bucket &bucket : server.buckets)
        names.append(toQString(bucket.name));
    const QString own = m_body.kind == Body::Kind::Bucket ? toQString(m_body.content) : QString();
    if (!own.isEmpty() && !names.contains(own))
        names.append(own);
    m_bucket->clear();
    m_bucket->addItems(names);
    m_bucket->setCurrentIndex(static_cast<int>(names.indexOf(own)));
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
    const JsonCheck check = checkBody(m_editor->bytes(), isMeantAsJson(), m_isTemplate, m_dialect);
    if (!check.isValid)
        m_editor->goTo(check.line, check.column);
}

} // namespace understudy::ui
