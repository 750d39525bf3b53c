// SPDX-License-Identifier: GPL-3.0-or-later
// The list of an endpoint's responses, its buttons and its menu.
#include "ui/panels/endpoint/endpoint_editor.h"

#include "ui/document/runtime_controller.h"
#include "ui/models/responses_model.h"
#include "ui/panels/window/faults_menu.h"
#include "ui/services/text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/list_keys.h"
#include "ui/widgets/tool_button.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace understudy::ui {

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
    header->resizeSection(ResponsesModel::StatusColumn, unit * 7);
    header->resizeSection(ResponsesModel::NameColumn, unit * 9);
    header->resizeSection(ResponsesModel::WeightColumn, unit * 8);
    header->resizeSection(ResponsesModel::TimesColumn, unit * 7);
    header->resizeSection(ResponsesModel::BehaviourColumn, unit * 11);
    header->setSectionResizeMode(ResponsesModel::RulesColumn, QHeaderView::Stretch);
    // Names and rules share what the list has; a width that the user chose stays until it changes.
    connect(header, &QHeaderView::sectionResized, this,
            [this, unit, known = 0](int column, int, int width) mutable {
                if (column != ResponsesModel::RulesColumn || width == 0
                    || std::exchange(known, m_list->viewport()->width())
                           == m_list->viewport()->width())
                    return;
                const int shared = width + m_list->columnWidth(ResponsesModel::NameColumn);
                m_list->setColumnWidth(ResponsesModel::NameColumn,
                                       std::clamp(shared / 2, unit * 9, unit * 16));
            });

    auto *add = makeToolButton(QStringLiteral("addResponseButton"), "list-add",
                               tr("Add a response (Ctrl+Return)"));
    auto *copy = makeToolButton(QStringLiteral("duplicateResponseButton"), "edit-copy",
                                tr("Duplicate the response"));
    auto *remove = makeToolButton(QStringLiteral("deleteResponseButton"), "edit-delete",
                                  tr("Delete the response"));
    connect(add, &QToolButton::clicked, this, &EndpointEditor::addResponse);
    connect(copy, &QToolButton::clicked, this, &EndpointEditor::duplicateResponse);
    connect(remove, &QToolButton::clicked, this, &EndpointEditor::deleteResponse);
    new ListKeys(m_list, {.remove = [this] { deleteResponse(); },
                          .duplicate = [this] { duplicateResponse(); },
                          .rename =
                              [this] {
                                  m_responseName->setFocus();
                                  m_responseName->selectAll();
                              }});
    m_mode->setObjectName(QStringLiteral("responseModeCombo"));
    m_mode->setAccessibleName(tr("How a response is chosen"));
    m_mode->addItems({tr("First match"), tr("Sequence"), tr("Random")});
    m_mode->setToolTip(tr("First matching rule, one after the other, or by weight"));
    m_repeat->setObjectName(QStringLiteral("sequenceRepeatCombo"));
    m_repeat->setAccessibleName(tr("After the last response"));
    m_repeat->addItems({tr("keep the last"), tr("loop")});

    auto *edits = new QWidget;
    auto *row = new QHBoxLayout(edits);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    for (QToolButton *button : {add, copy, remove})
        row->addWidget(button);
    row->addStretch();
    edits->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    // In two lines where the window is small: the details need the width.
    auto *buttons = new FlowLayout;
    buttons->setSpacing(2);
    buttons->addWidget(edits);
    buttons->addWidget(m_mode);
    buttons->addWidget(m_repeat);
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    layout->addLayout(buttons);
    layout->addWidget(m_list);
    return side;
}

