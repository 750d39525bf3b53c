// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/mock_flow.h"

#include "core/model/edit.h"
#include "ui/document/mock_target.h"
#include "ui/document/tree_edits.h"
#include "ui/services/text.h"
#include "ui/session/desktop_session.h"

#include <QCoreApplication>

namespace understudy::ui {

MockOutcome mockFrom(DesktopSession &session, const JournalEntry &entry)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("MockFlow", text); };
    if (!entry.exchange || !entry.exchange->serverId)
        return {};
    const Exchange &exchange = *entry.exchange;
    const QString serverId = toQString(*exchange.serverId);
    const std::string method(exchange.request.method());
    const std::string target(exchange.request.target());
    const ServerDocument *document = session.workspace().find(serverId);
    const MockTarget there
        = document && document->value ? findMockTarget(*document->value, exchange) : MockTarget{};
    MockOutcome out;
    out.label = toQString(method + ' ' + target.substr(0, target.find('?')));
    out.where = ObjectRef::endpoint(serverId, toQString(there.endpointId));
    out.where.field = QStringLiteral("body");
    if (there.kind == MockTarget::Kind::Answers)
        return out;
    QString error;
    const auto change = [&](Server &server) {
        if (there.kind == MockTarget::Kind::NeedsReply) {
            Endpoint *endpoint = findEndpoint(server, there.endpointId);
            endpoint->responses.push_back(mockResponse());
            assignIds(server);
            out.where.responseId = toQString(endpoint->responses.back().id);
        } else if (auto made = addMock(server, method, target)) {
            out.where.endpointId = toQString(*made);
        } else {
            error = toQString(made.error().message);
        }
    };
    out.isMade = session.workspace().edit(serverId, tr("Mock %1").arg(out.label), change);
    if (out.isMade)
        session.runtime().flush();
    else
        out.failure = error.isEmpty()
                          ? tr("The server of this request is no longer part of the workspace")
                          : tr("No mock was made: %1").arg(error);
    return out;
}

} // namespace understudy::ui
