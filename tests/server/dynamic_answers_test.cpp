// SPDX-License-Identifier: Apache-2.0
// Answers that are made for one request, over the wire: templates, buckets, CRUD.
#include "tests/support/loopback_client.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

#include <thread>

using namespace understudy;
using namespace understudy::test;
using testing::HasSubstr;
using namespace std::chrono_literals;

namespace {

std::string send(std::uint16_t port, const std::string &method, const std::string &target,
                 const std::string &body = {})
{
    LoopbackClient client(port);
    client.send(method + ' ' + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size())
                + "\r\n\r\n" + body);
    return client.readAll();
}

} // namespace

TEST(DynamicAnswers, RenderBodyHeadersAndFiles)
{
    RunningMock server(mock("- path: /hello/{name}\n"
                            "  responses:\n"
                            "  - template: true\n"
                            "    headers: {X-Page: \"{{query.page}}\"}\n"
                            "    body: \"{{path.name}}, {{count}}\"\n"
                            "- path: /file/{name}\n"
                            "  responses: [{template: true, bodyFile: \"{{path.name}}.json\"}]\n"
                            "- path: /raw\n"
                            "  responses: [{body: \"{{path.name}}\"}]\n"));
    server.folder().write("a.json", "{\"for\": \"{{client}}\"}");
    const std::string hello = get(server.port(), "/hello/Ada?page=3");
    EXPECT_EQ(bodyOf(hello), "Ada, 1");
    EXPECT_THAT(hello, HasSubstr("X-Page: 3\r\n"));
    EXPECT_THAT(hello, HasSubstr("Content-Type: text/plain; charset=utf-8\r\n"));
    EXPECT_EQ(bodyOf(get(server.port(), "/hello/Bob")), "Bob, 2");
    const std::string file = get(server.port(), "/file/a");
    EXPECT_EQ(bodyOf(file), "{\"for\": \"127.0.0.1\"}");
    EXPECT_THAT(file, HasSubstr("Content-Type: application/json"));
    EXPECT_THAT(get(server.port(), "/file/..%2Fsecret"), HasSubstr(" 500 "));
    EXPECT_EQ(bodyOf(get(server.port(), "/raw")), "{{path.name}}");
}

TEST(DynamicAnswers, ATemplateKeepsItsAnswerBack)
{
    RunningMock server(mock("- path: /a\n"
                            "  responses: [{template: true, body: \"{{delay query.ms}}ok\"}]\n"
                            "- path: /b\n"
                            "  behaviour: {latency: 3ms}\n"
                            "  responses: [{template: true, headers: {X: \"{{delay '2ms'}}\"}}]\n"
                            "- path: /c\n"
                            "  behaviour: {latency: {uniform: [1ms, 1ms]}}\n"
                            "  responses: [{template: true, body: \"{{delay 4}}\"}]\n"
                            "- path: /d\n"
                            "  responses: [{template: true, body: \"{{delay '2h'}}\"}]\n"));
    EXPECT_EQ(bodyOf(get(server.port(), "/a?ms=7")), "ok");
    EXPECT_EQ(server.exchange(1)->timings.plannedLatency, 7ms);
    EXPECT_THAT(behaviourSentence(*server.exchange(1)->behaviour),
                HasSubstr("7 ms of the response"));
    get(server.port(), "/b");
    EXPECT_EQ(server.exchange(2)->timings.plannedLatency, 5ms);
    EXPECT_EQ(server.exchange(2)->behaviour->latencies.size(), 2U);
    get(server.port(), "/c");
    EXPECT_EQ(server.exchange(3)->timings.plannedLatency, 5ms);
    get(server.port(), "/a?ms=0");
    EXPECT_FALSE(server.exchange(4)->behaviour);
    EXPECT_THAT(get(server.port(), "/a?ms=soon"), HasSubstr("delay: "));
    EXPECT_THAT(get(server.port(), "/d"), HasSubstr("for an hour at most"));
}

