// SPDX-License-Identifier: Apache-2.0
// One connection as the engine sees it: what it is told, and what it says. No sockets, no clock.
#include "core/engine/answer_builder.h"
#include "core/engine/conversation.h"
#include "core/http/request_parser.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::test;
using namespace std::chrono_literals;
using testing::HasSubstr;

namespace {

/// A server that may change, and one client's connection to it. The time stands still: a request
/// arrives 10 ms after its first byte and is answered 20 ms after it.
class Talk
{
public:
    explicit Talk(const std::string &yaml)
        : server(compiled(yaml))
        , conversation([this] { return server; }, client())
    {}

    Conversation::Snapshot compiled(const std::string &yaml) const
    {
        CompileOptions options;
        options.folder = folder.path();
        options.seed = 42;
        options.serverId = "test";
        auto made = CompiledServer::compile(parseMock(yaml), memory, options);
        if (!made)
            throw std::runtime_error(made.error().message);
        return *made;
    }

    void begins() { isStruck = conversation.begins(WallTime{1s}, SteadyTime{5s}); }

    static http::Request parse(const std::string &text)
    {
        http::RequestParser parser;
        parser.feed(text);
        EXPECT_TRUE(parser.isComplete()) << text;
        return parser.take();
    }

    /// A whole request and its answer, as it should be.
    std::shared_ptr<Exchange> get(const std::string &target)
    {
        begins();
        const http::Request request = parse("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n");
        AnswerPlan plan = conversation.request(request, moment);
        Sent sent;
        sent.arrived = SteadyTime{5s + 10ms};
        sent.matched = sent.firstOut = sent.complete = SteadyTime{5s + 20ms};
        if (conversation.needsScript(plan)) {
            AnswerBytes bytes;
            bytes.head = plan.answer->head + "\r\n";
            bytes.body = *plan.answer->body;
            script = conversation.script(plan, std::move(bytes));
            sent.bytes.emplace();
            for (const WireStep &step : script.steps) {
                if (const auto *write = std::get_if<WriteStep>(&step))
                    *sent.bytes += write->bytes;
            }
            sent.size = sent.bytes->size();
        } else {
            sent.head = plan.answer->head + "\r\n";
        }
        return conversation.finished(request, std::move(plan), std::move(sent), 1000);
    }

    TemporaryFolder folder;
    std::shared_ptr<ServerMemory> memory = std::make_shared<ServerMemory>();
    Conversation::Snapshot server;
    Conversation conversation;
    Moment moment{WallTime{1s}, 0ms};
    WireScript script;
    bool isStruck = false;

private:
    static Client client()
    {
        Client client;
        client.facts = {.client = "127.0.0.1", .port = 3000};
        client.name = "127.0.0.1:50312";
        client.connection = 7;
        client.accepted = SteadyTime{4s};
        client.serverId = std::make_shared<const std::string>("test");
        return client;
    }
};

std::string answering(const std::string &body, const std::string &behaviour = {},
                      const std::string &listen = "{port: 0}")
{
    return "understudy: 1\nname: Test\nlisten: " + listen + "\n"
           + (behaviour.empty() ? "" : "behaviour: " + behaviour + "\n")
           + "endpoints:\n- {method: ANY, path: /x, responses: [{body: " + body + "}]}\n";
}

const std::string kTls = "{port: 0, tls: self-signed}";

std::string faultOf(const Exchange &exchange)
{
    return exchange.behaviour && exchange.behaviour->fault ? exchange.behaviour->fault->effect
                                                           : std::string();
}

} // namespace

