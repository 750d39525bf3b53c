// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/mock_flow.h"

#include "core/base/text.h"
#include "core/formats/recorded/answer.h"
#include "core/model/edit.h"
#include "ui/document/mock_target.h"
#include "ui/document/tree_edits.h"
#include "ui/services/text.h"
#include "ui/session/desktop_session.h"

#include <QCoreApplication>

namespace understudy::ui {

namespace {

/// The answer of a recording, or an empty JSON object where there is none to give again.
Response answerFor(const Exchange &exchange)
{
    if (exchange.match != MatchKind::Recorded || exchange.status < 200)
        return mockResponse();
    formats::Notes notes{{}}; // what belongs to the connection is left out, as in an import
    const formats::recorded::AnswerScope scope{notes, {}, {}};
    Response out;
    out.status = exchange.status;
    std::string type;
    for (const http::HeaderView &header : responseHeaders(exchange)) {
        formats::recorded::addHeader(out, std::string(header.name), header.value, scope);
        if (text::equalsIgnoreCase(header.name, "Content-Type"))
            type = header.value;
    }
    const auto &content = exchange.responseBody.content;
    if (content && text::isUtf8(*content))
        formats::recorded::setText(out, *content, type, scope);
    else if (content)
        formats::recorded::setBase64(out, text::encodeBase64(*content), type, scope);
    return out;
}

} // namespace

MockOutcome mockFrom(DesktopSession &session, const JournalEntry &entry, const QString &otherServer)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("MockFlow", text); };
    if (!entry.exchange || !entry.exchange->serverId)
        return {};
    const Exchange &exchange = *entry.exchange;
    const QString ownServer = toQString(*exchange.serverId);
    const bool isElsewhere = !otherServer.isEmpty() && !session.workspace().find(ownServer);
    const QString serverId = isElsewhere ? otherServer : ownServer;
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
            endpoint->responses.push_back(answerFor(exchange));
            assignIds(server);
            out.where.responseId = toQString(endpoint->responses.back().id);
        } else if (auto made = addMock(server, method, target)) {
            out.where.endpointId = toQString(*made);
            if (Endpoint *endpoint = findEndpoint(server, *made)) {
                endpoint->responses = {answerFor(exchange)};
                assignIds(server);
            }
        } else {
            error = toQString(made.error().message);
        }
    };
    out.isMade = session.workspace().edit(serverId, tr("Mock %1").arg(out.label), change);
    const CapturedBody &body = exchange.responseBody;
    if (exchange.match == MatchKind::Recorded && body.size > 0 && !body.content)
        out.remark = tr("without its body, which is not held");
    else if (exchange.match == MatchKind::Recorded && body.cut)
        out.remark = tr("with the beginning of its body, which is all that is held");
    if (out.isMade)
        session.runtime().flush();
    else
        out.failure = error.isEmpty()
                          ? exchange.serverId->empty()
                                ? tr("Select the server in the workspace that the mock is for")
                                : tr("The server of this request is no longer part of the "
                                     "workspace")
                          : tr("No mock was made: %1").arg(error);
    return out;
}

} // namespace understudy::ui
