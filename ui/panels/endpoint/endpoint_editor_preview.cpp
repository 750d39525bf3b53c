// SPDX-License-Identifier: GPL-3.0-or-later
// What the preview of a body is made of.
#include "ui/panels/endpoint/endpoint_editor.h"

#include "ui/document/runtime_controller.h"
#include "ui/document/tree_edits.h"
#include "ui/panels/endpoint/body_tab.h"
#include "ui/panels/endpoint/preview_pane.h"
#include "ui/panels/endpoint/rules_tab.h"
#include "ui/services/text.h"

#include <QFileInfo>

#include <algorithm>

namespace understudy::ui {

namespace {

constexpr std::uint64_t kLookedBack = 5000; ///< rows of the traffic

/// The newest one that fits; null if there is none.
std::shared_ptr<const Exchange> newest(const Journal &journal,
                                       const std::function<bool(const Exchange &)> &fits)
{
    const std::uint64_t last = journal.newest();
    for (std::uint64_t i = 0; i < std::min(last, kLookedBack); ++i) {
        auto exchange = journal.at(last - i).exchange;
        if (!exchange)
            break; // older ones are gone, too
        if (fits(*exchange))
            return exchange;
    }
    return nullptr;
}

bool answeredBy(const Exchange &exchange, const std::string &endpointId)
{
    return exchange.match == MatchKind::Matched && exchange.endpointId
           && *exchange.endpointId == endpointId;
}

/// The endpoint answered, or none of its rules held.
bool cameTo(const Exchange &exchange, const std::string &endpointId)
{
    if (exchange.match != MatchKind::NoRule || !exchange.why)
        return answeredBy(exchange, endpointId);
    const auto &candidates = exchange.why->candidates;
    return std::any_of(candidates.begin(), candidates.end(),
                       [&](const auto &one) { return one.endpointId == endpointId; });
}

} // namespace

void EndpointEditor::connectPreview()
{
    m_body->preview()->setSource([this] { return previewSource(); },
                                 [this] {
                                     const std::string server = toStd(m_ref.serverId);
                                     return newest(m_runtime.journal(), [&](const Exchange &one) {
                                         return *one.serverId == server
                                                && answeredBy(one, toStd(m_ref.endpointId));
                                     });
                                 });
    m_rules->setSource([this] { return previewSource(); }, [this] { return requestForRules(); });
}

/// The selected request, if it came to this server, or the newest that came to this endpoint.
std::shared_ptr<const Exchange> EndpointEditor::requestForRules() const
{
    const std::string serverId = toStd(m_ref.serverId);
    const auto &selected = m_runtime.selectedExchange();
    if (selected && *selected->serverId == serverId && !selected->request.method().empty()
        && selected->match != MatchKind::Callback)
        return selected;
    return newest(m_runtime.journal(), [&](const Exchange &exchange) {
        return *exchange.serverId == serverId && cameTo(exchange, toStd(m_ref.endpointId));
    });
}

std::optional<PreviewSource> EndpointEditor::previewSource() const
{
    const ServerDocument *document = m_workspace.find(m_ref.serverId);
    const Endpoint *e = endpoint();
    if (!document || !e || !response())
        return std::nullopt;
    PreviewSource out;
    out.server = document->value;
    out.endpointId = toStd(m_ref.endpointId);
    out.responseId = toStd(m_responseId);
    out.options.folder = toStd(QFileInfo(document->file).absolutePath());
    out.options.serverId = toStd(m_ref.serverId);
    out.options.toleratesBrokenRules = true;
    out.options.scripting = m_runtime.scripting();
    const auto status = m_runtime.status(m_ref.serverId);
    out.options.seed = status ? status->seed : document->value->seed.value_or(0);
    const std::string method
        = e->methods.empty() || e->methods.front() == "ANY" ? "GET" : e->methods.front();
    out.sample = toQString(method + ' ' + samplePath(*document->value, *e));
    const auto clock = m_runtime.workbench().clock(out.options.serverId);
    out.now = clock ? clock->time : std::chrono::system_clock::now();
    return out;
}

} // namespace understudy::ui
