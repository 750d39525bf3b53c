// SPDX-License-Identifier: Apache-2.0
#include "core/engine/conversation.h"

#include "core/behaviour/head_faults.h"

#include <charconv>
#include <utility>

namespace understudy {

namespace {

// Of a refused request.
constexpr std::size_t kRawInput = 4096;

/// Of the first line of what was sent; 0 if it says none.
int statusOf(std::string_view sent)
{
    int status = 0;
    const std::size_t space = sent.find(' ');
    if (space == std::string_view::npos)
        return 0;
    std::from_chars(sent.data() + space + 1, sent.data() + sent.size(), status);
    return status >= 100 && status <= 999 ? status : 0;
}

} // namespace

Conversation::Conversation(std::function<Snapshot()> current, Client client)
    : m_current(std::move(current))
    , m_client(std::move(client))
{}

Conversation::Acceptance Conversation::accepted(const Moment &moment,
                                                std::optional<WallTime> received)
{
    const Snapshot server = m_current();
    if (!server->watchesConnections())
        return {};
    begins(received.value_or(moment.wall), m_client.accepted);
    m_number = server->nextConnection();
    const Decision decision
        = server->decideForConnection(FaultMoment::Accept, m_number, m_client.facts, moment);
    m_struck = decision.record;
    Acceptance out{decision.connect, std::nullopt};
    if (decision.fault)
        out.plan = planAccept(decision.fault->fault);
    else
        m_connectRecord = decision.record;
    return out;
}

bool Conversation::begins(WallTime received, SteadyTime firstByte)
{
    m_received = received;
    m_firstByte = firstByte;
    m_struck = m_race;
    return m_race != nullptr;
}

HandshakePlan Conversation::hello(std::string_view serverName, const Moment &moment)
{
    m_client.facts.tls = true;
    m_client.facts.serverName = serverName;
    const Snapshot server = m_current();
    if (!server->watchesConnections())
        return {};
    const Decision decision
        = server->decideForConnection(FaultMoment::Handshake, m_number, m_client.facts, moment);
    // The fault itself belongs to the snapshot, which the connection outlives.
    m_handshakeRecord = decision.record;
    m_struck = decision.record;
    if (!decision.fault)
        return {};
    m_handshakePlan = planHandshake(decision.fault->fault);
    m_handshakeRecord->fault->effect = m_handshakePlan.effect;
    return m_handshakePlan;
}

void Conversation::shookHands(std::string_view protocol, std::string certificateSubject,
                              Duration took)
{
    m_client.facts.tls = true;
    m_client.facts.certificateSubject = std::move(certificateSubject);
    m_handshake = took;
    m_tls = protocol;
    if (!m_client.facts.serverName.empty())
        m_tls += (m_tls.empty() ? "" : ", ") + m_client.facts.serverName;
}

bool Conversation::wantsHead()
{
    if (m_early)
        return false;
    m_server = m_current();
    return m_server->watchesHeads();
}

const HeadPlan &Conversation::head(const http::RequestHead &head, const Moment &moment)
{
    m_early = std::make_unique<Early>();
    m_early->data = m_server->anticipate(head, m_client.facts, moment);
    m_early->server = std::exchange(m_server, nullptr);
    return m_early->data.plan;
}

void Conversation::chooseServer()
{
    // What was decided at the head belongs to the snapshot that decided it.
    if (m_early)
        m_server = m_early->server;
    else if (!m_server)
        m_server = m_current();
}

bool Conversation::mayTakeLong(const http::Request &request)
{
    chooseServer();
    return m_server->mayRunScript(request, m_client.facts);
}

AnswerPlan Conversation::request(const http::Request &request, const Moment &moment)
{
    chooseServer();
    return m_server->answer(request, m_client.facts, moment, m_early ? &m_early->data : nullptr);
}

bool Conversation::needsScript(const AnswerPlan &plan) const
{
    return plan.decision || m_handshakePlan.endsWithoutGoodbye;
}

bool Conversation::needsWholeBody(const AnswerPlan &plan) const
{
    const bool isStruck = plan.decision && plan.decision->fault;
    return m_handshakePlan.endsWithoutGoodbye
           || (isStruck && understudy::needsWholeBody(plan.decision->fault->fault));
}

WireScript Conversation::script(AnswerPlan &plan, AnswerBytes bytes)
{
    if (!plan.decision) {
        plan.decision.emplace();
        plan.decision->head = plan.latency;
        if (plan.record)
            plan.decision->record = std::make_shared<BehaviourRecord>(*plan.record);
    }
    Decision &decision = *plan.decision;
    const bool isCut = m_handshakePlan.endsWithoutGoodbye && !decision.fault;
    if (isCut) {
        bytes.head = endWithConnection(bytes.head);
        if (!decision.record)
            decision.record = m_handshakeRecord;
    }
    std::string effect;
    WireScript script = buildScript(std::move(bytes), decision, m_received, effect);
    if (isCut)
        script.end = WireEnd::Cut;
    if (decision.fault && !effect.empty())
        decision.record->fault->effect = std::move(effect);
    if (script.end == WireEnd::Race)
        m_race = decision.record;
    return script;
}

/// What every exchange of this connection says.
std::shared_ptr<Exchange> Conversation::newExchange()
{
    auto exchange = std::make_shared<Exchange>();
    exchange->received = m_received;
    exchange->serverId = m_client.serverId;
    exchange->client = m_client.name;
    exchange->tls = m_tls;
    exchange->connection = m_client.connection;
    if (std::exchange(m_isFirst, false)) {
        exchange->timings.acceptedBefore = since(m_client.accepted, m_firstByte);
        exchange->timings.handshake = m_handshake;
    }
    return exchange;
}

/// Adds to what was drawn for a request what happened to its connection: the latency before its
/// first request, a fault of its TLS handshake.
std::shared_ptr<const BehaviourRecord>
Conversation::withConnection(std::shared_ptr<const BehaviourRecord> record)
{
    const auto connect = std::exchange(m_connectRecord, nullptr);
    // Said once, with the first request; a missing goodbye is seen with each answer.
    const auto handshake = m_handshakeRecord;
    if (!m_handshakePlan.endsWithoutGoodbye)
        m_handshakeRecord.reset();
    const bool hasHandshake = handshake && handshake->fault && !(record && record->fault);
    if (!connect && !hasHandshake)
        return record;
    auto merged = std::make_shared<BehaviourRecord>(record    ? *record
                                                    : connect ? *connect
                                                              : *handshake);
    if (connect && record)
        merged->latencies.insert(merged->latencies.begin(), connect->latencies.begin(),
                                 connect->latencies.end());
    if (hasHandshake)
        merged->fault = handshake->fault;
    return merged;
}

std::shared_ptr<Exchange> Conversation::finished(http::Request request, AnswerPlan &&plan,
                                                 Sent &&sent, std::size_t captureLimit)
{
    auto exchange = newExchange();
    exchange->timings.requestComplete = since(m_firstByte, sent.arrived);
    exchange->timings.matched = since(m_firstByte, sent.matched);
    exchange->timings.firstByteOut = since(m_firstByte, sent.firstOut);
    exchange->timings.complete = since(m_firstByte, sent.complete);
    exchange->timings.plannedLatency = plan.decision ? plan.decision->head : plan.latency;
    exchange->timings.plannedTransfer = sent.plannedTransfer;
    exchange->serverName = m_server->name();
    exchange->ordinal = plan.ordinal;
    exchange->request = std::move(request.head);
    exchange->requestBody = captureBody(std::move(request.body), captureLimit);
    exchange->status = plan.answer->status;
    if (sent.bytes) {
        addSent(*exchange, plan, sent, captureLimit);
    } else {
        exchange->responseHead = std::move(sent.head);
        if (plan.sendsBody) {
            const auto &body = plan.answer->body;
            exchange->responseBody.content = body->empty() ? nullptr : body;
            exchange->responseBody.size = body->size();
            exchange->responseBody.isShared = plan.answer->isStatic;
        }
    }
    exchange->match = plan.match;
    exchange->endpointId = std::move(plan.endpointId);
    exchange->endpointLabel = std::move(plan.endpointLabel);
    exchange->responseId = std::move(plan.responseId);
    exchange->responseLabel = std::move(plan.responseLabel);
    exchange->why = std::move(plan.why);
    exchange->behaviour = withConnection(plan.decision ? plan.decision->record : plan.record);
    exchange->isBehaviourShared = plan.record && exchange->behaviour == plan.record;
    exchange->error = std::move(sent.error.empty() ? plan.error : sent.error);
    m_early.reset();
    m_server.reset();
    return exchange;
}

/// What was sent, as far as it can be told apart: everything up to the first empty line is the
/// head. Bytes that are no answer at all are shown as the body.
void Conversation::addSent(Exchange &exchange, const AnswerPlan &plan, Sent &sent,
                           std::size_t captureLimit)
{
    const std::string bytes = *std::move(sent.bytes);
    if (bytes.empty()) {
        exchange.status = 0;
        return;
    }
    const std::size_t end = bytes.find("\r\n\r\n");
    const bool isAnswer = bytes.starts_with("HTTP/") && end != std::string::npos;
    const std::size_t headSize = isAnswer ? end + 4 : 0;
    exchange.status = isAnswer ? statusOf(bytes) : 0;
    exchange.responseHead = bytes.substr(0, headSize);
    const std::uint64_t bodySize = sent.size - headSize;
    const bool isWhole = isAnswer && sent.isWhole && plan.sendsBody && !plan.file;
    const auto &body = plan.answer->body;
    const auto &chunks = plan.answer->chunkedBody;
    const std::string_view sentBody = std::string_view(bytes).substr(headSize);
    if (isWhole && (sentBody == *body || (chunks && sentBody == *chunks))) {
        // Unchanged: shown without its chunks, as ever.
        exchange.responseBody.content = body->empty() ? nullptr : body;
        exchange.responseBody.size = body->size();
        exchange.responseBody.isShared = plan.answer->isStatic;
        return;
    }
    exchange.responseBody = captureBody(std::string(sentBody), captureLimit);
    exchange.responseBody.cut = exchange.responseBody.cut || exchange.responseBody.size < bodySize;
    exchange.responseBody.size = bodySize;
}

std::shared_ptr<Exchange> Conversation::refused(std::string error, const http::RequestHead &head,
                                                std::string_view raw,
                                                const http::PreparedResponse *answer, Sent sent,
                                                std::size_t captureLimit)
{
    auto exchange = newExchange();
    exchange->timings.firstByteOut = since(m_firstByte, sent.firstOut);
    exchange->timings.complete = since(m_firstByte, sent.complete);
    exchange->serverName = m_current()->name();
    exchange->rawInput = raw.substr(0, kRawInput);
    exchange->request = head;
    exchange->match = MatchKind::BadRequest;
    exchange->error = std::move(error);
    if (answer && sent.isWhole) {
        exchange->status = answer->status;
        exchange->responseHead = std::move(sent.head);
        exchange->responseBody = captureBody(*answer->body, captureLimit);
    }
    if (m_early)
        exchange->behaviour = withConnection(m_early->data.decision.record);
    m_early.reset();
    m_server.reset();
    return exchange;
}

std::shared_ptr<Exchange> Conversation::noRequest(std::string error, SteadyTime now)
{
    auto exchange = newExchange();
    exchange->timings.complete = since(m_firstByte, now);
    exchange->timings.firstByteOut = exchange->timings.complete;
    exchange->serverName = m_current()->name();
    exchange->match = MatchKind::NoRequest;
    exchange->error = std::move(error);
    if (m_struck) {
        auto record = std::make_shared<BehaviourRecord>(*m_struck);
        if (record->fault && record->fault->effect.empty())
            record->fault->effect = "the connection had ended before it happened";
        exchange->behaviour = std::move(record);
    }
    return exchange;
}

std::shared_ptr<Exchange> Conversation::struck(const AcceptPlan &plan, SteadyTime now)
{
    if (m_struck) {
        auto record = std::make_shared<BehaviourRecord>(*m_struck);
        record->fault->effect = plan.effect;
        m_struck = std::move(record);
    }
    return noRequest(plan.effect, now);
}

} // namespace understudy