TEST(Conversation, SaysWhoTalkedAndWhen)
{
    Talk talk(answering("a"));
    EXPECT_FALSE(talk.conversation.accepted(talk.moment).plan);
    const auto first = talk.get("/x");
    EXPECT_EQ(*first->serverId, "test");
    EXPECT_EQ(first->client, "127.0.0.1:50312");
    EXPECT_EQ(first->connection, 7U);
    EXPECT_EQ(first->received, WallTime{1s});
    EXPECT_EQ(first->timings.acceptedBefore, 1s);
    EXPECT_EQ(first->timings.requestComplete, 10ms);
    EXPECT_EQ(first->timings.complete, 20ms);
    EXPECT_EQ(first->status, 200);
    EXPECT_EQ(*first->responseBody.content, "a");
    EXPECT_EQ(talk.get("/x")->timings.acceptedBefore, std::nullopt);
}

TEST(Conversation, TellsTheLatencyOfItsConnectionWithTheFirstRequest)
{
    Talk talk(answering("a", "{latency: {connect: 30ms}}"));
    const auto acceptance = talk.conversation.accepted(talk.moment);
    EXPECT_EQ(acceptance.latency, 30ms);
    EXPECT_FALSE(acceptance.plan);
    const auto first = talk.get("/x");
    ASSERT_TRUE(first->behaviour);
    EXPECT_EQ(first->behaviour->latencies.size(), 1U);
    EXPECT_FALSE(talk.get("/x")->behaviour);
}

TEST(Conversation, EndsAtAcceptWithoutARequest)
{
    Talk talk(answering("a", "{faults: [{kind: reset, at: accept}]}"));
    const auto acceptance = talk.conversation.accepted(talk.moment);
    ASSERT_TRUE(acceptance.plan);
    EXPECT_EQ(acceptance.plan->end, WireEnd::Reset);
    const auto exchange = talk.conversation.struck(*acceptance.plan, SteadyTime{4s + 1ms});
    EXPECT_EQ(exchange->error, acceptance.plan->effect);
    EXPECT_EQ(exchange->match, MatchKind::NoRequest);
    EXPECT_EQ(exchange->timings.complete, 1ms);
    EXPECT_THAT(faultOf(*exchange), HasSubstr("reset as soon as it was accepted"));
}

TEST(Conversation, SaysOfAFaultThatTheClientDidNotWaitForThatItDidNotHappen)
{
    Talk talk(answering("a", "{latency: {connect: 2s}, faults: [{kind: reset, at: accept}]}"));
    const auto acceptance = talk.conversation.accepted(talk.moment);
    EXPECT_EQ(acceptance.latency, 2s);
    ASSERT_TRUE(acceptance.plan);
    const auto exchange = talk.conversation.noRequest("the client left", SteadyTime{4s + 200ms});
    EXPECT_EQ(exchange->error, "the client left");
    EXPECT_EQ(faultOf(*exchange), "the connection had ended before it happened");
}

TEST(Conversation, TellsTheHandshakeWhatToDoWrongAndTheFirstRequestThatItDid)
{
    Talk talk(answering("a", "{faults: [{kind: tls, variant: expired}]}", kTls));
    talk.conversation.accepted(talk.moment);
    talk.begins();
    const HandshakePlan plan = talk.conversation.hello("shop.localhost", talk.moment);
    EXPECT_EQ(plan.certificate, HandshakePlan::Certificate::Expired);
    talk.conversation.shookHands("TLS 1.3", "", 3ms);
    const auto first = talk.get("/x");
    EXPECT_EQ(first->tls, "TLS 1.3, shop.localhost");
    EXPECT_EQ(first->timings.handshake, 3ms);
    EXPECT_THAT(faultOf(*first), HasSubstr("has expired"));
    EXPECT_EQ(faultOf(*talk.get("/x")), "");
}

TEST(Conversation, EndsEachAnswerWithTheConnectionWhereTheGoodbyeIsLeftOut)
{
    Talk talk(answering("a", "{faults: [{kind: tls, variant: cut}]}", kTls));
    talk.conversation.accepted(talk.moment);
    EXPECT_TRUE(talk.conversation.hello("", talk.moment).endsWithoutGoodbye);
    for (int i = 0; i < 2; ++i) {
        EXPECT_THAT(faultOf(*talk.get("/x")), HasSubstr("close_notify"));
        EXPECT_EQ(talk.script.end, WireEnd::Cut);
    }
}

