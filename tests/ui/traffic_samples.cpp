// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/traffic_samples.h"

#include "core/http/request_parser.h"
#include "core/http/status.h"

namespace understudy::test {

namespace {

std::shared_ptr<const std::string> shared(std::string text)
{
    return std::make_shared<const std::string>(std::move(text));
}

CapturedBody bodyOf(const std::string &text)
{
    CapturedBody body;
    body.size = text.size();
    if (!text.empty())
        body.content = shared(text);
    return body;
}

} // namespace

std::shared_ptr<Exchange> makeExchange(const Sample &sample)
{
    static const auto kServerId = shared("shop");
    static const auto kServerName = shared("Shop API");
    static const auto kEndpointId = shared("ep-users");
    static const auto kEndpointLabel = shared("GET /users");
    static const auto kResponseLabel = shared("200 OK");

    std::string head
        = sample.method + " " + sample.target + " HTTP/1.1\r\nHost: 127.0.0.1:3000\r\n";
    for (const auto &[name, value] : sample.headers)
        head += name + ": " + value + "\r\n";
    if (!sample.requestBody.empty())
        head += "Content-Length: " + std::to_string(sample.requestBody.size()) + "\r\n";
    http::RequestParser parser;
    parser.feed(head + "\r\n");
    parser.feed(sample.requestBody);

    auto e = std::make_shared<Exchange>();
    e->received = std::chrono::system_clock::now();
    e->timings.requestComplete = sample.duration / 4;
    e->timings.matched = sample.duration / 2;
    e->timings.firstByteOut = sample.duration * 3 / 4;
    e->timings.complete = sample.duration;
    e->serverId = kServerId;
    e->serverName = kServerName;
    e->client = "127.0.0.1:50312";
    e->connection = 1;
    e->request = parser.take().head;
    e->requestBody = bodyOf(sample.requestBody);
    e->status = sample.status;
    e->responseHead = "HTTP/1.1 " + std::to_string(sample.status) + " "
                      + std::string(http::reasonPhrase(sample.status))
                      + "\r\nContent-Type: application/json\r\nContent-Length: "
                      + std::to_string(sample.responseBody.size()) + "\r\n\r\n";
    e->responseBody = bodyOf(sample.responseBody);
    e->match = sample.match;
    if (sample.match == MatchKind::Matched) {
        e->endpointId = kEndpointId;
        e->endpointLabel = kEndpointLabel;
        e->responseLabel = kResponseLabel;
        e->ordinal = 1;
    }
    return e;
}

std::shared_ptr<Exchange> makeMiss()
{
    Sample sample;
    sample.target = "/orders/17";
    sample.status = 404;
    sample.match = MatchKind::NoRule;
    auto e = makeExchange(sample);
    Explanation why;
    why.summary = "No response of GET /orders/{id} fits";
    CandidateTrace candidate;
    candidate.endpointId = "ep-orders";
    candidate.endpointLabel = "GET /orders/{id}";
    candidate.responseLabel = "200 OK";
    candidate.reason = "1 of 2 conditions failed";
    candidate.distance = 0.5;
    candidate.conditions = {{"path", "/orders/{id}", "/orders/17", true},
                            {"header.Accept", "contains json", "*/*", false}};
    why.candidates.push_back(candidate);
    e->why = std::make_shared<Explanation>(why);
    return e;
}

std::shared_ptr<Exchange> makeBroken()
{
    using namespace std::chrono_literals;
    auto e = makeExchange({.duration = 245ms});
    e->tls = "TLS 1.3, shop.localhost";
    e->timings = {.acceptedBefore = 42ms,
                  .handshake = 18ms,
                  .requestComplete = 3ms,
                  .matched = 4500us,
                  .firstByteOut = 219600us,
                  .complete = 245ms,
                  .plannedLatency = 213ms,
                  .plannedTransfer = 60ms};
    BehaviourRecord record;
    record.seed = 48151;
    record.drawnFor = "ep-users";
    record.ordinal = 17;
    record.latencies.push_back({BehaviourScope::Endpoint, "", LatencyPlace::Head,
                                "log-normal, median 200ms, p99 2s", 0.5437, 163ms});
    record.latencies.push_back(
        {BehaviourScope::Folder, "users", LatencyPlace::Head, "50ms", {}, 50ms});
    record.throttle = ThrottleUse{BehaviourScope::Server, "", "download 50kB/s"};
    FaultDraw fault;
    fault.kind = FaultKind::Reset;
    fault.label = "reset at body";
    fault.conditions = "20 %";
    fault.rate = 0.2;
    fault.unit = 0.1342;
    fault.effect = "the connection was reset after 100 bytes of the body";
    record.fault = fault;
    e->behaviour = std::make_shared<const BehaviourRecord>(record);
    return e;
}

std::shared_ptr<Exchange> makeNoRequest()
{
    using namespace std::chrono_literals;
    auto e = std::make_shared<Exchange>();
    e->received = std::chrono::system_clock::now();
    e->timings.complete = 7ms;
    e->serverId = shared("shop");
    e->serverName = shared("Shop API");
    e->client = "127.0.0.1:50313";
    e->connection = 2;
    e->match = MatchKind::NoRequest;
    BehaviourRecord record;
    record.seed = 48151;
    record.drawnFor = "(connection)";
    record.ordinal = 2;
    FaultDraw fault;
    fault.kind = FaultKind::Tls;
    fault.label = "tls expired";
    fault.scope = BehaviourScope::Server;
    fault.effect = "the handshake showed a certificate that had expired";
    record.fault = fault;
    e->behaviour = std::make_shared<const BehaviourRecord>(record);
    return e;
}

void fill(Journal &journal, int count)
{
    for (int i = 1; i <= count; ++i)
        journal.append(makeExchange({.target = "/n/" + std::to_string(i)}));
}

} // namespace understudy::test