TEST(DynamicAnswers, RenderTheirStatusAndTheirDelay)
{
    RunningMock server(mock("- path: /a\n"
                            "  responses:\n"
                            "  - {template: true, status: \"{{query.code}}\", reason: Mine,\n"
                            "     delay: \"{{query.ms}}\", bodyJson: {ok: true}}\n"
                            "- path: /b\n"
                            "  responses: [{delay: 3ms, bodyBase64: AAEC}]\n"
                            "- path: /c\n"
                            "  responses: [{template: true, status: \"{{query.code}}\"}]\n"));
    const std::string teapot = get(server.port(), "/a?code=418&ms=4");
    EXPECT_THAT(teapot, HasSubstr("HTTP/1.1 418 Mine\r\n"));
    EXPECT_EQ(bodyOf(teapot), "{\"ok\":true}");
    EXPECT_EQ(server.exchange(1)->timings.plannedLatency, 4ms);
    const std::string bytes = get(server.port(), "/b");
    EXPECT_EQ(bodyOf(bytes), std::string("\0\1\2", 3));
    EXPECT_EQ(server.exchange(2)->timings.plannedLatency, 3ms);
    EXPECT_THAT(get(server.port(), "/c?code=204"), HasSubstr("HTTP/1.1 204 No Content\r\n"));
    const std::string wrong = get(server.port(), "/c?code=soon");
    EXPECT_THAT(wrong, HasSubstr("HTTP/1.1 500 "));
    EXPECT_THAT(wrong, HasSubstr("status: 'soon' is not a number from 100 to 999"));
    EXPECT_THAT(get(server.port(), "/c?code=1000"), HasSubstr(" 500 "));
    EXPECT_THAT(get(server.port(), "/a?code=200&ms=never"), HasSubstr("delay: 'never'"));
}

TEST(DynamicAnswers, ComeBelowEachOfSeveralBases)
{
    RunningMock server(("understudy: 1\nname: t\nlisten: {port: 0}\nbase: [/api/v3, /]\n"
                        "buckets: {b: {items: [{id: 1}]}}\nendpoints:\n"
                        "- {path: '/a/{id}', responses: [{template: true, body: "
                        "\"{{path.id}}\"}]}\n- {path: /b, crud: b}\n"));
    EXPECT_EQ(bodyOf(get(server.port(), "/api/v3/a/1")), "1");
    EXPECT_EQ(bodyOf(get(server.port(), "/a/2")), "2");
    EXPECT_EQ(bodyOf(get(server.port(), "/b/1")), "{\"id\":1}");
    EXPECT_EQ(bodyOf(get(server.port(), "/api/v3/b/1")), "{\"id\":1}");
}

TEST(DynamicAnswers, ATemplateThatFailsIsA500ThatSaysWhy)
{
    RunningMock server(mock(
        "- path: /a\n"
        "  responses: [{template: true, body: \"x\\n{{#if}}{{/if}}\"}]\n"
        "- path: /b\n"
        "  responses: [{template: true, body: \"{{#each\"}]\n"
        "- path: /loop\n"
        "  responses: [{template: true, body: \"{{#*inline 'p'}}{{> p}}{{/inline}}{{> p}}\"}]\n"));
    const std::string failed = get(server.port(), "/a");
    EXPECT_THAT(failed, HasSubstr("500 Internal Server Error"));
    EXPECT_THAT(failed, HasSubstr("line 2, column 4"));
    EXPECT_THAT(server.exchange()->error, HasSubstr("exactly one argument"));
    EXPECT_THAT(get(server.port(), "/b"), HasSubstr(" 500 "));
    EXPECT_THAT(get(server.port(), "/loop"), HasSubstr("without an end"));
    EXPECT_THAT(get(server.port(), "/loop"), HasSubstr("without an end")); // the thread lives on
}

TEST(DynamicAnswers, AnItemOfALongBucketIsFoundWhateverHappensToTheOthers)
{
    std::string items;
    for (int i = 1; i <= 200; ++i)
        items += (i > 1 ? "," : "") + std::string("{id: ") + std::to_string(i)
                 + ", n: " + std::to_string(i) + '}';
    RunningMock server(
        mock("- {path: /n, crud: n}\n", "buckets:\n  n: {items: [" + items + "]}\n"));
    const auto at = [&](int id) { return bodyOf(get(server.port(), "/n/" + std::to_string(id))); };
    for (int again = 0; again < 3; ++again) {
        EXPECT_EQ(at(1), R"({"id":1,"n":1})");
        EXPECT_EQ(at(200), R"({"id":200,"n":200})");
        EXPECT_EQ(at(201), "{}");
    }
    send(server.port(), "DELETE", "/n/7");
    for (int again = 0; again < 3; ++again) {
        EXPECT_EQ(at(7), "{}");
        EXPECT_EQ(at(200), R"({"id":200,"n":200})");
    }
    send(server.port(), "POST", "/n", R"({"n":5})");
    send(server.port(), "PATCH", "/n/9", R"({"id":900})");
    for (int again = 0; again < 3; ++again) {
        EXPECT_EQ(at(201), R"({"n":5,"id":201})");
        EXPECT_EQ(at(9), "{}");
        EXPECT_EQ(at(900), R"({"id":900,"n":9})");
    }
}

