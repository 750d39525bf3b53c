// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/match/explanation.h"
#include "core/traffic/exchange.h"
#include "ui/panels/endpoint/preview_pane.h"
#include "ui/panels/endpoint/response_tab.h"

#include <QFutureWatcher>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

class QLabel;

namespace understudy::ui {

class RulesEditor;

/// The rules of a response, and how they hold for a request: the one that is selected in the
/// traffic, or the newest that came to the endpoint.
class RulesTab : public ResponseTab
{
    Q_OBJECT
public:
    explicit RulesTab(QWidget *parent = nullptr);

    /// Asked whenever the rules are tried anew; nothing, or null: there is nothing to try.
    void setSource(std::function<std::optional<PreviewSource>()> source,
                   std::function<std::shared_ptr<const Exchange>()> request);
    void showResponse(const ResponseView &view) override;
    QString title() const override;
    void moveCurrent(int step);

protected:
    void showEvent(QShowEvent *event) override;

private:
    using Results = Result<std::vector<ConditionTrace>>;

    void lookAgain();
    void tryRules();
    void show(const Results &results);

    RulesEditor *m_editor;
    QLabel *m_request;
    std::function<std::optional<PreviewSource>()> m_source;
    std::function<std::shared_ptr<const Exchange>()> m_wanted;
    std::shared_ptr<const Exchange> m_tried;
    QTimer m_soon;
    QTimer m_look;
    QFutureWatcher<Results> m_results;
    bool m_isStale = false;
};

} // namespace understudy::ui
