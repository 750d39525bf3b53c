// SPDX-License-Identifier: Apache-2.0
// Requests that answers cause: what is sent, how it is recorded, and that it comes to an end.
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::test;
using testing::HasSubstr;

namespace {

/// The callbacks in the journal, oldest first, once there are so many.
std::vector<std::shared_ptr<const Exchange>> callbacksOf(RunningMock &server, std::size_t count)
{
    std::vector<std::shared_ptr<const Exchange>> out;
    const bool areThere = waitFor([&] {
        out.clear();
        for (const JournalEntry &entry : server.bench().journal().readSince(0, 1000).entries) {
            if (entry.exchange->match == MatchKind::Callback)
                out.push_back(entry.exchange);
        }
        return out.size() >= count;
    });
    EXPECT_TRUE(areThere) << "there are " << out.size() << " callbacks";
    out.resize(std::max(out.size(), count), std::make_shared<const Exchange>());
    return out;
}

/// What an endpoint of the server was asked.
std::shared_ptr<const Exchange> askedAt(RunningMock &server, const std::string &endpoint)
{
    std::shared_ptr<const Exchange> found;
    EXPECT_TRUE(waitFor([&] {
        for (const JournalEntry &entry : server.bench().journal().readSince(0, 1000).entries) {
            if (entry.exchange->endpointId && *entry.exchange->endpointId == endpoint)
                found = entry.exchange;
        }
        return found != nullptr;
    }));
    return found ? found : std::make_shared<const Exchange>();
}

const std::string kHook
    = "- {id: hook, method: ANY, path: '/hook/{name*}', responses: [{body: ok}]}\n";

} // namespace

