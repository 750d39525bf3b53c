// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/behaviour/condition_fields.h"

#include "core/base/units.h"
#include "ui/panels/endpoint/rules_editor.h"
#include "ui/services/text.h"
#include "ui/widgets/flow_layout.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace understudy::ui {

namespace {

using namespace std::chrono_literals;
using Condition = ConditionFields::Condition;

constexpr std::array kConditions{Condition::First, Condition::Every,  Condition::After,
                                 Condition::Until, Condition::During, Condition::When};

QString conditionName(Condition condition)
{
    switch (condition) {
    case Condition::Always:
        return ConditionFields::tr("always");
    case Condition::First:
        return ConditionFields::tr("the first");
    case Condition::Every:
        return ConditionFields::tr("every n-th");
    case Condition::After:
        return ConditionFields::tr("after");
    case Condition::Until:
        return ConditionFields::tr("until");
    case Condition::During:
        return ConditionFields::tr("during a time window");
    case Condition::When:
        return ConditionFields::tr("when (rules)");
    }
    return {};
}

/// The member of a fault that a count condition stands in, or nullptr.
std::optional<std::uint64_t> Fault::*countOf(Condition condition)
{
    switch (condition) {
    case Condition::First:
        return &Fault::first;
    case Condition::Every:
        return &Fault::every;
    case Condition::After:
        return &Fault::after;
    case Condition::Until:
        return &Fault::until;
    default:
        return nullptr;
    }
}

bool isSet(const Fault &fault, Condition condition)
{
    if (const auto count = countOf(condition))
        return (fault.*count).has_value();
    return condition == Condition::During ? fault.during.has_value()
           : condition == Condition::When ? fault.when.has_value()
                                          : false;
}

void clear(Fault &fault, Condition condition)
{
    if (const auto count = countOf(condition))
        (fault.*count).reset();
    else if (condition == Condition::During)
        fault.during.reset();
    else if (condition == Condition::When)
        fault.when.reset();
}

void setDefault(Fault &fault, Condition condition)
{
    if (const auto count = countOf(condition))
        fault.*count = condition == Condition::First ? 1 : 10;
    else if (condition == Condition::During)
        fault.during = FaultWindow{0s, 10s, {}};
}

} // namespace