TEST(DynamicAnswers, ABucketIsChangedByRequestsAndOutlivesAnEditThatLeavesItAlone)
{
    const std::string buckets = "buckets:\n  users: {items: [{id: 1, name: Ada}]}\n";
    const std::string endpoints = "- {path: /users, crud: users}\n"
                                  "- {path: /all, responses: [{bodyBucket: users}]}\n";
    RunningMock server(mock(endpoints, buckets));
    EXPECT_EQ(bodyOf(send(server.port(), "POST", "/users", R"({"name":"Bob"})")),
              R"({"name":"Bob","id":2})");
    EXPECT_EQ(server.bench().status(server.id())->endpoints, 2U);
    EXPECT_THAT(send(server.port(), "GET", "/users/9"), HasSubstr("404 Not Found"));
    EXPECT_THAT(get(server.port(), "/users"), HasSubstr("X-Total-Count: 2\r\n"));
    ASSERT_TRUE(server.update(mock(endpoints + "- {path: /new}\n", buckets)));
    EXPECT_EQ(bodyOf(get(server.port(), "/all")),
              R"([{"id":1,"name":"Ada"},{"name":"Bob","id":2}])");
    server.bench().resetState(server.id());
    EXPECT_EQ(bodyOf(get(server.port(), "/all")), R"([{"id":1,"name":"Ada"}])");
    ASSERT_TRUE(server.update(mock(endpoints, "buckets:\n  users: {items: [{id: 8}]}\n")));
    EXPECT_EQ(bodyOf(get(server.port(), "/users")), R"([{"id":8}])");
}

TEST(DynamicAnswers, ARefusedUpdateLeavesWhatARunningServerHoldsAlone)
{
    const std::string endpoints = "- {path: /users, crud: users}\n";
    const std::string users = "buckets:\n  users: {items: [{id: 1}]}\n";
    RunningMock other(mock("- {path: /}\n"));
    RunningMock server(mock(endpoints, users));
    send(server.port(), "POST", "/users", R"({"id":2})");
    // Another bucket, and a port that is taken.
    const auto refused
        = server.update("understudy: 1\nname: Test\nlisten: {port: " + std::to_string(other.port())
                        + "}\nbuckets:\n  users: {items: []}\nendpoints:\n" + endpoints);
    ASSERT_FALSE(refused);
    EXPECT_EQ(bodyOf(get(server.port(), "/users")), R"([{"id":1},{"id":2}])");
}

TEST(DynamicAnswers, ABucketsFileIsReadAnewWhenTheServerStarts)
{
    RunningMock server(mock("- {path: /}\n"));
    server.folder().write("users.json", R"([{"id":1}])");
    const std::string text
        = mock("- {path: /users, crud: users}\n", "buckets:\n  users: {itemsFile: users.json}\n");
    ASSERT_TRUE(server.update(text));
    EXPECT_EQ(bodyOf(get(server.port(), "/users")), R"([{"id":1}])");
    server.folder().write("users.json", R"([{"id":2}])");
    server.bench().stop(server.id());
    ASSERT_TRUE(server.bench().start(server.id()));
    EXPECT_EQ(bodyOf(get(server.port(), "/users")), R"([{"id":2}])");
}

TEST(DynamicAnswers, AFileThatIsATemplateIsReadAnewOnceItChanged)
{
    RunningMock server(mock("- path: /\n  responses: [{template: true, bodyFile: page.txt}]\n"));
    server.folder().write("page.txt", "old {{query.n}}");
    EXPECT_EQ(bodyOf(get(server.port(), "/?n=1")), "old 1");
    EXPECT_EQ(bodyOf(get(server.port(), "/?n=2")), "old 2");
    server.folder().write("page.txt", "newer {{query.n}}");
    EXPECT_EQ(bodyOf(get(server.port(), "/?n=3")), "newer 3");
    server.folder().write("page.txt", "{{#if}}{{/if}}");
    EXPECT_THAT(get(server.port(), "/"), HasSubstr(" 500 "));
}

