// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/behaviour/faults_box.h"

#include "core/model/behaviour_labels.h"
#include "ui/models/faults_model.h"
#include "ui/panels/behaviour/fault_fields.h"
#include "ui/services/plain_text.h"
#include "ui/services/text.h"
#include "ui/widgets/list_keys.h"
#include "ui/widgets/tool_button.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace understudy::ui {

FaultsBox::FaultsBox(QWidget *parent)
    : QWidget(parent)
    , m_model(new FaultsModel(this))
    , m_table(new QTableView)
    , m_preset(new QToolButton)
    , m_presetMenu(new QMenu(this))
    , m_empty(new QLabel(tr("No faults at this scope")))
    , m_fields(new FaultFields)
{
    m_table->setObjectName(QStringLiteral("faultsTable"));
    m_table->setAccessibleName(tr("Faults, in the order in which they are tried"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 9);
    new ListKeys(m_table, {.remove = [this] { remove(); },
                           .duplicate = [this] { duplicate(); },
                           .rename = [this] { m_fields->focusKind(); }});
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setStretchLastSection(true);
    const int unit = fontMetrics().horizontalAdvance('x');
    header->resizeSection(FaultsModel::FaultColumn, unit * 22);
    header->resizeSection(FaultsModel::ShareColumn, unit * 9);
    header->resizeSection(FaultsModel::ConditionColumn, unit * 22);
    m_empty->setObjectName(QStringLiteral("faultsEmptyLabel"));
    m_empty->setProperty("role", QStringLiteral("muted"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(makeButtons());
    layout->addWidget(m_table);
    layout->addWidget(m_fields);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (current() == m_shown)
            return;
        if (std::exchange(m_isRefused, false))
            m_faults = m_accepted; // what was refused is given up with its fields
        refresh(true);
    });
    connect(m_fields, &FaultFields::edited, this, [this](const Fault &fault, const QString &field) {
        if (current() < 0)
            return;
        m_faults[static_cast<std::size_t>(current())] = fault;
        ask(tr("Fault %1").arg(toQString(faultLabel(fault))),
            field.isEmpty() ? field : QString::number(current()) + field);
    });
    refresh(true);
}

QToolButton *FaultsBox::makeButton(const char *name, const char *icon, const QString &text,
                                   const std::function<void()> &run)
{
    QToolButton *button = makeToolButton(QString::fromLatin1(name), icon, text);
    connect(button, &QToolButton::clicked, this, run);
    return button;
}

QWidget *FaultsBox::makeButtons()
{
    auto *addFault = makeButton("addFaultButton", "list-add", tr("Add a fault"), [this] { add(); });
    addFault->setText(tr("Add fault"));
    addFault->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_remove = makeButton("removeFaultButton", "list-remove", tr("Remove the fault"),
                          [this] { remove(); });
    m_up
        = makeButton("faultUpButton", "go-up", tr("Try it earlier (Alt+Up)"), [this] { move(-1); });
    m_down = makeButton("faultDownButton", "go-down", tr("Try it later (Alt+Down)"),
                        [this] { move(1); });
    m_preset->setObjectName(QStringLiteral("faultPresetButton"));
    m_preset->setText(tr("Preset"));
    m_preset->setAccessibleName(tr("Use a preset"));
    m_preset->setToolTip(tr("Adds the preset's faults; those of the same kinds, and the latency "
                            "where it has one, are replaced"));
    m_preset->setPopupMode(QToolButton::InstantPopup);
    m_preset->setAutoRaise(true);
    m_presetMenu->setObjectName(QStringLiteral("faultPresetMenu"));
    m_presetMenu->setToolTipsVisible(true);
    m_preset->setMenu(m_presetMenu);
    auto *buttons = new QWidget;
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
    row->addWidget(addFault);
    row->addWidget(m_remove);
    row->addWidget(m_up);
    row->addWidget(m_down);
    row->addWidget(m_preset);
    row->addSpacing(8);
    row->addWidget(m_empty);
    row->addStretch();
    return buttons;
}

void FaultsBox::setPresets(const std::vector<FaultPreset> &presets)
{
    if (presets == m_presetList && !m_presetMenu->isEmpty())
        return;
    m_presetList = presets;
    m_presetMenu->clear();
    for (const FaultPreset &preset : m_presetList) {
        QAction *action = m_presetMenu->addAction(toQString(preset.name));
        action->setToolTip(
            plainToolTip(toQString(preset.description.empty() ? preset.name : preset.description)));
        connect(action, &QAction::triggered, this, [this, preset] { Q_EMIT presetChosen(preset); });
    }
    m_preset->setEnabled(!m_presetList.empty());
}

int FaultsBox::current() const
{
    const int row = m_table->currentIndex().row();
    return row < static_cast<int>(m_faults.size()) ? row : -1;
}

void FaultsBox::select(int row)
{
    if (row >= 0 && row < m_model->rowCount())
        m_table->setCurrentIndex(m_model->index(row, FaultsModel::FaultColumn));
}

void FaultsBox::setFaults(const std::vector<Fault> &faults, bool isOther)
{
    if (m_isRefused && faults == m_accepted && !isOther)
        return; // what was asked for stays in the fields, with the reason
    m_isRefused = false;
    m_accepted = faults;
    m_faults = faults;
    if (isOther)
        m_shown = -1;
    refresh(isOther);
}

void FaultsBox::setProblem(const QString &text)
{
    m_isRefused = !text.isEmpty();
    if (!m_isRefused)
        m_accepted = m_faults;
    m_fields->setProblem(text);
}

void FaultsBox::refresh(bool isOther)
{
    const int before = current();
    {
        const QSignalBlocker quiet(m_table->selectionModel());
        m_model->setFaults(m_faults);
        const int count = m_model->rowCount();
        if (count > 0 && (current() < 0 || current() >= count))
            select(std::clamp(before, 0, count - 1));
    }
    const int row = m_faults.empty() ? -1 : current();
    const bool isOtherFault = isOther || row != m_shown;
    m_shown = row;
    if (row >= 0) {
        m_fields->setObject(objectOf(row));
        m_fields->setFault(m_faults[static_cast<std::size_t>(row)], isOtherFault);
        if (isOtherFault && !m_isRefused)
            m_fields->setProblem({});
    }
    m_fields->setVisible(row >= 0);
    m_table->setVisible(!m_faults.empty());
    m_empty->setVisible(m_faults.empty());
    const int rows = std::min(m_model->rowCount(), 5);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
                            + rows * m_table->verticalHeader()->defaultSectionSize()
                            + 2 * m_table->frameWidth() + 2);
    m_remove->setEnabled(row >= 0);
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_model->rowCount());
    m_table->viewport()->update();
}

