// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/endpoint/preview_pane.h"

#include "core/base/text.h"
#include "core/http/status.h"
#include "ui/services/text.h"
#include "ui/widgets/tool_button.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include <algorithm>
#include <utility>

namespace understudy::ui {

namespace {

constexpr std::size_t kShownBytes = 64U << 10U;

QString shownBody(const Preview &preview)
{
    if (!preview.file.empty())
        return QCoreApplication::translate("PreviewPane", "The file %1 is sent as it is.")
            .arg(toQString(preview.file));
    if (!text::isUtf8(preview.body))
        return QCoreApplication::translate("PreviewPane", "This is no text.");
    return toQString(text::shortened(preview.body, kShownBytes));
}

QString contentTypeOf(const Preview &preview)
{
    static const QRegularExpression line(QStringLiteral("^content-type:\\s*([^;\\r\\n]*)"),
                                         QRegularExpression::CaseInsensitiveOption
                                             | QRegularExpression::MultilineOption);
    return line.match(toQString(preview.head)).captured(1).trimmed();
}

} // namespace

PreviewPane::PreviewPane(QWidget *parent)
    : QWidget(parent)
    , m_request(new QLineEdit)
    , m_last(makeTextButton(QStringLiteral("previewLastButton"), "go-bottom", tr("Last request")))
    , m_status(new QLabel)
    , m_body(new QPlainTextEdit)
{
    setObjectName(QStringLiteral("previewPane"));
    m_request->setObjectName(QStringLiteral("previewRequestEdit"));
    m_request->setAccessibleName(tr("Request of the preview"));
    m_request->setToolTip(tr("The request that is answered here: method and target"));
    m_request->setMinimumWidth(m_request->fontMetrics().averageCharWidth() * 14);
    m_last->setToolTip(tr("Take the newest request that this endpoint has answered, with its "
                          "headers and its body"));
    m_status->setObjectName(QStringLiteral("previewStatus"));
    m_status->setAccessibleName(tr("Status of the preview"));
    m_status->setMinimumWidth(1);
    m_body->setObjectName(QStringLiteral("previewBody"));
    m_body->setAccessibleName(tr("Preview of the body"));
    m_body->setReadOnly(true);
    m_body->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_body->setTabChangesFocus(true);
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QWidget::font().pointSizeF());
    m_body->setFont(font);
    m_body->setMinimumHeight(m_body->fontMetrics().height() * 2);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_request, 1);
    row->addWidget(m_last);
    row->addWidget(m_status, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_body, 1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(300);
    connect(&m_timer, &QTimer::timeout, this, &PreviewPane::refresh);
    connect(m_request, &QLineEdit::textEdited, this, [this] {
        m_isTyped = true;
        m_taken.reset(); // another request has other headers and no body
        m_timer.start();
    });
    connect(m_last, &QToolButton::clicked, this, &PreviewPane::takeLast);
    connect(&m_preview, &QFutureWatcher<Result<Preview>>::finished, this, [this] {
        if (std::exchange(m_isStale, false))
            refresh();
        else if (m_preview.future().resultCount() > 0) // none: it was taken back
            show(m_preview.result());
    });
}

void PreviewPane::setSource(std::function<std::optional<PreviewSource>()> source,
                            std::function<std::shared_ptr<const Exchange>()> last)
{
    m_source = std::move(source);
    m_lastRequest = std::move(last);
}

void PreviewPane::setObject(const QString &key)
{
    if (key == m_object)
        return;
    m_object = key;
    m_isTyped = false;
    m_taken.reset();
}

void PreviewPane::refreshSoon()
{
    if (isVisible())
        m_timer.start();
}

void PreviewPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void PreviewPane::takeLast()
{
    auto last = m_lastRequest ? m_lastRequest() : nullptr;
    if (!last) {
        say(tr("this endpoint has not answered a request yet"), QStringLiteral("muted"));
        return;
    }
    m_taken = std::move(last);
    m_isTyped = true;
    m_request->setText(toQString(m_taken->request.method()) + u' '
                       + toQString(m_taken->request.target()));
    refresh();
}

/// Nothing where what is typed is none.
std::optional<http::Request> PreviewPane::request() const
{
    static const QRegularExpression line(
        QStringLiteral(R"(^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+)\s*$)"));
    const auto found = line.match(m_request->text());
    const QString target = found.captured(2);
    if (!found.hasMatch()
        || std::any_of(target.begin(), target.end(), [](QChar c) { return c.unicode() > 0x7E; }))
        return std::nullopt;
    http::HeaderList headers;
    http::Request out;
    if (m_taken) {
        for (std::size_t i = 0; i < m_taken->request.headerCount(); ++i) {
            const http::HeaderView field = m_taken->request.header(i);
            headers.push_back({std::string(field.name), std::string(field.value)});
        }
        if (m_taken->requestBody.content) {
            out.body = *m_taken->requestBody.content;
            out.hasBody = true;
        }
    } else {
        headers = {{"Host", "127.0.0.1"}, {"Accept", "*/*"}};
    }
    out.head = http::RequestHead(toStd(found.captured(1)), toStd(target), headers);
    return out;
}

void PreviewPane::refresh()
{
    if (m_preview.isRunning()) {
        m_isStale = true; // one at a time, and then the last
        return;
    }
    const auto source = m_source && isVisible() ? m_source() : std::nullopt;
    if (!source)
        return;
    if (!m_isTyped)
        m_request->setText(source->sample);
    const auto asked = request();
    if (!asked) {
        m_preview.setFuture({});
        m_body->clear();
        say(tr("Write it as GET /path?query=1"), QStringLiteral("error"));
        return;
    }
    m_preview.setFuture(QtConcurrent::run([source = *source, request = *asked] {
        return previewResponse(*source.server, source.endpointId, source.responseId, request,
                               source.options, source.now);
    }));
}

void PreviewPane::say(const QString &text, const QString &role)
{
    m_status->setText(text);
    m_status->setToolTip(text);
    m_status->setProperty("role", role);
    style()->unpolish(m_status);
    style()->polish(m_status);
}

void PreviewPane::show(const Result<Preview> &preview)
{
    if (!preview) {
        m_body->clear();
        say(toQString(preview.error().message), QStringLiteral("error"));
        return;
    }
    const QString body = shownBody(*preview);
    if (m_body->toPlainText() != body)
        m_body->setPlainText(body);
    if (!preview->error.empty()) {
        say(toQString(preview->error), QStringLiteral("error"));
        return;
    }
    QStringList facts{QString::number(preview->status) + u' '
                      + toQString(http::reasonPhrase(preview->status))};
    if (const QString type = contentTypeOf(*preview); !type.isEmpty())
        facts << type;
    if (preview->file.empty())
        facts << QLocale().formattedDataSize(static_cast<qint64>(preview->body.size()));
    if (m_taken)
        facts << tr("headers and body of the request");
    say(facts.join(QStringLiteral(" · ")), QStringLiteral("muted"));
}

} // namespace understudy::ui
