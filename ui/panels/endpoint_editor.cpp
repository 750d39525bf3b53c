// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/endpoint_editor.h"

#include "core/http/status.h"
#include "core/model/path_pattern.h"
#include "ui/document/tree_edits.h"
#include "ui/models/responses_model.h"
#include "ui/panels/behaviour/behaviour_tab.h"
#include "ui/panels/body_tab.h"
#include "ui/panels/headers_tab.h"
#include "ui/panels/more_tab.h"
#include "ui/panels/rules_tab.h"
#include "ui/services/runtime_controller.h"
#include "ui/services/text.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QSpinBox>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace understudy::ui {

namespace {

QToolButton *toolButton(const char *name, const char *icon, const QString &text)
{
    auto *button = new QToolButton;
    button->setObjectName(QString::fromLatin1(name));
    button->setIcon(QIcon::fromTheme(QString::fromLatin1(icon)));
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setAutoRaise(true);
    return button;
}

QLabel *caption(const QString &text, QWidget *buddy)
{
    auto *label = new QLabel(text);
    label->setBuddy(buddy);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

/// A typed or pasted segment that begins with a colon becomes a parameter.
QString withBraces(QString path)
{
    static const QRegularExpression colon(QStringLiteral("(^|/):([A-Za-z_][A-Za-z0-9_]*)"));
    if (!path.startsWith(QLatin1String("regex:")))
        path.replace(colon, QStringLiteral("\\1{\\2}"));
    return path;
}

} // namespace

EndpointEditor::EndpointEditor(WorkspaceDocument &workspace, RuntimeController &runtime,
                               QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_runtime(runtime)
    , m_method(new QComboBox)
    , m_path(new QLineEdit)
    , m_pathMessage(new QLabel)
    , m_enabled(new QCheckBox(tr("On")))
    , m_copyUrl(new QToolButton)
    , m_priority(new QSpinBox)
    , m_name(new QLineEdit)
    , m_descriptionToggle(new QToolButton)
    , m_description(new QPlainTextEdit)
    , m_responses(new ResponsesModel(this))
    , m_list(new QTableView)
    , m_mode(new QComboBox)
    , m_repeat(new QComboBox)
    , m_status(new QComboBox)
    , m_statusMessage(new QLabel)
    , m_responseName(new QLineEdit)
    , m_times(new QSpinBox)
    , m_weight(new QSpinBox)
    , m_weightLabel(new QLabel)
    , m_tabs(new QTabWidget)
    , m_body(new BodyTab)
    , m_headers(new HeadersTab)
    , m_rules(new RulesTab)
    , m_behaviour(new BehaviourTab(workspace, runtime.presets()))
    , m_more(new MoreTab)
{
    setObjectName(QStringLiteral("endpointEditor"));
    auto *splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("endpointSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeResponses());
    splitter->addWidget(makeDetails());
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({270, 700});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(6);
    layout->addWidget(makeHeader());
    layout->addWidget(splitter, 1);
    connectHeader();
    connectTabs();
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
    m_copyUrl->setText(tr("Copy URL"));
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
    m_descriptionToggle->setText(tr("Description"));
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
    second->addWidget(caption(tr("Priority"), m_priority));
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

QWidget *EndpointEditor::makeResponses()
{
    m_list->setObjectName(QStringLiteral("responseList"));
    m_list->setAccessibleName(tr("Responses"));
    m_list->setModel(m_responses);
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setShowGrid(false);
    m_list->setWordWrap(false);
    m_list->setTabKeyNavigation(false);
    m_list->verticalHeader()->hide();
    m_list->verticalHeader()->setDefaultSectionSize(m_list->fontMetrics().height() + 10);
    QHeaderView *header = m_list->horizontalHeader();
    header->setMinimumSectionSize(20);
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int unit = m_list->fontMetrics().horizontalAdvance('x');
    header->resizeSection(ResponsesModel::MarkColumn, unit * 3);
    header->resizeSection(ResponsesModel::StatusColumn, unit * 8);
    header->resizeSection(ResponsesModel::NameColumn, unit * 14);
    header->resizeSection(ResponsesModel::WeightColumn, unit * 8);
    header->resizeSection(ResponsesModel::TimesColumn, unit * 7);
    header->resizeSection(ResponsesModel::BehaviourColumn, unit * 12);
    header->setSectionResizeMode(ResponsesModel::RulesColumn, QHeaderView::Stretch);

    auto *add = toolButton("addResponseButton", "list-add", tr("Add a response (Ctrl+Return)"));
    auto *copy = toolButton("duplicateResponseButton", "edit-copy", tr("Duplicate the response"));
    auto *remove = toolButton("deleteResponseButton", "edit-delete", tr("Delete the response"));
    connect(add, &QToolButton::clicked, this, &EndpointEditor::addResponse);
    connect(copy, &QToolButton::clicked, this, &EndpointEditor::duplicateResponse);
    connect(remove, &QToolButton::clicked, this, &EndpointEditor::deleteResponse);
    m_mode->setObjectName(QStringLiteral("responseModeCombo"));
    m_mode->setAccessibleName(tr("How a response is chosen"));
    m_mode->addItems({tr("First match"), tr("Sequence"), tr("Random")});
    m_mode->setToolTip(tr("First matching rule, one after the other, or by weight"));
    m_repeat->setObjectName(QStringLiteral("sequenceRepeatCombo"));
    m_repeat->setAccessibleName(tr("After the last response"));
    m_repeat->addItems({tr("keep the last"), tr("loop")});

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(2);
    buttons->addWidget(add);
    buttons->addWidget(copy);
    buttons->addWidget(remove);
    buttons->addStretch();
    buttons->addWidget(m_repeat);
    buttons->addWidget(m_mode);
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    layout->addLayout(buttons);
    layout->addWidget(m_list);
    return side;
}

QWidget *EndpointEditor::makeDetails()
{
    m_status->setObjectName(QStringLiteral("statusCombo"));
    m_status->setAccessibleName(tr("Status"));
    m_status->setEditable(true);
    m_status->setInsertPolicy(QComboBox::NoInsert);
    for (const http::StatusPhrase &entry : http::knownStatuses())
        m_status->addItem(QString::number(entry.status) + ' ' + toQString(entry.phrase),
                          entry.status);
    m_status->completer()->setFilterMode(Qt::MatchContains);
    m_status->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_status->setMinimumContentsLength(22);
    m_status->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_statusMessage->setObjectName(QStringLiteral("statusMessage"));
    m_statusMessage->setProperty("role", QStringLiteral("error"));
    m_statusMessage->hide();
    m_responseName->setObjectName(QStringLiteral("responseNameEdit"));
    m_responseName->setAccessibleName(tr("Name of the response"));
    m_responseName->setPlaceholderText(tr("Name of the response (optional)"));
    m_times->setObjectName(QStringLiteral("responseTimesSpin"));
    m_times->setAccessibleName(tr("Answers at most so often"));
    m_times->setToolTip(tr("Answers at most so often, then the next response does"));
    m_times->setRange(-1, 1'000'000'000);
    m_times->setSpecialValueText(tr("always"));
    m_weight->setObjectName(QStringLiteral("responseWeightSpin"));
    m_weight->setAccessibleName(tr("Weight"));
    m_weight->setRange(0, 1'000'000);
    m_weightLabel->setText(tr("Weight"));
    m_weightLabel->setBuddy(m_weight);
    m_weightLabel->setForegroundRole(QPalette::PlaceholderText);
    m_tabs->setObjectName(QStringLiteral("responseTabs"));
    m_tabs->setDocumentMode(true);
    for (ResponseTab *tab :
         std::initializer_list<ResponseTab *>{m_body, m_headers, m_rules, m_behaviour, m_more})
        m_tabs->addTab(tab, tab->title());

    auto *row = new QHBoxLayout;
    row->addWidget(m_status);
    row->addWidget(m_responseName, 1);
    row->addWidget(m_weightLabel);
    row->addWidget(m_weight);
    row->addWidget(caption(tr("Times"), m_times));
    row->addWidget(m_times);
    auto *details = new QWidget;
    auto *layout = new QVBoxLayout(details);
    layout->setContentsMargins(4, 0, 0, 0);
    layout->setSpacing(5);
    layout->addLayout(row);
    layout->addWidget(m_statusMessage);
    layout->addWidget(m_tabs, 1);
    return details;
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

void EndpointEditor::connectTabs()
{
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &index) {
                if (!index.isValid())
                    return;
                m_responseId = index.data(ResponsesModel::ObjectIdRole).toString();
                showResponse();
            });
    connect(m_status->lineEdit(), &QLineEdit::textEdited, this, &EndpointEditor::onStatusEdited);
    connect(m_status, &QComboBox::activated, this, [this](int index) {
        onStatusEdited(QString::number(m_status->itemData(index).toInt()));
    });
    connect(m_responseName, &QLineEdit::textEdited, this, [this](const QString &text) {
        changeResponse(
            tr("Name of the response"), [name = toStd(text)](Response &r) { r.name = name; },
            QStringLiteral("responseName"));
    });
    connect(m_times, &QSpinBox::valueChanged, this, [this](int value) {
        changeResponse(
            tr("Times"),
            [value](Response &r) {
                r.times = value < 0
                              ? std::nullopt
                              : std::optional<std::uint64_t>(static_cast<std::uint64_t>(value));
            },
            QStringLiteral("times"));
    });
    connect(m_weight, &QSpinBox::valueChanged, this, [this](int value) {
        changeResponse(
            tr("Weight"), [value](Response &r) { r.weight = static_cast<std::uint64_t>(value); },
            QStringLiteral("weight"));
    });
    connect(m_behaviour, &BehaviourTab::edited, this, &EndpointEditor::edited);
    for (ResponseTab *tab :
         std::initializer_list<ResponseTab *>{m_body, m_headers, m_rules, m_behaviour, m_more}) {
        connect(tab, &ResponseTab::changeRequested, this, &EndpointEditor::changeResponse);
        connect(tab, &ResponseTab::endpointChangeRequested, this,
                [this](const QString &step, const std::function<void(Endpoint &)> &edit,
                       const QString &field) { change(step, edit, field); });
        connect(tab, &ResponseTab::left, this, [this] { m_workspace.endMerge(); });
    }
}

const Endpoint *EndpointEditor::endpoint() const
{
    const ServerDocument *document = m_workspace.find(m_ref.serverId);
    return document && document->value ? findEndpoint(*document->value, toStd(m_ref.endpointId))
                                       : nullptr;
}

const Response *EndpointEditor::response() const
{
    const Endpoint *e = endpoint();
    if (!e)
        return nullptr;
    const auto found
        = std::find_if(e->responses.begin(), e->responses.end(),
                       [&](const Response &r) { return toQString(r.id) == m_responseId; });
    return found == e->responses.end() ? nullptr : &*found;
}

void EndpointEditor::change(const QString &step, const std::function<void(Endpoint &)> &edit,
                            const QString &field, bool isOpenEnded)
{
    const Endpoint *e = endpoint();
    if (!e)
        return;
    EditOptions options;
    if (!field.isEmpty())
        options.mergeKey = m_ref.serverId + '/' + m_ref.endpointId + '/' + field;
    options.isOpenEnded = isOpenEnded;
    options.reveal = m_ref;
    options.reveal.field = field;
    const bool changed = m_workspace.edit(
        m_ref.serverId, tr("%1 of %2").arg(step, toQString(endpointLabel(*e))),
        [&](Server &server) {
            if (Endpoint *target = findEndpoint(server, toStd(m_ref.endpointId)))
                edit(*target);
        },
        options);
    if (changed)
        Q_EMIT edited();
}

void EndpointEditor::changeResponse(const QString &step, const ResponseChange &edit,
                                    const QString &field, bool isOpenEnded)
{
    const std::string id = toStd(m_responseId);
    ObjectRef before = m_ref;
    m_ref.responseId = m_responseId;
    change(
        step,
        [&](Endpoint &e) {
            for (Response &r : e.responses) {
                if (r.id == id)
                    edit(r);
            }
        },
        field.isEmpty() ? field : m_responseId + '/' + field, isOpenEnded);
    m_ref.responseId = before.responseId;
}

void EndpointEditor::setTarget(const ObjectRef &ref)
{
    const bool isOther = !ref.sameObject(m_ref);
    m_ref = ObjectRef::endpoint(ref.serverId, ref.endpointId);
    if (isOther) {
        m_responseId.clear();
        m_description->clearFocus();
        m_descriptionToggle->setChecked(endpoint() && !endpoint()->description.empty());
    }
    refresh();
    if (!ref.responseId.isEmpty())
        selectResponse(ref.responseId);
}

QString EndpointEditor::title() const
{
    const Endpoint *e = endpoint();
    return e ? toQString(methodsText(*e) + ' ' + e->path) : QString();
}

bool EndpointEditor::refresh()
{
    const ServerDocument *document = m_workspace.find(m_ref.serverId);
    const Endpoint *e = endpoint();
    if (!document || !e)
        return false;
    showHeader(*document->value, *e);
    {
        const QSignalBlocker quiet(m_list->selectionModel());
        m_responses->setEndpoint(*e);
        m_list->setColumnHidden(ResponsesModel::WeightColumn, e->select != Selection::Random);
        const bool hasTimes = std::any_of(e->responses.begin(), e->responses.end(),
                                          [](const auto &r) { return r.times.has_value(); });
        const bool hasBehaviour = std::any_of(e->responses.begin(), e->responses.end(),
                                              [](const auto &r) { return !r.behaviour.isEmpty(); });
        m_list->setColumnHidden(ResponsesModel::TimesColumn, !hasTimes);
        m_list->setColumnHidden(ResponsesModel::BehaviourColumn, !hasBehaviour);
        int row = m_responses->rowOf(m_responseId);
        if (row < 0 && m_responses->rowCount() > 0)
            row = std::clamp(m_list->currentIndex().row(), 0, m_responses->rowCount() - 1);
        if (row >= 0) {
            m_list->setCurrentIndex(m_responses->index(row, ResponsesModel::StatusColumn));
            m_responseId = m_responses->index(row, 0).data(ResponsesModel::ObjectIdRole).toString();
        } else {
            m_responseId.clear();
        }
    }
    m_list->viewport()->update();
    showResponse();
    Q_EMIT titleChanged();
    return true;
}

void EndpointEditor::showHeader(const Server &, const Endpoint &e)
{
    const QSignalBlocker quiet1(m_priority);
    const QSignalBlocker quiet2(m_description);
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

void EndpointEditor::showResponse()
{
    const ServerDocument *document = m_workspace.find(m_ref.serverId);
    const Endpoint *e = endpoint();
    const Response *r = response();
    m_tabs->setEnabled(r);
    m_status->setEnabled(r);
    m_responseName->setEnabled(r);
    m_times->setEnabled(r);
    if (!r || !e || !document)
        return;
    const QSignalBlocker quiet1(m_times);
    const QSignalBlocker quiet2(m_weight);
    if (!m_status->lineEdit()->hasFocus() || m_statusMessage->isHidden()) {
        const QString text
            = QString::number(r->status) + ' ' + toQString(http::reasonPhrase(r->status));
        if (m_status->currentText().section(' ', 0, 0).toInt() != r->status
            || !m_status->lineEdit()->hasFocus())
            m_status->setCurrentText(text.trimmed());
        m_statusMessage->hide();
    }
    if (const QString name = toQString(r->name); m_responseName->text() != name)
        m_responseName->setText(name);
    m_times->setValue(r->times ? static_cast<int>(*r->times) : -1);
    m_weight->setValue(static_cast<int>(r->weight));
    m_weight->setVisible(e->select == Selection::Random);
    m_weightLabel->setVisible(e->select == Selection::Random);
    ObjectRef ref = ObjectRef::endpoint(m_ref.serverId, m_ref.endpointId);
    ref.responseId = m_responseId;
    const ResponseView view{*document->value,
                            *e,
                            *r,
                            m_ref.serverId + '/' + m_ref.endpointId + '/' + m_responseId,
                            QFileInfo(document->file).absolutePath(),
                            ref};
    for (ResponseTab *tab :
         std::initializer_list<ResponseTab *>{m_body, m_headers, m_rules, m_behaviour, m_more})
        tab->showResponse(view);
    updateTabTitles();
}

void EndpointEditor::updateTabTitles()
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        const QString title = static_cast<ResponseTab *>(m_tabs->widget(i))->title();
        if (m_tabs->tabText(i) != title)
            m_tabs->setTabText(i, title);
    }
}

void EndpointEditor::selectResponse(const QString &id)
{
    if (const int row = m_responses->rowOf(id); row >= 0)
        m_list->setCurrentIndex(m_responses->index(row, ResponsesModel::StatusColumn));
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
        for (const Shadowing &shadow : findShadowed(*document->value)) {
            if (toQString(shadow.loser) != m_ref.endpointId)
                continue;
            const Endpoint *winner = findEndpoint(*document->value, shadow.winner);
            message = tr("<a href=\"%1\">%2</a> always answers before this endpoint")
                          .arg(toQString(shadow.winner).toHtmlEscaped(),
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

void EndpointEditor::onStatusEdited(const QString &text)
{
    bool isNumber = false;
    const int status = text.trimmed().section(' ', 0, 0).toInt(&isNumber);
    const bool isGood = isNumber && status >= 100 && status <= 999;
    m_statusMessage->setProperty("state",
                                 isGood ? QStringLiteral("valid") : QStringLiteral("invalid"));
    m_statusMessage->setText(isGood ? QString() : tr("A status is a number from 100 to 999"));
    m_statusMessage->setVisible(!isGood);
    if (isGood)
        changeResponse(
            tr("Status"), [status](Response &r) { r.status = status; }, QStringLiteral("status"));
}

void EndpointEditor::addResponse()
{
    const Endpoint *e = endpoint();
    if (!e)
        return;
    const std::size_t at = e->responses.size();
    change(tr("Add response"),
           [](Endpoint &target) {
               Response made;
               if (!target.responses.empty())
                   made.headers = target.responses.back().headers;
               made.body = Body::text("");
               target.responses.push_back(std::move(made));
           },
           {});
    if (const Endpoint *now = endpoint(); now && now->responses.size() > at)
        selectResponse(toQString(now->responses[at].id));
}

void EndpointEditor::duplicateResponse()
{
    const Response *r = response();
    if (!r)
        return;
    Response copy = *r;
    copy.id.clear();
    const std::string id = r->id;
    const int row = m_responses->rowOf(m_responseId);
    change(tr("Duplicate response"),
           [&](Endpoint &e) { e.responses.insert(e.responses.begin() + row + 1, copy); }, {});
    if (const Endpoint *now = endpoint(); now && static_cast<int>(now->responses.size()) > row + 1)
        selectResponse(toQString(now->responses[static_cast<std::size_t>(row) + 1].id));
}

void EndpointEditor::deleteResponse()
{
    const std::string id = toStd(m_responseId);
    change(tr("Delete response"),
           [&](Endpoint &e) {
               std::erase_if(e.responses, [&](const Response &r) { return r.id == id; });
           },
           {});
}

bool EndpointEditor::moveResponse(int step)
{
    const int row = m_responses->rowOf(m_responseId);
    const int target = row + step;
    if (row < 0 || target < 0 || target >= m_responses->rowCount())
        return true;
    const QString id = m_responseId;
    change(step < 0 ? tr("Move response up") : tr("Move response down"),
           [&](Endpoint &e) {
               std::swap(e.responses[static_cast<std::size_t>(row)],
                         e.responses[static_cast<std::size_t>(target)]);
           },
           {});
    selectResponse(id);
    return true;
}

bool EndpointEditor::moveFocused(int step)
{
    const QWidget *focus = QApplication::focusWidget();
    if (!focus || !isAncestorOf(focus))
        return false;
    if (m_list == focus)
        return moveResponse(step);
    if (m_rules->isAncestorOf(focus))
        m_rules->moveCurrent(step);
    else if (m_headers->isAncestorOf(focus))
        m_headers->moveCurrent(step);
    else if (m_behaviour->isAncestorOf(focus))
        m_behaviour->moveCurrent(step);
    else
        return moveResponse(step);
    return true;
}

QString EndpointEditor::currentUrl() const
{
    const ServerDocument *document = m_workspace.find(m_ref.serverId);
    const Endpoint *e = endpoint();
    if (!document || !e)
        return {};
    const QString base = m_runtime.baseUrl(m_ref.serverId);
    const QString origin
        = base.left(base.size() - static_cast<qsizetype>(document->value->base.size()));
    return origin + toQString(samplePath(*document->value, *e));
}

void EndpointEditor::focusField(const ObjectRef &ref)
{
    if (!ref.responseId.isEmpty())
        selectResponse(ref.responseId);
    const QString field = ref.field.section('/', -1);
    if (field == QLatin1String("path")) {
        m_path->setFocus();
        m_path->selectAll();
    } else if (field.startsWith(QLatin1String("body")) && field != QLatin1String("behaviour")) {
        m_tabs->setCurrentWidget(m_body);
        m_body->focusBody(ref.line, ref.column);
    } else if (field == QLatin1String("headers")) {
        m_tabs->setCurrentWidget(m_headers);
    } else if (field == QLatin1String("when")) {
        m_tabs->setCurrentWidget(m_rules);
    } else if (field.startsWith(QLatin1String("behaviour")) || field == QLatin1String("latency")) {
        m_tabs->setCurrentWidget(m_behaviour);
        ObjectRef scope = m_ref;
        scope.responseId = ref.responseId;
        m_behaviour->showScope(scope);
    } else if (field == QLatin1String("status")) {
        m_status->setFocus();
    } else if (field == QLatin1String("method")) {
        m_method->setFocus();
    }
}

} // namespace understudy::ui