void EndpointEditor::selectResponse(const QString &id)
{
    if (const int row = m_responses->rowOf(id); row >= 0)
        m_list->setCurrentIndex(m_responses->index(row, ResponsesModel::StatusColumn));
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

void EndpointEditor::showResponseMenu(const QPoint &place)
{
    const Response *shown = response();
    if (!shown)
        return;
    const int row = m_responses->rowOf(m_responseId);
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("responseMenu"));
    const auto add
        = [&](const char *id, const QString &text, bool on, const std::function<void()> &run) {
              QAction *action = menu.addAction(text);
              action->setObjectName(QString::fromLatin1(id));
              action->setEnabled(on);
              connect(action, &QAction::triggered, this, run);
          };
    add("response.clearRules", tr("Clear Rules"), shown->when.has_value(),
        [this] { changeResponse(tr("Clear rules"), [](Response &r) { r.when.reset(); }, {}); });
    menu.addSeparator();
    add("response.duplicate", tr("Duplicate"), true, [this] { duplicateResponse(); });
    add("response.moveUp", tr("Move Up"), row > 0, [this] { moveResponse(-1); });
    add("response.moveDown", tr("Move Down"), row + 1 < m_responses->rowCount(),
        [this] { moveResponse(1); });
    ObjectRef target = ObjectRef::endpoint(m_ref.serverId, m_ref.endpointId);
    target.responseId = m_responseId;
    auto *faults = new FaultsMenu(
        m_workspace, m_runtime.presets(), [target] { return QList<ObjectRef>{target}; }, &menu);
    connect(faults, &FaultsMenu::refused, this, &EndpointEditor::faultsRefused);
    connect(faults, &FaultsMenu::customRequested, this, [this](ObjectRef ref) {
        ref.field = QStringLiteral("behaviour");
        focusField(ref);
    });
    menu.addMenu(faults);
    add("response.copyBody", tr("Copy Body"), shown->body.kind == Body::Kind::Text,
        [text = toQString(shown->body.content)] { QApplication::clipboard()->setText(text); });
    menu.addSeparator();
    add("response.delete", tr("Delete"), true, [this] { deleteResponse(); });
    menu.exec(m_list->viewport()->mapToGlobal(place));
}

void EndpointEditor::updateTabTitles()
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        const QString title = static_cast<ResponseTab *>(m_tabs->widget(i))->title();
        if (m_tabs->tabText(i) != title)
            m_tabs->setTabText(i, title);
    }
}

/// A number with its phrase, or the template it is made by; not over what is being typed.
void EndpointEditor::showStatus(const Response &response)
{
    QLineEdit *edit = m_status->lineEdit();
    if (edit->hasFocus() && !m_statusMessage->isHidden())
        return;
    const QString rendered = toQString(response.statusTemplate);
    const QString number = QString::number(response.status);
    const QString typed = m_status->currentText();
    const bool isShown
        = rendered.isEmpty() ? typed.section(' ', 0, 0) == number : typed.trimmed() == rendered;
    if (!isShown || !edit->hasFocus())
        m_status->setCurrentText(
            rendered.isEmpty()
                ? (number + ' ' + toQString(http::reasonPhrase(response.status))).trimmed()
                : rendered);
    if (!edit->hasFocus())
        edit->setCursorPosition(0); // the number is what must be seen where there is no room
    m_statusMessage->hide();
}

void EndpointEditor::onStatusEdited(const QString &text)
{
    if (text.contains(QLatin1String("{{"))) {
        m_statusMessage->hide();
        changeResponse(
            tr("Status"),
            [rendered = toStd(text.trimmed())](Response &r) {
                r.statusTemplate = rendered;
                r.isTemplate = true;
            },
            QStringLiteral("status"));
        return;
    }
    bool isNumber = false;
    const int status = text.trimmed().section(' ', 0, 0).toInt(&isNumber);
    const bool isGood = isNumber && status >= 100 && status <= 999;
    m_statusMessage->setProperty("state",
                                 isGood ? QStringLiteral("valid") : QStringLiteral("invalid"));
    m_statusMessage->setText(isGood ? QString()
                                    : tr("A status is a number from 100 to 999, or a template"));
    m_statusMessage->setVisible(!isGood);
    if (isGood)
        changeResponse(
            tr("Status"),
            [status](Response &r) {
                r.status = status;
                r.statusTemplate.clear();
            },
            QStringLiteral("status"));
}

} // namespace understudy::ui