TEST(DynamicAnswers, AFailureKeepsItsStatusWhateverTheTemplateAskedFor)
{
    RunningMock server(mock("- path: /\n"
                            "  responses:\n"
                            "  - template: true\n"
                            "    body: \"{{status 201}}{{#if}}{{/if}}\"\n"
                            "- path: /header\n"
                            "  responses:\n"
                            "  - template: true\n"
                            "    headers: {X-A: \"{{#if}}{{/if}}\"}\n"
                            "    body: never sent\n"));
    EXPECT_THAT(get(server.port(), "/"), HasSubstr("500 Internal Server Error"));
    const std::string header = get(server.port(), "/header");
    EXPECT_THAT(header, HasSubstr("500 Internal Server Error"));
    EXPECT_THAT(header, HasSubstr("header 'X-A'"));
}

TEST(DynamicAnswers, ManyClientsAddToOneBucketAndNothingIsLost)
{
    RunningMock server(mock("- {path: /items, crud: items}\n", "buckets:\n  items: {items: []}\n"));
    constexpr int kClients = 4;
    constexpr int kEach = 25;
    std::vector<std::thread> clients;
    for (int c = 0; c < kClients; ++c) {
        clients.emplace_back([&, c] {
            for (int i = 0; i < kEach; ++i)
                send(server.port(), "POST", "/items",
                     "{\"id\":" + std::to_string(c * kEach + i) + "}");
        });
    }
    for (std::thread &client : clients)
        client.join();
    EXPECT_THAT(get(server.port(), "/items"),
                HasSubstr("X-Total-Count: " + std::to_string(kClients * kEach) + "\r\n"));
}

TEST(DynamicAnswers, RulesLookIntoBucketsAndAtWhatTemplatesRender)
{
    RunningMock server(
        mock("- {path: /users, crud: users}\n"
             "- path: /x\n"
             "  responses:\n"
             "  - {when: {\"bucket.users:$[?@.name=='Bob']\": {absent: false}}, body: bob}\n"
             "  - {when: {\"expression:{{gt query.n 5}}\": {equals: \"true\"}}, body: many}\n"
             "  - {body: none}\n",
             "buckets:\n  users: {items: [{id: 1, name: Ada}]}\n"));
    EXPECT_EQ(bodyOf(get(server.port(), "/x")), "none");
    EXPECT_EQ(bodyOf(get(server.port(), "/x?n=6")), "many");
    send(server.port(), "POST", "/users", R"({"name":"Bob"})");
    EXPECT_EQ(bodyOf(get(server.port(), "/x")), "bob");
}

TEST(DynamicAnswers, SpeakAsWireMockInAnswersRulesAndCallbacks)
{
    RunningMock server(
        mock("- path: /a/{id}\n"
             "  responses:\n"
             "  - when: {\"expression:wiremock:{{request.query.n}}\": {equals: \"5\"}}\n"
             "    template: true\n"
             "    dialect: wiremock\n"
             "    headers: {X-Id: \"{{upper request.path.id}}\"}\n"
             "    body: \"{{request.method}} {{join request.query.n '+'}} {{math 10.0 '/' 4}}\"\n"
             "    callbacks:\n"
             "    - {url: \"/hook/{{request.path.id}}\", template: true, dialect: wiremock}\n"
             "  - {template: true, dialect: wiremock, body: \"{{nohelper 'x'}}\"}\n"
             "- {id: hook, method: POST, path: /hook/x7, responses: [{body: ok}]}\n"));
    const std::string answer = get(server.port(), "/a/x7?n=5&n=6");
    EXPECT_EQ(bodyOf(answer), "GET 5+6 2.5");
    EXPECT_THAT(answer, HasSubstr("X-Id: X7\r\n"));
    EXPECT_TRUE(server.waitForHit("hook"));
    const std::string failed = get(server.port(), "/a/x7?n=6");
    EXPECT_THAT(failed, HasSubstr(" 500 "));
    EXPECT_THAT(failed, HasSubstr("there is no helper \"nohelper\" (line 1, column 3"));
}

TEST(DynamicAnswers, DrawTheSameDataForTheSameSeed)
{
    const std::string text
        = mock("- path: /x\n  responses: [{template: true, body: \"{{faker 'string.uuid'}}\"}]\n",
               "seed: 7\n");
    RunningMock first(text);
    RunningMock second(text);
    const std::string one = bodyOf(get(first.port(), "/x"));
    EXPECT_EQ(one.size(), 36U);
    EXPECT_NE(bodyOf(get(first.port(), "/x")), one);
    EXPECT_EQ(bodyOf(get(second.port(), "/x")), one);
}