ConditionFields::ConditionFields(QWidget *parent)
    : QWidget(parent)
    , m_add(new QToolButton)
    , m_rules(new RulesEditor(QStringLiteral("faultRules"), QStringLiteral("fault"),
                              tr("No rules yet: always")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (std::size_t i = 0; i < kRows; ++i) {
        m_rows[i] = makeRow(i);
        layout->addWidget(m_rows[i].widget);
    }
    m_rules->setFixedHeight(fontMetrics().height() * 9);
    layout->addWidget(m_rules);
    m_add->setObjectName(QStringLiteral("addConditionButton"));
    m_add->setText(tr("And…"));
    m_add->setAccessibleName(tr("Add a condition"));
    m_add->setToolTip(tr("Add a condition; all of them must hold"));
    m_rows[0].widget->layout()->addWidget(m_add);
    connect(m_add, &QToolButton::clicked, this, &ConditionFields::add);
    connect(m_rules, &RulesEditor::edited, this, [this] {
        m_fault.when = m_rules->rules();
        m_wantsRules = !m_fault.when;
        Q_EMIT edited(m_fault, QStringLiteral("when"));
    });
    refresh();
}

ConditionFields::Row ConditionFields::makeRow(std::size_t number)
{
    // The first row has the plain names; the others come with a number.
    const QString suffix = number == 0 ? QString() : QString::number(number + 1);
    Row row{new QWidget, new QComboBox, new QSpinBox, nullptr,
            nullptr,     nullptr,       nullptr,      new QToolButton};
    row.kind->setObjectName(QStringLiteral("faultConditionCombo") + suffix);
    row.kind->setAccessibleName(tr("Condition"));
    row.kind->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    row.count->setObjectName(QStringLiteral("faultConditionSpin") + suffix);
    row.count->setAccessibleName(tr("Number of requests"));
    row.count->setRange(1, std::numeric_limits<int>::max());
    row.remove->setObjectName(QStringLiteral("removeConditionButton") + suffix);
    row.remove->setIcon(QIcon::fromTheme(QStringLiteral("list-remove")));
    row.remove->setAutoRaise(true);
    row.remove->setAccessibleName(tr("Remove the condition"));
    row.remove->setToolTip(row.remove->accessibleName());
    auto *layout = new FlowLayout(row.widget);
    layout->addWidget(row.kind);
    layout->addWidget(row.count);
    layout->addWidget(makeWindow(row, suffix));
    layout->addWidget(row.remove);
    connect(row.kind, &QComboBox::activated, this, [this, number] { changeKind(number); });
    connect(row.count, &QSpinBox::valueChanged, this, [this, number](int value) {
        const auto count = countOf(conditions()[number]);
        if (!count)
            return;
        m_fault.*count = static_cast<std::uint64_t>(value);
        Q_EMIT edited(m_fault, m_rows[number].count->objectName());
    });
    connect(row.remove, &QToolButton::clicked, this, [this, number] {
        leave(conditions()[number]);
        refresh();
        Q_EMIT edited(m_fault, {});
    });
    return row;
}

QWidget *ConditionFields::makeWindow(Row &row, const QString &suffix)
{
    row.window = new QWidget;
    auto *layout = new FlowLayout(row.window);
    const auto edit = [&](const char *name, const QString &caption, const QString &accessible,
                          const QString &placeholder) {
        auto *field = new QLineEdit;
        field->setObjectName(QString::fromLatin1(name) + suffix);
        field->setAccessibleName(accessible);
        field->setPlaceholderText(placeholder);
        field->setToolTip(tr("A time since the start of the server, such as 500ms, 10s or 2m"));
        field->setFixedWidth(fontMetrics().horizontalAdvance('x') * 9);
        layout->addWidget(captioned(caption, field));
        return field;
    };
    row.from = edit("faultFromEdit", tr("from"), tr("From"), QStringLiteral("0s"));
    row.to = edit("faultToEdit", tr("to"), tr("To"), QStringLiteral("10s"));
    row.repeat = edit("faultRepeatEdit", tr("again every"), tr("Again every"), tr("never"));
    for (QLineEdit *field : {row.from, row.to, row.repeat}) {
        connect(field, &QLineEdit::editingFinished, this, [this, widget = row.widget] {
            for (const Row &candidate : m_rows) {
                if (candidate.widget == widget)
                    changeWindow(candidate);
            }
        });
    }
    return row.window;
}

std::vector<Condition> ConditionFields::conditions() const
{
    std::vector<Condition> set;
    for (const Condition condition : kConditions) {
        if (isSet(m_fault, condition) || (condition == Condition::When && m_wantsRules))
            set.push_back(condition);
    }
    if (set.empty())
        set.push_back(Condition::Always);
    return set;
}

void ConditionFields::setFault(const Fault &fault, bool isOther)
{
    m_fault = fault;
    m_wantsRules = (m_wantsRules && !isOther) && !fault.when;
    refresh();
}

void ConditionFields::leave(Condition condition)
{
    if (isSet(m_fault, condition))
        m_kept.keep(condition, m_fault);
    clear(m_fault, condition);
    m_wantsRules = m_wantsRules && condition != Condition::When;
}

void ConditionFields::enter(Condition condition)
{
    if (const auto kept = m_kept.last(condition)) {
        if (const auto count = countOf(condition))
            m_fault.*count = (*kept).*count;
        else if (condition == Condition::During)
            m_fault.during = kept->during;
        else if (condition == Condition::When)
            m_fault.when = kept->when;
    } else {
        setDefault(m_fault, condition);
    }
    m_wantsRules = (m_wantsRules || condition == Condition::When) && !m_fault.when;
}

void ConditionFields::changeKind(std::size_t number)
{
    const Condition before = conditions()[number];
    const auto after = static_cast<Condition>(m_rows[number].kind->currentData().toInt());
    if (before == after)
        return;
    leave(before);
    enter(after);
    refresh();
    Q_EMIT edited(m_fault, {});
}

void ConditionFields::changeWindow(const Row &row)
{
    if (!m_fault.during)
        return;
    FaultWindow window = *m_fault.during;
    const auto read = [this](const QLineEdit *edit, Duration &into) {
        const auto value = parseDuration(toStd(edit->text().trimmed()));
        if (!value) {
            Q_EMIT refused(edit->accessibleName() + QStringLiteral(": ")
                           + toQString(value.error().message));
            return false;
        }
        into = *value;
        return true;
    };
    Duration repeat{};
    const bool repeats = !row.repeat->text().trimmed().isEmpty();
    if (!read(row.from, window.from) || !read(row.to, window.to)
        || (repeats && !read(row.repeat, repeat)))
        return;
    window.repeat = repeats ? std::optional(repeat) : std::nullopt;
    if (window == *m_fault.during)
        return;
    m_fault.during = window;
    Q_EMIT edited(m_fault, QStringLiteral("during"));
}

void ConditionFields::add()
{
    const std::vector<Condition> set = conditions();
    const auto free = std::find_if(kConditions.begin(), kConditions.end(), [&](Condition c) {
        return std::find(set.begin(), set.end(), c) == set.end();
    });
    if (free == kConditions.end())
        return;
    enter(*free);
    refresh();
    Q_EMIT edited(m_fault, {});
}

void ConditionFields::refresh()
{
    const std::vector<Condition> set = conditions();
    for (std::size_t i = 0; i < kRows; ++i) {
        const Row &row = m_rows[i];
        row.widget->setVisible(i < set.size());
        if (i >= set.size())
            continue;
        fillKinds(row, set[i], set);
        showValue(row, set[i]);
        row.remove->setVisible(set[i] != Condition::Always && set.size() > 1);
    }
    m_add->setVisible(set.front() != Condition::Always && set.size() < kRows);
    m_rules->setVisible(set.back() == Condition::When);
    m_rules->setRules(m_fault.when);
}

void ConditionFields::fillKinds(const Row &row, Condition shown, const std::vector<Condition> &used)
{
    const QSignalBlocker quiet(row.kind);
    row.kind->clear();
    if (used.size() == 1)
        row.kind->addItem(conditionName(Condition::Always), static_cast<int>(Condition::Always));
    for (const Condition condition : kConditions) {
        if (condition == shown || std::find(used.begin(), used.end(), condition) == used.end())
            row.kind->addItem(conditionName(condition), static_cast<int>(condition));
    }
    row.kind->setCurrentIndex(row.kind->findData(static_cast<int>(shown)));
}

void ConditionFields::showValue(const Row &row, Condition condition)
{
    const auto count = countOf(condition);
    row.count->setVisible(count != nullptr);
    if (count) {
        const QSignalBlocker quiet(row.count);
        const auto value = static_cast<int>(
            std::min<std::uint64_t>((m_fault.*count).value_or(1), std::numeric_limits<int>::max()));
        row.count->setMinimum(condition == Condition::After ? 0 : 1);
        row.count->setPrefix(condition == Condition::Every   ? tr("n = ")
                             : condition == Condition::Until ? tr("request ")
                                                             : QString());
        row.count->setSuffix(condition == Condition::First || condition == Condition::After
                                 ? tr(" requests")
                                 : QString());
        if (row.count->value() != value)
            row.count->setValue(value);
    }
    row.window->setVisible(condition == Condition::During);
    if (condition == Condition::During && m_fault.during) {
        const auto show = [](QLineEdit *edit, const QString &text) {
            if (!edit->hasFocus() && edit->text() != text)
                edit->setText(text);
        };
        show(row.from, toQString(formatDuration(m_fault.during->from)));
        show(row.to, toQString(formatDuration(m_fault.during->to)));
        show(row.repeat, m_fault.during->repeat ? toQString(formatDuration(*m_fault.during->repeat))
                                                : QString());
    }
}

} // namespace understudy::ui
