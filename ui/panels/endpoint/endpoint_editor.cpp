// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/endpoint/endpoint_editor.h"

#include "core/http/status.h"
#include "ui/document/runtime_controller.h"
#include "ui/models/responses_model.h"
#include "ui/panels/behaviour/behaviour_tab.h"
#include "ui/panels/endpoint/body_tab.h"
#include "ui/panels/endpoint/callbacks_tab.h"
#include "ui/panels/endpoint/headers_tab.h"
#include "ui/panels/endpoint/more_tab.h"
#include "ui/panels/endpoint/rules_tab.h"
#include "ui/services/text.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace understudy::ui {

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
    , m_callbacks(new CallbacksTab)
    , m_more(new MoreTab)
{
    setObjectName(QStringLiteral("endpointEditor"));
    auto *splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("endpointSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeResponses());
    splitter->addWidget(makeDetails());
    // In a narrow window both give way.
    splitter->setStretchFactor(0, 26);
    splitter->setStretchFactor(1, 73);
    splitter->setSizes({260, 730});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 4);
    layout->setSpacing(6);
    layout->addWidget(makeHeader());
    layout->addWidget(splitter, 1);
    connectHeader();
    connectTabs();
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
    m_status->setMinimumContentsLength(7);
    m_status->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_statusMessage->setObjectName(QStringLiteral("statusMessage"));
    m_statusMessage->setProperty("role", QStringLiteral("error"));
    m_statusMessage->hide();
    m_responseName->setObjectName(QStringLiteral("responseNameEdit"));
    m_responseName->setAccessibleName(tr("Name of the response"));
    m_responseName->setPlaceholderText(tr("Name of the response (optional)"));
    m_responseName->setMinimumWidth(m_responseName->fontMetrics().averageCharWidth() * 10);
    m_times->setObjectName(QStringLiteral("responseTimesSpin"));
    m_times->setAccessibleName(tr("Answers at most so often"));
    m_times->setToolTip(tr("Answers at most so often, then the next response does"));
    m_times->setRange(-1, 1'000'000'000);
    m_times->setSpecialValueText(tr("always"));
    m_weight->setObjectName(QStringLiteral("responseWeightSpin"));
    m_weight->setAccessibleName(tr("Weight"));
    m_weight->setRange(0, 1'000'000);
    m_weightLabel->setText(tr("&Weight"));
    m_weightLabel->setBuddy(m_weight);
    m_weightLabel->setForegroundRole(QPalette::PlaceholderText);
    m_tabs->setObjectName(QStringLiteral("responseTabs"));
    m_tabs->setDocumentMode(true);
    for (ResponseTab *tab : tabs())
        m_tabs->addTab(tab, tab->title());

    auto *row = new QHBoxLayout;
    row->addWidget(m_status);
    row->addWidget(m_responseName, 1);
    row->addWidget(m_weightLabel);
    row->addWidget(m_weight);
    row->addWidget(caption(tr("T&imes"), m_times));
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

std::vector<ResponseTab *> EndpointEditor::tabs() const
{
    return {m_body, m_headers, m_rules, m_behaviour, m_callbacks, m_more};
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
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QWidget::customContextMenuRequested, this, &EndpointEditor::showResponseMenu);
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
    connectPreview();
    for (ResponseTab *tab : tabs()) {
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
        // A response that goes leaves its place to its neighbour.
        const int before = m_responses->rowOf(m_responseId);
        m_responses->setEndpoint(*e);
        m_list->setColumnHidden(ResponsesModel::WeightColumn, e->select != Selection::Random);
        const bool hasTimes = std::any_of(e->responses.begin(), e->responses.end(),
                                          [](const auto &r) { return r.times.has_value(); });
        const bool hasBehaviour = std::any_of(e->responses.begin(), e->responses.end(),
                                              [](const auto &r) { return !r.behaviour.isEmpty(); });
        const bool hasRules = std::any_of(e->responses.begin(), e->responses.end(),
                                          [](const auto &r) { return r.when.has_value(); });
        // Where none has rules the name takes their place.
        if (hasRules == m_list->isColumnHidden(ResponsesModel::RulesColumn)) {
            m_list->setColumnHidden(ResponsesModel::RulesColumn, !hasRules);
            m_list->horizontalHeader()->setSectionResizeMode(ResponsesModel::NameColumn,
                                                             hasRules ? QHeaderView::Interactive
                                                                      : QHeaderView::Stretch);
            m_list->setColumnWidth(ResponsesModel::NameColumn,
                                   m_list->fontMetrics().horizontalAdvance('x') * 8);
        }
        m_list->setColumnHidden(ResponsesModel::TimesColumn, !hasTimes);
        m_list->setColumnHidden(ResponsesModel::BehaviourColumn, !hasBehaviour);
        int row = m_responses->rowOf(m_responseId);
        if (row < 0 && m_responses->rowCount() > 0)
            row = std::clamp(before, 0, m_responses->rowCount() - 1);
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
    showStatus(*r);
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
    for (ResponseTab *tab : tabs())
        tab->showResponse(view);
    updateTabTitles();
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