void FaultsBox::ask(const QString &step, const QString &field)
{
    m_isRefused = false;
    refresh(false);
    Q_EMIT edited(m_faults, step, field);
}

void FaultsBox::add()
{
    Fault fault;
    fault.status = 500;
    fault.rate = 0.2;
    m_faults.push_back(fault);
    m_model->setFaults(m_faults);
    select(m_model->rowCount() - 1);
    ask(tr("Add fault"), {});
    m_fields->focusKind();
}

void FaultsBox::remove()
{
    const int row = current();
    if (row < 0)
        return;
    m_faults.erase(m_faults.begin() + row);
    m_fields->forgetObject(objectOf(row));
    for (int after = row; after < static_cast<int>(m_faults.size()); ++after)
        m_fields->swapObjects(objectOf(after), objectOf(after + 1));
    m_shown = -1;
    ask(tr("Remove fault"), {});
}

void FaultsBox::duplicate()
{
    const int row = current();
    if (row < 0)
        return;
    const Fault copy = m_faults[static_cast<std::size_t>(row)];
    m_faults.insert(m_faults.begin() + row + 1, copy);
    m_model->setFaults(m_faults);
    m_shown = row + 1;
    select(row + 1);
    ask(tr("Duplicate fault"), {});
}

void FaultsBox::move(int step)
{
    const int row = current();
    const int target = row + step;
    if (row < 0 || target < 0 || target >= static_cast<int>(m_faults.size()))
        return;
    std::swap(m_faults[static_cast<std::size_t>(row)], m_faults[static_cast<std::size_t>(target)]);
    m_fields->swapObjects(objectOf(row), objectOf(target));
    m_model->setFaults(m_faults);
    m_shown = target;
    select(target);
    ask(step < 0 ? tr("Move fault up") : tr("Move fault down"), {});
}

} // namespace understudy::ui
