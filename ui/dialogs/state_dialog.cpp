// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/state_dialog.h"

#include "core/runtime/workbench.h"
#include "ui/models/bucket_model.h"
#include "ui/services/text.h"
#include "ui/widgets/tool_button.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace understudy::ui {

namespace {

constexpr int kRefresh = 500; // ms

QDateTime toQDateTime(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count());
}

WallTime toWallTime(const QDateTime &time)
{
    return WallTime(std::chrono::milliseconds(time.toMSecsSinceEpoch()));
}

} // namespace

StateDialog::StateDialog(Workbench &workbench, QString serverId, QWidget *parent)
    : QDialog(parent)
    , m_workbench(workbench)
    , m_id(std::move(serverId))
    , m_message(new QLabel)
    , m_bucket(new QComboBox)
    , m_items(new QTableView)
    , m_model(new BucketModel(this))
    , m_add(makeToolButton(QStringLiteral("addItemButton"), "list-add", tr("Add an item")))
    , m_remove(
          makeToolButton(QStringLiteral("removeItemButton"), "edit-delete", tr("Remove the items")))
    , m_resetBucket(new QPushButton(tr("As in the &File")))
    , m_scenarios(new QTableWidget)
    , m_time(new QLabel)
    , m_wanted(new QDateTimeEdit)
    , m_frozen(new QCheckBox(tr("Stands s&till")))
{
    setObjectName(QStringLiteral("stateDialog"));
    const auto document = m_workbench.document(toStd(m_id));
    setWindowTitle(tr("State of %1").arg(document ? toQString(document->name) : m_id));
    m_message->setObjectName(QStringLiteral("stateMessage"));
    m_message->setProperty("role", QStringLiteral("error"));
    m_message->setWordWrap(true);
    m_message->hide();
    auto *tabs = new QTabWidget;
    tabs->setObjectName(QStringLiteral("stateTabs"));
    tabs->addTab(makeBuckets(), tr("&Buckets"));
    tabs->addTab(makeScenarios(), tr("&Scenarios"));
    tabs->addTab(makeClock(), tr("Cl&ock"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *all = buttons->addButton(tr("&Reset All"), QDialogButtonBox::ResetRole);
    all->setObjectName(QStringLiteral("resetAllButton"));
    all->setToolTip(tr("Counters, quotas, scenarios and buckets as after a start"));
    // Enter belongs to the fields: no button is pressed by it.
    for (QAbstractButton *button : buttons->buttons()) {
        if (auto *push = qobject_cast<QPushButton *>(button)) {
            push->setAutoDefault(false);
            push->setDefault(false);
        }
    }
    connect(all, &QPushButton::clicked, this, [this] {
        m_workbench.resetState(toStd(m_id));
        refresh();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(tabs, 1);
    layout->addWidget(m_message);
    layout->addWidget(buttons);
    resize(560, 400);
    m_timer.setInterval(kRefresh);
    connect(&m_timer, &QTimer::timeout, this, &StateDialog::refresh);
    m_timer.start();
    refresh();
    m_wanted->setDateTime(toQDateTime(std::chrono::system_clock::now()));
}

QWidget *StateDialog::makeBuckets()
{
    m_bucket->setObjectName(QStringLiteral("bucketCombo"));
    m_bucket->setAccessibleName(tr("Bucket"));
    m_bucket->setMinimumContentsLength(16);
    m_items->setObjectName(QStringLiteral("bucketItems"));
    m_items->setAccessibleName(tr("Items of the bucket"));
    m_items->setModel(m_model);
    m_items->setAlternatingRowColors(true);
    m_items->setWordWrap(false);
    m_items->horizontalHeader()->setStretchLastSection(true);
    m_items->horizontalHeader()->setMaximumSectionSize(m_items->fontMetrics().averageCharWidth()
                                                       * 40);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        // Other columns get widths of their own; the same ones keep what the user made of them.
        QStringList columns;
        for (int i = 0; i < m_model->columnCount(); ++i)
            columns << m_model->headerData(i, Qt::Horizontal, Qt::DisplayRole).toString();
        if (m_columns != columns)
            m_items->resizeColumnsToContents();
        m_columns = columns;
    });
    m_items->verticalHeader()->setDefaultSectionSize(m_items->fontMetrics().height() + 8);
    m_resetBucket->setObjectName(QStringLiteral("resetBucketButton"));
    m_resetBucket->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->addWidget(m_bucket);
    row->addWidget(m_add);
    row->addWidget(m_remove);
    row->addStretch();
    row->addWidget(m_resetBucket);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->addLayout(row);
    layout->addWidget(m_items, 1);
    connect(m_bucket, &QComboBox::currentIndexChanged, this, &StateDialog::showBuckets);
    connect(m_model, &BucketModel::changeRequested, this, &StateDialog::changeBucket);
    connect(m_add, &QToolButton::clicked, m_model, &BucketModel::addItem);
    connect(m_remove, &QToolButton::clicked, this, &StateDialog::removeItems);
    connect(m_resetBucket, &QPushButton::clicked, this, [this] {
        say(m_workbench.resetBucket(toStd(m_id), toStd(m_bucket->currentText())));
        refresh();
    });
    return page;
}

QWidget *StateDialog::makeScenarios()
{
    m_scenarios->setObjectName(QStringLiteral("scenarioTable"));
    m_scenarios->setAccessibleName(tr("States of the scenarios"));
    m_scenarios->setColumnCount(2);
    m_scenarios->setHorizontalHeaderLabels({tr("Scenario"), tr("State")});
    m_scenarios->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_scenarios->verticalHeader()->hide();
    m_scenarios->setSelectionMode(QAbstractItemView::NoSelection);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->addWidget(m_scenarios);
    return page;
}

QWidget *StateDialog::makeClock()
{
    m_time->setObjectName(QStringLiteral("clockLabel"));
    m_time->setAccessibleName(tr("Time of the server"));
    m_wanted->setObjectName(QStringLiteral("clockEdit"));
    m_wanted->setAccessibleName(tr("Time to set"));
    m_wanted->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_wanted->setCalendarPopup(true);
    m_wanted->setDateRange(QDate(1700, 1, 1), QDate(2250, 12, 31)); // what a clock can show
    m_frozen->setObjectName(QStringLiteral("clockFrozenCheck"));
    auto *set = new QPushButton(tr("S&et"));
    set->setObjectName(QStringLiteral("setClockButton"));
    set->setAutoDefault(false);
    auto *real = new QPushButton(tr("Rea&l Time"));
    real->setObjectName(QStringLiteral("realTimeButton"));
    real->setAutoDefault(false);
    auto *row = new QHBoxLayout;
    row->addWidget(m_wanted);
    row->addWidget(m_frozen);
    row->addWidget(set);
    row->addWidget(real);
    row->addStretch();
    auto *note
        = new QLabel(tr("Templates, dates in rules and the Date header go by this clock. "
                        "Latencies, schedules of faults and the traffic go by the real one."));
    note->setWordWrap(true);
    note->setForegroundRole(QPalette::PlaceholderText);
    auto *page = new QWidget;
    auto *layout = new QFormLayout(page);
    layout->addRow(tr("Now"), m_time);
    layout->addRow(tr("Set to"), row);
    layout->addRow(note);
    connect(set, &QPushButton::clicked, this, &StateDialog::setClock);
    connect(real, &QPushButton::clicked, this, [this] {
        say(m_workbench.resetClock(toStd(m_id)));
        refresh();
    });
    return page;
}

void StateDialog::refresh()
{
    showBuckets();
    showScenarios();
    showClock();
}

void StateDialog::showBuckets()
{
    const auto buckets = m_workbench.buckets(toStd(m_id));
    const bool isThere = buckets && !buckets->empty();
    for (QWidget *widget : {static_cast<QWidget *>(m_bucket), static_cast<QWidget *>(m_items),
                            static_cast<QWidget *>(m_add), static_cast<QWidget *>(m_remove),
                            static_cast<QWidget *>(m_resetBucket)})
        widget->setEnabled(isThere);
    if (!buckets) {
        complain(toQString(buckets.error().message));
        m_model->setBucket(nullptr, nullptr, {});
        m_isIdle = true;
        return;
    }
    if (std::exchange(m_isIdle, false))
        complain({});
    QStringList names;
    for (const LiveBucket &bucket : *buckets)
        names << toQString(bucket.name);
    QStringList shown;
    for (int i = 0; i < m_bucket->count(); ++i)
        shown << m_bucket->itemText(i);
    if (shown != names) {
        const QSignalBlocker quiet(m_bucket);
        const QString before = m_bucket->currentText();
        m_bucket->clear();
        m_bucket->addItems(names);
        m_bucket->setCurrentIndex(std::max(0, static_cast<int>(names.indexOf(before))));
    }
    const int index = m_bucket->currentIndex();
    // What is being typed stays.
    if (index < 0 || m_items->findChild<QLineEdit *>())
        return;
    const LiveBucket &bucket = (*buckets)[static_cast<std::size_t>(index)];
    const int row = m_items->currentIndex().row();
    const int column = m_items->currentIndex().column();
    if (m_model->setBucket(bucket.value, bucket.written ? bucket.written : bucket.value, bucket.key)
        && row >= 0)
        m_items->setCurrentIndex(m_model->index(row, column));
    m_resetBucket->setEnabled(bucket.isChanged);
    m_add->setEnabled(m_model->isList());
    m_remove->setEnabled(m_model->isList());
}

void StateDialog::showScenarios()
{
    const auto scenarios = m_workbench.scenarios(toStd(m_id));
    m_scenarios->setEnabled(scenarios.hasValue());
    const auto list = scenarios ? *scenarios : std::vector<LiveScenario>();
    m_scenarios->setRowCount(static_cast<int>(list.size()));
    for (int row = 0; row < m_scenarios->rowCount(); ++row) {
        const LiveScenario &one = list[static_cast<std::size_t>(row)];
        auto *box = qobject_cast<QComboBox *>(m_scenarios->cellWidget(row, 1));
        if (!box) {
            box = new QComboBox;
            box->setEditable(true);
            box->setInsertPolicy(QComboBox::NoInsert);
            m_scenarios->setCellWidget(row, 1, box);
            const auto take = [this, box] {
                say(m_workbench.setScenario(toStd(m_id),
                                            toStd(box->property("scenario").toString()),
                                            toStd(box->currentText())));
                showScenarios();
            };
            connect(box, &QComboBox::activated, this, take);
            connect(box->lineEdit(), &QLineEdit::returnPressed, this, take);
        }
        const QString name = toQString(one.name);
        QStringList states;
        for (const std::string &state : one.states)
            states << toQString(state);
        if (box->property("scenario") != name || box->property("states") != states) {
            auto *item = new QTableWidgetItem(name);
            item->setFlags(Qt::ItemIsEnabled);
            m_scenarios->setItem(row, 0, item);
            box->setProperty("scenario", name);
            box->setAccessibleName(tr("State of %1").arg(name));
            box->setProperty("states", states);
            box->clear();
            box->addItems(states);
        }
        if (!box->lineEdit()->hasFocus() || !box->lineEdit()->isModified())
            box->setCurrentText(toQString(one.state));
    }
}

void StateDialog::showClock()
{
    const auto clock = m_workbench.clock(toStd(m_id));
    if (!clock)
        return;
    m_time->setText(
        tr("%1, %2", "time, what kind")
            .arg(toQDateTime(clock->time).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")),
                 clock->isFrozen ? tr("stands still")
                 : clock->isReal ? tr("the real time")
                                 : tr("runs on from what was set")));
}

void StateDialog::changeBucket(const std::function<void(JsonValue &)> &change)
{
    say(m_workbench.changeBucket(toStd(m_id), toStd(m_bucket->currentText()), change));
    QTimer::singleShot(0, this, &StateDialog::refresh); // the cell's editor closes first
}

void StateDialog::removeItems()
{
    QList<int> rows;
    for (const QModelIndex &index : m_items->selectionModel()->selectedIndexes()) {
        if (!rows.contains(index.row()))
            rows << index.row();
    }
    if (!rows.isEmpty())
        m_model->removeItems(rows);
}

void StateDialog::setClock()
{
    say(m_workbench.setClock(toStd(m_id), toWallTime(m_wanted->dateTime()), m_frozen->isChecked()));
    refresh();
}

void StateDialog::say(const Result<void> &done)
{
    complain(done ? QString() : toQString(done.error().message));
}

void StateDialog::complain(const QString &text)
{
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

} // namespace understudy::ui
