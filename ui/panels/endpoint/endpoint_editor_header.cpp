// SPDX-License-Identifier: GPL-3.0-or-later
// The head of an endpoint's editor: method, path (checked while it is typed), name and switch.
#include "ui/panels/endpoint/endpoint_editor.h"

#include "core/model/path_pattern.h"
#include "ui/document/runtime_controller.h"
#include "ui/document/tree_edits.h"
#include "ui/services/pending_field.h"
#include "ui/services/text.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSpinBox>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace understudy::ui {

namespace {

/// A typed or pasted segment that begins with a colon becomes a parameter.
QString withBraces(QString path)
{
    static const QRegularExpression colon(QStringLiteral("(^|/):([A-Za-z_][A-Za-z0-9_]*)"));
    if (!path.startsWith(QLatin1String("regex:")))
        path.replace(colon, QStringLiteral("\\1{\\2}"));
    return path;
}

} // namespace

QLabel *EndpointEditor::caption(const QString &text, QWidget *buddy)
{
    auto *label = new QLabel(text);
    label->setBuddy(buddy);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QWidget *EndpointEditor::makeHeader()
{
    m_method->setObjectName(QStringLiteral("methodCombo"));
    m_method->setAccessibleName(tr("Method"));
    m_method->setEditable(true);
    m_method->setInsertPolicy(QComboBox::NoInsert);
    m_method->addItems({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "ANY"});
    m_method->setFixedWidth(m_method->fontMetrics().horizontalAdvance(QStringLiteral("OPTIONS"))
                            + 52);
    m_path->setObjectName(QStringLiteral("pathEdit"));
    m_path->setAccessibleName(tr("Path"));
    m_path->setPlaceholderText(QStringLiteral("/users/{id}"));
    m_pathMessage->setObjectName(QStringLiteral("pathMessage"));
    m_pathMessage->setTextFormat(Qt::RichText);
    m_pathMessage->setWordWrap(true);
    m_pathMessage->hide();
    m_enabled->setObjectName(QStringLiteral("endpointEnabledSwitch"));
    m_enabled->setToolTip(tr("A disabled endpoint does not answer (Space in the tree)"));
    m_copyUrl->setObjectName(QStringLiteral("copyUrlButton"));
    m_copyUrl->setText(tr("&Copy URL"));
    m_copyUrl->setAccessibleName(tr("Copy URL"));
    m_copyUrl->setIcon(QIcon::fromTheme(QStringLiteral("edit-copy")));
    m_copyUrl->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_priority->setObjectName(QStringLiteral("prioritySpin"));
    m_priority->setAccessibleName(tr("Priority"));
    m_priority->setToolTip(tr("Lower goes first; 5 is the default"));
    m_priority->setRange(-1'000'000, 1'000'000);
    m_name->setObjectName(QStringLiteral("endpointNameEdit"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("Name (optional)"));
    m_descriptionToggle->setObjectName(QStringLiteral("descriptionToggle"));
    m_descriptionToggle->setText(tr("&Description"));
    m_descriptionToggle->setAccessibleName(tr("Show the description"));
    m_descriptionToggle->setCheckable(true);
    m_description->setObjectName(QStringLiteral("endpointDescriptionEdit"));
    m_description->setAccessibleName(tr("Description"));
    m_description->setPlaceholderText(tr("Description (Markdown); the tree's filter searches it"));
    m_description->setTabChangesFocus(true);
    m_description->setFixedHeight(m_description->fontMetrics().height() * 3 + 12);
    m_description->hide();

    auto *header = new QWidget;
    auto *first = new QHBoxLayout;
    first->addWidget(m_method);
    first->addWidget(m_path, 1);
    first->addWidget(m_enabled);
    first->addWidget(m_copyUrl);
    auto *second = new QHBoxLayout;
    second->addWidget(m_name, 1);
    second->addWidget(caption(tr("&Priority"), m_priority));
    second->addWidget(m_priority);
    second->addWidget(m_descriptionToggle);
    auto *layout = new QVBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    layout->addLayout(first);
    layout->addWidget(m_pathMessage);
    layout->addLayout(second);
    layout->addWidget(m_description);
    return header;
}

void EndpointEditor::connectHeader()
{
    const auto setMethod = [this] {
        std::vector<std::string> methods;
        for (const QString &word : m_method->currentText().split(',')) {
            if (!word.trimmed().isEmpty())
                methods.push_back(toStd(word.trimmed()));
        }
        if (!methods.empty() && std::all_of(methods.begin(), methods.end(), [](const auto &m) {
                return http::isToken(m);
            }))
            change(
                tr("Method"), [methods](Endpoint &e) { e.methods = methods; },
                QStringLiteral("method"));
        else
            refresh();
    };
    connect(m_method, &QComboBox::activated, this, setMethod);
    connect(m_method->lineEdit(), &QLineEdit::editingFinished, this, setMethod);
    m_path->setProperty(PendingField::kSavesAsTyped, true);
    connect(m_path, &QLineEdit::textEdited, this, &EndpointEditor::onPathEdited);
    connect(m_path, &QLineEdit::editingFinished, this, &EndpointEditor::onPathLeft);
    connect(m_pathMessage, &QLabel::linkActivated, this, [this](const QString &id) {
        Q_EMIT openRequested(ObjectRef::endpoint(m_ref.serverId, id), false);
    });
    connect(m_enabled, &QCheckBox::clicked, this, [this](bool on) {
        change(tr("Enable or disable"), [on](Endpoint &e) { e.enabled = on; }, {});
    });
    connect(m_copyUrl, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(currentUrl()); });
    connect(m_priority, &QSpinBox::valueChanged, this, [this](int value) {
        change(
            tr("Priority"), [value](Endpoint &e) { e.priority = value; },
            QStringLiteral("priority"));
    });
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString &text) {
        change(
            tr("Name"), [name = toStd(text)](Endpoint &e) { e.name = name; },
            QStringLiteral("name"));
    });
    connect(m_descriptionToggle, &QToolButton::toggled, m_description, &QWidget::setVisible);
    connect(m_description, &QPlainTextEdit::textChanged, this, [this] {
        change(
            tr("Description"),
            [text = toStd(m_description->toPlainText())](Endpoint &e) { e.description = text; },
            QStringLiteral("description"));
    });
    connect(m_mode, &QComboBox::activated, this, [this](int index) {
        change(tr("Selection"), [index](Endpoint &e) { e.select = static_cast<Selection>(index); },
               {});
    });
    connect(m_repeat, &QComboBox::activated, this, [this](int index) {
        change(tr("After the last"),
               [index](Endpoint &e) { e.repeat = static_cast<SequenceEnd>(index); }, {});
    });
}