TEST(Callbacks, GoOutRenderedAndAreExchangesOfTheirOwn)
{
    RunningMock server(mock("- id: order\n"
                            "  path: /orders/{id}\n"
                            "  responses:\n"
                            "  - body: accepted\n"
                            "    callbacks:\n"
                            "    - {url: '/hook/{{path.id}}?q={{query.q}}', template: true, "
                            "headers: {X-A: '{{method}}'},"
                            " bodyJson: {order: '{{path.id}}'}}\n"
                            + kHook));
    EXPECT_EQ(bodyOf(get(server.port(), "/orders/7?q=a%20b")), "accepted");
    const auto callback = callbacksOf(server, 1).at(0);
    EXPECT_EQ(callback->request.method(), "POST");
    EXPECT_EQ(callback->request.target(), "/hook/7?q=a%20b");
    EXPECT_EQ(callback->request.find("X-A"), "GET");
    EXPECT_EQ(callback->status, 200);
    EXPECT_EQ(*callback->responseBody.content, "ok");
    EXPECT_THAT(callback->responseHead, testing::StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(callback->client, HasSubstr(":" + std::to_string(server.port())));
    EXPECT_EQ(callback->error, "");
    const auto cause = server.bench().journal().at(callback->cause).exchange;
    ASSERT_TRUE(cause);
    EXPECT_EQ(*cause->endpointId, "order");
    // What arrived is what was recorded.
    const auto arrived = askedAt(server, "hook");
    EXPECT_EQ(*arrived->requestBody.content, R"({"order":"7"})");
    EXPECT_EQ(arrived->request.find("Content-Type"), "application/json");
    EXPECT_EQ(arrived->request.find("X-Understudy-Callback-Depth"), "1");
    EXPECT_EQ(arrived->request.raw(), callback->request.raw());
    // It is none of the server's requests.
    EXPECT_EQ(server.bench().status(server.id())->requests, 2U);
    EXPECT_EQ(server.bench().journal().counters().byStatusClass[2], 2U);
}

TEST(Callbacks, AreTriedAgainWhereThereIsNoAnswerOrA5xx)
{
    RunningMock server(mock("- path: /a\n"
                            "  responses: [{callbacks: [{url: /hook, method: PUT, retries: 5, "
                            "backoff: 1ms}]}]\n"
                            "- id: hook\n"
                            "  method: PUT\n"
                            "  path: /hook\n"
                            "  select: sequence\n"
                            "  responses:\n"
                            "  - {times: 2, status: 503}\n"
                            "  - {status: 204}\n"));
    get(server.port(), "/a");
    const auto tries = callbacksOf(server, 3);
    EXPECT_EQ(tries.at(0)->status, 503);
    EXPECT_EQ(tries.at(1)->status, 503);
    EXPECT_EQ(tries.at(2)->status, 204);
    EXPECT_EQ(tries.at(2)->cause, tries.at(0)->cause);
    EXPECT_EQ(server.bench().hits(server.id(), "hook"), 3U);
}

TEST(Callbacks, SayWhyTheyWereNotAnswered)
{
    std::string nobody;
    {
        RunningMock gone(mock(kHook));
        nobody = "http://127.0.0.1:" + std::to_string(gone.port()) + "/x";
    }
    RunningMock server(mock("- path: /a\n"
                            "  responses:\n"
                            "  - callbacks: [{url: '"
                            + nobody
                            + "'}]\n"
                              "- path: /b\n"
                              "  responses: [{callbacks: [{url: 'ftp://x'}]}]\n"
                              "- path: /c\n"
                              "  responses: [{callbacks: [{url: /hook, bodyFile: none.json}]}]\n"
                              "- path: /d\n"
                              "  responses: [{callbacks: [{url: '{{#if}}', template: true}]}]\n"));
    for (const char *path : {"/a", "/b", "/c", "/d"})
        EXPECT_THAT(get(server.port(), path), HasSubstr(" 200 ")) << path;
    std::string errors;
    for (const auto &callback : callbacksOf(server, 4)) {
        EXPECT_EQ(callback->status, 0);
        errors += callback->error + '\n';
    }
    EXPECT_THAT(errors, HasSubstr("no connection to 127.0.0.1:"));
    EXPECT_THAT(errors, HasSubstr("'ftp://x' is no address that begins with http:// or https://"));
    EXPECT_THAT(errors, HasSubstr("the file 'none.json' is missing"));
    EXPECT_THAT(errors, HasSubstr("(line 1, column "));
}

TEST(Callbacks, AreFramedByWhatTheyAre)
{
    RunningMock server(
        mock("- path: /a\n"
             "  responses:\n"
             "  - callbacks:\n"
             "    - {url: /hook/1, body: abc, headers: {Content-Length: 1, "
             "Transfer-Encoding: chunked}}\n"
             "- {path: /b, responses: [{callbacks: [{url: /hook/2, method: 'A B'}]}]}\n"
             "- path: /c\n"
             "  responses: [{callbacks: [{url: /hook/3, headers: {X-Long: "
             + std::string(70'000, 'x') + "}}]}]\n" + kHook));
    get(server.port(), "/a");
    EXPECT_EQ(callbacksOf(server, 1).at(0)->status, 200);
    const auto arrived = askedAt(server, "hook");
    EXPECT_EQ(*arrived->requestBody.content, "abc");
    EXPECT_EQ(arrived->request.find("Transfer-Encoding"), std::nullopt);
    get(server.port(), "/b");
    EXPECT_EQ(callbacksOf(server, 2).at(1)->error, "'A B' is no method");
    get(server.port(), "/c");
    // Too long for a line of Beast, or for the head that this server takes.
    const auto tooLong = callbacksOf(server, 3).at(2);
    EXPECT_TRUE(tooLong->status == 431 || !tooLong->error.empty()) << tooLong->status;
}

TEST(Callbacks, KeepTheBeginningOfALongAnswer)
{
    RunningMock server(mock("- {path: /a, responses: [{callbacks: [{url: /long, method: GET}]}]}\n"
                            "- {path: /long, responses: [{bodyFile: long.bin}]}\n"));
    server.folder().write("long.bin", std::string(9U << 20U, 'x'));
    get(server.port(), "/a");
    const auto callback = callbacksOf(server, 1).at(0);
    EXPECT_EQ(callback->status, 200);
    EXPECT_EQ(callback->error, "");
    EXPECT_TRUE(callback->responseBody.cut);
}

TEST(Callbacks, OfAnAnswerThatAFaultTookThePlaceOfAreNotSent)
{
    RunningMock server(mock("- path: /a\n"
                            "  behaviour: {faults: [{kind: status, status: 503, first: 1}]}\n"
                            "  responses: [{callbacks: [{url: /hook/1, method: GET}]}]\n"
                            + kHook));
    EXPECT_THAT(get(server.port(), "/a"), HasSubstr(" 503 "));
    EXPECT_THAT(get(server.port(), "/a"), HasSubstr(" 200 "));
    EXPECT_EQ(callbacksOf(server, 1).at(0)->cause, 2U);
    EXPECT_EQ(callbacksOf(server, 1).size(), 1U);
}

TEST(Callbacks, OfTheFallbackAreSentToo)
{
    RunningMock server(
        mock(kHook, "fallback: {status: 410, callbacks: [{url: /hook/gone, method: GET}]}\n"));
    EXPECT_THAT(get(server.port(), "/nowhere"), HasSubstr(" 410 "));
    EXPECT_EQ(callbacksOf(server, 1).at(0)->request.target(), "/hook/gone");
}

TEST(Callbacks, ThatCallEachOtherComeToAnEnd)
{
    RunningMock server(mock("- {path: /a, method: ANY, responses: [{callbacks: [{url: /a}]}]}\n"));
    get(server.port(), "/a");
    std::size_t refused = 0;
    for (const auto &callback : callbacksOf(server, 101))
        refused += callback->error.starts_with("100 callbacks led to this request") ? 1 : 0;
    EXPECT_EQ(refused, 1U);
    EXPECT_EQ(server.bench().status(server.id())->requests, 101U);
}

TEST(Callbacks, ThatStillWaitEndWithTheServer)
{
    // The clock is another callback, which is due when the one that must not come would be over.
    RunningMock other(mock("- path: /tick\n"
                           "  responses: [{callbacks: [{url: /tock, method: GET, after: 600ms}]}]\n"
                           "- {id: tock, path: /tock, responses: [{body: ok}]}\n"
                           + kHook));
    RunningMock server(mock("- path: /a\n"
                            "  responses: [{callbacks: [{after: 300ms, url: 'http://127.0.0.1:"
                            + std::to_string(other.port()) + "/hook/1'}]}]\n"));
    get(server.port(), "/a");
    server.bench().stop(server.id());
    get(other.port(), "/tick");
    EXPECT_TRUE(other.waitForHit("tock"));
    EXPECT_EQ(other.bench().hits(other.id(), "hook"), 0U);
}

TEST(Callbacks, ThatAreTooManyAreRefusedAndThatIsSaid)
{
    std::string many;
    for (int i = 0; i < 50; ++i)
        many += "    - {url: /hook/1, after: 1h}\n";
    RunningMock server(mock("- path: /a\n  responses:\n  - callbacks:\n" + many + kHook));
    for (int i = 0; i < 20; ++i)
        get(server.port(), "/a");
    EXPECT_EQ(server.bench().journal().newest(), 20U);
    get(server.port(), "/a");
    for (const auto &callback : callbacksOf(server, 50))
        EXPECT_THAT(callback->error, HasSubstr("are on their way already"));

    RunningMock bytes(mock("- path: /large\n"
                           "  responses: [{callbacks: [{url: /hook, after: 1h, bodyFile: "
                           "large.bin}]}]\n"));
    bytes.folder().write("large.bin", std::string(30U << 20U, 'x'));
    for (int i = 0; i < 3; ++i)
        get(bytes.port(), "/large");
    EXPECT_THAT(callbacksOf(bytes, 1).at(0)->error, HasSubstr("64 MB"));
    EXPECT_EQ(callbacksOf(bytes, 1).size(), 1U);
}

TEST(Callbacks, AreSignedAndSentSoOften)
{
    ::setenv("UNDERSTUDY_HOOK_SECRET", "It's a Secret to Everybody", 1);
    RunningMock server(
        mock("- path: /a\n"
             "  responses:\n"
             "  - callbacks:\n"
             "    - {url: /hook/1, body: 'Hello, World!', copies: 3, sign: {header: "
             "X-Hub-Signature-256, secretEnv: UNDERSTUDY_HOOK_SECRET, format: 'sha256={hex}'}}\n"
             "- path: /b\n"
             "  responses: [{callbacks: [{url: /hook/2, body: 'Hello, World!', sign: {secret: "
             "\"It's a Secret to Everybody\", hash: sha1, format: '{base64}'}}]}]\n"
             "- path: /c\n"
             "  responses: [{callbacks: [{url: /hook/3, sign: {secretEnv: UNDERSTUDY_NONE}}]}]\n"
             + kHook));
    get(server.port(), "/a");
    const auto sent = callbacksOf(server, 3);
    ASSERT_EQ(sent.size(), 3U);
    for (const auto &callback : sent) {
        // The example of GitHub's documentation on webhooks.
        EXPECT_EQ(callback->request.find("X-Hub-Signature-256"),
                  "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    }
    get(server.port(), "/b");
    EXPECT_EQ(callbacksOf(server, 4).at(3)->request.find("X-Signature"),
              "AdwQ0Mg+cu0kYhnN2RZpZn/iylk=");
    get(server.port(), "/c");
    EXPECT_THAT(callbacksOf(server, 5).at(4)->error,
                HasSubstr("UNDERSTUDY_NONE is not set; it holds the secret"));
}

TEST(Callbacks, GoOverTlsToLoopbackWithoutAsking)
{
    RunningMock server(mock("- {path: /a, responses: [{callbacks: [{url: '"
                            + std::string("https://127.0.0.1:1/x") + "'}]}]}\n"));
    RunningMock secure("understudy: 1\nlisten: {port: 0, tls: self-signed}\nendpoints:\n" + kHook);
    ASSERT_TRUE(
        server.update(mock("- {path: /a, responses: [{callbacks: [{url: 'https://127.0.0.1:"
                           + std::to_string(secure.port()) + "/hook/x', method: GET}]}]}\n")));
    get(server.port(), "/a");
    const auto callback = callbacksOf(server, 1).at(0);
    EXPECT_EQ(callback->error, "");
    EXPECT_EQ(callback->status, 200);
    EXPECT_EQ(callback->tls, "TLS 1.3");
}
