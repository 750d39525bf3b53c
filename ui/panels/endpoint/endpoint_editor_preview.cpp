// SPDX-License-Identifier: GPL-3.0-or-later
// What the preview of a body is made of.
#include "ui/panels/endpoint/endpoint_editor.h"

#include "ui/document/runtime_controller.h"
#include "ui/document/tree_edits.h"
#include "ui/panels/endpoint/body_tab.h"
#include "ui/panels/endpoint/preview_pane.h"
#include "ui/services/text.h"

#include <QFileInfo>

#include <algorithm>

namespace understudy::ui {

namespace {

constexpr std::uint64_t kLookedBack = 5000; ///< rows of the traffic

/// The newest request that an endpoint has answered; null if there is none.
std::shared_ptr<const Exchange> newestOf(const Journal &journal, const std::string &serverId,
                                         const std::string &endpointId)
{
    const std::uint64_t newest = journal.newest();
    for (std::uint64_t i = 0; i < std::min(newest, kLookedBack); ++i) {
        auto exchange = journal.at(newest - i).exchange;
        if (!exchange)
            break; // older ones are gone, too
        if (exchange->match == MatchKind::Matched && *exchange->serverId == serverId
            && exchange->endpointId && *exchange->endpointId == endpointId)
            return exchange;
    }
    return nullptr;
}

} // namespace

void EndpointEditor::connectPreview()
{
    m_body->preview()->setSource([this] { return previewSource(); },
                                 [this] {
                                     return newestOf(m_runtime.journal(), toStd(m_ref.serverId),
                                                     toStd(m_ref.endpointId));
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
