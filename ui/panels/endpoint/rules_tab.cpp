// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/endpoint/rules_tab.h"

#include "core/engine/preview.h"
#include "ui/panels/endpoint/rules_editor.h"
#include "ui/services/plain_text.h"
#include "ui/services/text.h"

#include <QDateTime>
#include <QLabel>
#include <QVBoxLayout>
#include <QtConcurrent>

namespace understudy::ui {

RulesTab::RulesTab(QWidget *parent)
    : ResponseTab(parent)
    , m_editor(new RulesEditor(QStringLiteral("rules"), {}, {}))
    , m_request(new QLabel)
{
    setObjectName(QStringLiteral("rulesTab"));
    m_request->setObjectName(QStringLiteral("rulesRequestLabel"));
    m_request->setForegroundRole(QPalette::PlaceholderText);
    m_request->setMinimumWidth(1); // the first to give way
    m_request->setTextFormat(Qt::PlainText);
    m_request->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_editor);
    layout->addWidget(m_request);
    connect(m_editor, &RulesEditor::edited, this, [this] {
        const std::optional<Rule> rules = m_editor->rules();
        Q_EMIT changeRequested(
            tr("Edit rules"), [rules](Response &r) { r.when = rules; }, QStringLiteral("when"));
    });
    m_soon.setSingleShot(true);
    m_soon.setInterval(200);
    connect(&m_soon, &QTimer::timeout, this, &RulesTab::tryRules);
    m_look.setInterval(500);
    connect(&m_look, &QTimer::timeout, this, &RulesTab::lookAgain);
    m_look.start();
    connect(&m_results, &QFutureWatcher<Results>::finished, this, [this] {
        if (std::exchange(m_isStale, false))
            tryRules();
        else if (m_results.future().resultCount() > 0) // none: it was taken back
            show(m_results.result());
    });
}

void RulesTab::setSource(std::function<std::optional<PreviewSource>()> source,
                         std::function<std::shared_ptr<const Exchange>()> request)
{
    m_source = std::move(source);
    m_wanted = std::move(request);
}

void RulesTab::showResponse(const ResponseView &view)
{
    switch (view.endpoint.select) {
    case Selection::Sequence:
        m_editor->setEmptyNote(tr("No rules: answers when its turn comes"));
        break;
    case Selection::Random:
        m_editor->setEmptyNote(tr("No rules: always among those that are drawn from"));
        break;
    default:
        m_editor->setEmptyNote(tr("No rules: answers whenever no other response does"));
    }
    m_editor->setRules(view.response.when);
    if (isVisible())
        m_soon.start();
}

/// Another request may have come, or been selected.
void RulesTab::lookAgain()
{
    if (isVisible() && m_wanted && m_editor->conditionCount() > 0 && m_wanted() != m_tried)
        tryRules();
}

void RulesTab::tryRules()
{
    if (m_results.isRunning()) {
        m_isStale = true; // one at a time, and then the last
        return;
    }
    m_tried = m_wanted && m_editor->conditionCount() > 0 ? m_wanted() : nullptr;
    const auto source = m_source && m_tried ? m_source() : std::nullopt;
    if (!source) {
        m_editor->setResults({});
        m_request->hide();
        return;
    }
    m_results.setFuture(QtConcurrent::run([source = *source, exchange = m_tried] {
        return checkConditions(*source.server, source.endpointId, source.responseId,
                               requestOf(*exchange), source.options, exchange->received);
    }));
}

void RulesTab::show(const Results &results)
{
    m_editor->setResults(results ? *results : std::vector<ConditionTrace>());
    if (!m_tried)
        return;
    const auto time
        = std::chrono::floor<std::chrono::milliseconds>(m_tried->received.time_since_epoch());
    m_request->setText(
        tr("Tried with %1 %2 of %3%4")
            .arg(toQString(m_tried->request.method()), toQString(m_tried->request.target()),
                 QDateTime::fromMSecsSinceEpoch(time.count()).toString(QStringLiteral("HH:mm:ss")),
                 results ? QString() : QStringLiteral(": ") + toQString(results.error().message)));
    m_request->setToolTip(
        plainToolTip(tr("The request that is selected in the traffic, or the newest one that came "
                        "here. State, buckets and count are as at a start.")));
    m_request->show();
}

void RulesTab::showEvent(QShowEvent *event)
{
    ResponseTab::showEvent(event);
    m_soon.start();
}

QString RulesTab::title() const
{
    const int count = m_editor->conditionCount();
    return count > 0 ? tr("&Rules (%1)").arg(count) : tr("&Rules");
}

void RulesTab::moveCurrent(int step) { m_editor->moveCurrent(step); }

} // namespace understudy::ui