TEST(Conversation, WaitsAsLongWhereTheGoodbyeIsLeftOut)
{
    Talk talk(
        answering("a", "{latency: {head: 500ms}, faults: [{kind: tls, variant: cut}]}", kTls));
    talk.conversation.accepted(talk.moment);
    talk.conversation.hello("", talk.moment);
    const auto exchange = talk.get("/x");
    EXPECT_EQ(exchange->timings.plannedLatency, 500ms);
    const auto *wait = std::get_if<WaitForAnswerStep>(&talk.script.steps.at(0));
    ASSERT_NE(wait, nullptr);
    EXPECT_EQ(wait->latency, 500ms);
    EXPECT_EQ(exchange->behaviour->latencies.size(), 1U);
    EXPECT_THAT(faultOf(*exchange), HasSubstr("close_notify"));
}

TEST(Conversation, ARaceStrikesWhenTheNextRequestBegins)
{
    Talk talk(answering("a", "{faults: [{kind: keepalive-race}]}"));
    talk.conversation.accepted(talk.moment);
    talk.get("/x");
    EXPECT_FALSE(talk.isStruck);
    EXPECT_EQ(talk.script.end, WireEnd::Race);
    talk.begins();
    EXPECT_TRUE(talk.isStruck);
    const auto exchange = talk.conversation.noRequest("reset", SteadyTime{5s});
    ASSERT_TRUE(exchange->behaviour);
    EXPECT_TRUE(exchange->behaviour->fault);
}

TEST(Conversation, TheSnapshotThatDecidedAtTheHeadAnswers)
{
    Talk talk(mock("- {method: POST, path: /x, behaviour: {throttle: {upload: 1kB/s}}, "
                   "responses: [{body: old}]}\n"));
    talk.begins();
    const http::Request request
        = Talk::parse("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\na");
    ASSERT_TRUE(talk.conversation.wantsHead());
    EXPECT_EQ(talk.conversation.head(request.head, talk.moment).upload, ByteCount{1000});
    EXPECT_FALSE(talk.conversation.wantsHead()) << "asked once a request";
    talk.server = talk.compiled(answering("new"));
    talk.conversation.waits();
    AnswerPlan plan = talk.conversation.request(request, talk.moment);
    EXPECT_EQ(*plan.answer->body, "old");
    EXPECT_EQ(plan.ordinal, 1U);
    talk.conversation.finished(request, std::move(plan), {}, 1000);
    EXPECT_EQ(*talk.get("/x")->responseBody.content, "new");
}

TEST(Conversation, KeepsNoSnapshotAliveWhileItWaits)
{
    Talk talk(answering("a"));
    talk.get("/x");
    talk.begins();
    talk.conversation.wantsHead();
    talk.conversation.waits();
    const std::weak_ptr<const CompiledServer> old = talk.server;
    talk.server = talk.compiled(answering("b"));
    EXPECT_TRUE(old.expired());
}

TEST(Conversation, SaysWhatWasRefusedAndWhatTheClientWasTold)
{
    Talk talk(answering("a"));
    talk.begins();
    const auto answer = prepareMessage(400, "no");
    Sent sent;
    sent.firstOut = SteadyTime{5s + 2ms};
    sent.complete = SteadyTime{5s + 3ms};
    sent.head = answer->head;
    const auto told
        = talk.conversation.refused("no", {}, "GET\r\n", answer.get(), std::move(sent), 1000);
    EXPECT_EQ(told->match, MatchKind::BadRequest);
    EXPECT_EQ(told->rawInput, "GET\r\n");
    EXPECT_EQ(told->status, 400);
    EXPECT_EQ(told->timings.firstByteOut, 2ms);
    EXPECT_EQ(*told->responseBody.content, "no\n");
    Sent nothing;
    nothing.isWhole = false;
    EXPECT_EQ(
        talk.conversation.refused("left", {}, "", answer.get(), std::move(nothing), 1000)->status,
        0);
}
