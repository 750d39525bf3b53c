// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/endpoint/more_tab.h"

#include "core/http/status.h"
#include "ui/services/text.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>

namespace understudy::ui {

namespace {

QLineEdit *edit(const char *name, const QString &accessible, const QString &placeholder)
{
    auto *e = new QLineEdit;
    e->setObjectName(QString::fromLatin1(name));
    e->setAccessibleName(accessible);
    e->setPlaceholderText(placeholder);
    return e;
}

QLayout *pair(QLineEdit *a, QLineEdit *b)
{
    auto *row = new QHBoxLayout;
    row->addWidget(a);
    row->addWidget(b);
    return row;
}

void setTextQuietly(QLineEdit *e, const std::string &text)
{
    const QString wanted = toQString(text);
    if (e->text() != wanted && !e->hasFocus())
        e->setText(wanted);
}

std::optional<ScenarioState> stateOf(const QLineEdit *scenario, const QLineEdit *state)
{
    const QString name = scenario->text().trimmed();
    if (name.isEmpty())
        return std::nullopt;
    return ScenarioState{toStd(name), toStd(state->text().trimmed())};
}

} // namespace

MoreTab::MoreTab(QWidget *parent)
    : ResponseTab(parent)
    , m_requiresScenario(
          edit("requiresScenarioEdit", tr("Scenario the endpoint needs"), tr("Scenario")))
    , m_requiresState(edit("requiresStateEdit", tr("State the endpoint needs"), tr("State")))
    , m_setsScenario(edit("setsScenarioEdit", tr("Scenario the response changes"), tr("Scenario")))
    , m_setsState(edit("setsStateEdit", tr("State the response sets"), tr("New state")))
    , m_reason(edit("reasonEdit", tr("Reason phrase"), {}))
    , m_delay(edit("delayEdit", tr("Delay"), tr("200ms, or a template")))
    , m_dialect(new QComboBox)
{
    setObjectName(QStringLiteral("moreTab"));
    auto *form = new QFormLayout(this);
    form->setContentsMargins(8, 8, 8, 8);
    form->addRow(tr("Endpoint answers in"), pair(m_requiresScenario, m_requiresState));
    form->addRow(tr("Response changes to"), pair(m_setsScenario, m_setsState));
    form->addRow(tr("Reason phrase"), m_reason);
    m_delay->setToolTip(
        tr("Holds this answer back, beside what Behaviour says. A template can take "
           "it from the request: {{query.ms}}"));
    form->addRow(tr("Delay"), m_delay);
    m_dialect->setObjectName(QStringLiteral("dialectCombo"));
    m_dialect->setAccessibleName(tr("Whose templates"));
    m_dialect->setToolTip(tr("Whose names and helpers the templates of this response use"));
    m_dialect->addItem(tr("Understudy"), static_cast<int>(Dialect::Native));
    m_dialect->addItem(tr("Mockoon"), static_cast<int>(Dialect::Mockoon));
    m_dialect->addItem(tr("WireMock"), static_cast<int>(Dialect::WireMock));
    form->addRow(tr("Templates of"), m_dialect);
    connect(m_dialect, &QComboBox::activated, this, [this](int index) {
        const auto dialect = static_cast<Dialect>(m_dialect->itemData(index).toInt());
        Q_EMIT changeRequested(tr("Templates of"), [dialect](Response &r) { r.dialect = dialect; },
                               {});
    });
    for (QLineEdit *e : {m_requiresScenario, m_requiresState})
        connect(e, &QLineEdit::editingFinished, this, &MoreTab::changeRequires);
    for (QLineEdit *e : {m_setsScenario, m_setsState})
        connect(e, &QLineEdit::editingFinished, this, &MoreTab::changeSets);
    connect(m_reason, &QLineEdit::editingFinished, this, [this] {
        const std::string reason = toStd(m_reason->text());
        Q_EMIT changeRequested(
            tr("Reason phrase"), [reason](Response &r) { r.reason = reason; },
            QStringLiteral("reason"));
    });
    connect(m_delay, &QLineEdit::editingFinished, this, [this] {
        const std::string delay = toStd(m_delay->text().trimmed());
        Q_EMIT changeRequested(
            tr("Delay"),
            [delay](Response &r) {
                r.delay = delay;
                r.isTemplate |= delay.find("{{") != std::string::npos;
            },
            QStringLiteral("delay"));
    });
}

void MoreTab::changeRequires()
{
    const auto state = stateOf(m_requiresScenario, m_requiresState);
    Q_EMIT endpointChangeRequested(
        tr("State needed"), [state](Endpoint &e) { e.requires_ = state; },
        QStringLiteral("requires"));
}

void MoreTab::changeSets()
{
    const auto state = stateOf(m_setsScenario, m_setsState);
    Q_EMIT changeRequested(
        tr("State set"), [state](Response &r) { r.sets = state; }, QStringLiteral("sets"));
}

void MoreTab::showResponse(const ResponseView &view)
{
    const ScenarioState needs = view.endpoint.requires_.value_or(ScenarioState{});
    const ScenarioState sets = view.response.sets.value_or(ScenarioState{});
    setTextQuietly(m_requiresScenario, needs.scenario);
    setTextQuietly(m_requiresState, needs.state);
    setTextQuietly(m_setsScenario, sets.scenario);
    setTextQuietly(m_setsState, sets.state);
    setTextQuietly(m_reason, view.response.reason);
    setTextQuietly(m_delay, view.response.delay);
    m_reason->setPlaceholderText(view.response.statusTemplate.empty()
                                     ? toQString(http::reasonPhrase(view.response.status))
                                     : tr("That of the status"));
    m_dialect->setCurrentIndex(m_dialect->findData(static_cast<int>(view.response.dialect)));
    m_hasAny = view.endpoint.requires_.has_value() || view.response.sets.has_value()
               || !view.response.delay.empty() || view.response.dialect != Dialect::Native;
}

QString MoreTab::title() const { return m_hasAny ? tr("&More (set)") : tr("&More"); }

} // namespace understudy::ui