void EndpointEditor::showHeader(const Server &, const Endpoint &e)
{
    const QSignalBlocker quiet1(m_priority);
    const QSignalBlocker quiet2(m_description);
    if (!m_method->lineEdit()->hasFocus())
        m_method->setCurrentText(toQString(methodsText(e)));
    if (const QString path = toQString(e.path); !m_path->hasFocus() && m_path->text() != path)
        m_path->setText(path);
    checkPath(m_path->text());
    m_enabled->setChecked(e.enabled);
    if (m_priority->value() != e.priority)
        m_priority->setValue(e.priority);
    if (const QString name = toQString(e.name); m_name->text() != name)
        m_name->setText(name);
    if (const QString text = toQString(e.description); m_description->toPlainText() != text)
        m_description->setPlainText(text);
    while (m_mode->count() > 3)
        m_mode->removeItem(3);
    if (e.select == Selection::Bucket)
        m_mode->addItem(tr("From a bucket (no effect yet)"));
    m_mode->setCurrentIndex(static_cast<int>(e.select));
    m_repeat->setCurrentIndex(static_cast<int>(e.repeat));
    m_repeat->setVisible(e.select == Selection::Sequence);
}

void EndpointEditor::checkPath(const QString &text)
{
    const ServerDocument *document = m_workspace.find(m_ref.serverId);
    QString message;
    QString state = QStringLiteral("valid");
    const auto pattern = parsePathPattern(toStd(withBraces(text)), document->value->base);
    if (!pattern) {
        message = toQString(pattern.error().message).toHtmlEscaped();
        state = QStringLiteral("invalid");
    } else {
        if (const auto winnerId = findShadower(*document->value, toStd(m_ref.endpointId))) {
            const Endpoint *winner = findEndpoint(*document->value, *winnerId);
            message = tr("<a href=\"%1\">%2</a> always answers before this endpoint")
                          .arg(toQString(*winnerId).toHtmlEscaped(),
                               toQString(endpointLabel(*winner)).toHtmlEscaped());
            state = QStringLiteral("shadowed");
        }
    }
    m_pathMessage->setProperty("state", state);
    m_pathMessage->setProperty("role", state == QLatin1String("invalid")
                                           ? QStringLiteral("error")
                                           : QStringLiteral("warning"));
    m_pathMessage->setText(message);
    m_pathMessage->setVisible(!message.isEmpty());
    style()->unpolish(m_pathMessage);
    style()->polish(m_pathMessage);
}

void EndpointEditor::onPathEdited(const QString &text)
{
    checkPath(text);
    // A path that is not one yet never reaches the server.
    if (m_pathMessage->property("state") != QLatin1String("invalid") && text.startsWith('/'))
        change(
            tr("Path"), [path = toStd(text)](Endpoint &e) { e.path = path; },
            QStringLiteral("path"));
    checkPath(text);
}

void EndpointEditor::onPathLeft()
{
    QString text = withBraces(m_path->text().trimmed());
    if (!text.startsWith('/') && !text.startsWith(QLatin1String("regex:")))
        text.prepend('/');
    if (text != m_path->text())
        m_path->setText(text);
    checkPath(text);
    if (m_pathMessage->property("state") != QLatin1String("invalid"))
        change(
            tr("Path"), [path = toStd(text)](Endpoint &e) { e.path = path; },
            QStringLiteral("path"));
}

QString EndpointEditor::currentUrl() const
{
    const Endpoint *e = endpoint();
    return e ? m_runtime.endpointUrl(m_ref.serverId, *e) : QString();
}

} // namespace understudy::ui
