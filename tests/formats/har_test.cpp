// SPDX-License-Identifier: Apache-2.0
#include "core/http/header_list.h"
#include "tests/formats/recorded_support.h"

#include <gmock/gmock.h>

namespace understudy::formats::har {
namespace {

using namespace test;
using testing::HasSubstr;
using testing::Not;

struct Recorded
{
    std::string method = "GET";
    std::string url = "http://shop.example/";
    std::string answer = R"("status": 200, "content": {"text": "ok", "mimeType": "text/plain"})";
    std::string request{}; ///< further members
    std::string entry{};
};

std::string entryText(const Recorded &r)
{
    return R"({"startedDateTime": "2024-01-01T00:00:00Z", "request": {"method": ")" + r.method
           + R"(", "url": ")" + r.url + "\"" + (r.request.empty() ? "" : ", " + r.request)
           + R"(}, "response": {)" + r.answer + "}" + (r.entry.empty() ? "" : ", " + r.entry) + "}";
}

std::string archive(const std::vector<Recorded> &entries)
{
    std::string out = R"({"log": {"version": "1.2", "creator": {"name": "Fox", "version": "1"},
"entries": [)";
    for (std::size_t i = 0; i < entries.size(); ++i)
        out += (i == 0 ? "\n" : ",\n") + entryText(entries[i]);
    return out + "\n]}}";
}

std::string answerOf(const std::string &text)
{
    return R"("status": 200, "content": {"mimeType": "text/plain", "text": ")" + text + "\"}";
}

LoadedServer imported(const std::vector<Recorded> &entries)
{
    LoadedServer loaded = loadedOne(archive(entries), "shop.har");
    expectWhole(loaded.server);
    return loaded;
}

const Endpoint &endpointOf(const LoadedServer &loaded, std::size_t place = 0)
{
    return *loaded.server.items.at(place).endpoint();
}

const Response &onlyAnswer(const LoadedServer &loaded)
{
    return endpointOf(loaded).responses.at(0);
}

TEST(Har, IsRecognisedByItsLogAndByItsName)
{
    const std::string text = archive({Recorded{}});
    EXPECT_EQ(loadedOne(text, "anything.json").format, "har");
    const LoadOutcome other = loadText(R"({"log": 3})", "shop.HAR");
    ASSERT_EQ(other.errors.size(), 1u);
    EXPECT_THAT(other.errors[0].error.message, HasSubstr("this is no HAR"));
}

TEST(Har, IsAnEndpointForEachMethodAndPath)
{
    const LoadedServer loaded = imported({{.url = "http://shop.example/a"},
                                          {.method = "POST", .url = "http://shop.example/a"},
                                          {.url = "http://shop.example/b"},
                                          {.url = "http://shop.example/a"}});
    EXPECT_EQ(loaded.server.name, "shop");
    EXPECT_EQ(loaded.server.description, "Recorded by Fox 1 from http://shop.example");
    ASSERT_EQ(loaded.server.items.size(), 3u);
    EXPECT_EQ(endpointOf(loaded).methods, std::vector<std::string>{"GET"});
    EXPECT_EQ(endpointOf(loaded).responses.size(), 1u);
    EXPECT_EQ(ServedEnvironment(loaded.server).ask("GET", "/b").body, "ok");
}

TEST(Har, IsAServerForEachOriginTheBusiestFirst)
{
    const auto servers = loadedFrom(archive({{.url = "https://cdn.example/x"},
                                             {.url = "http://shop.example:8080/a"},
                                             {.url = "http://SHOP.example:8080/b"}}),
                                    "shop.har");
    ASSERT_EQ(servers.size(), 2u);
    EXPECT_EQ(servers[0].server.name, "shop (shop.example:8080)");
    EXPECT_EQ(servers[0].server.items.size(), 2u);
    EXPECT_EQ(servers[1].server.name, "shop (cdn.example)");
    EXPECT_NE(servers[0].server.listen.port, servers[1].server.listen.port);
    EXPECT_THAT(allMessages(servers[1].problems), HasSubstr("served without TLS"));
}

TEST(Har, TellsQueriesApartByWhatDiffers)
{
    const LoadedServer loaded = imported(
        {{.url = "http://shop.example/list?v=1&size=L", .answer = answerOf("large")},
         {.url = "http://shop.example/list?v=1", .answer = answerOf("all")},
         {.url = "http://shop.example/list?v=1&size=L&page=2&_=17", .answer = answerOf("second")}});
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/list?v=1&size=L").body, "large");
    EXPECT_EQ(served.ask("GET", "/list?page=2&size=L&_=99").body, "second");
    EXPECT_EQ(served.ask("GET", "/list").body, "all");
}

TEST(Har, NeedsNoRuleWhereEveryQueryGotTheSame)
{
    const LoadedServer loaded = imported(
        {{.url = "http://shop.example/ping?t=1"}, {.url = "http://shop.example/ping?t=2"}});
    ASSERT_EQ(endpointOf(loaded).responses.size(), 1u);
    EXPECT_FALSE(onlyAnswer(loaded).when);
}

TEST(Har, TellsBodiesApart)
{
    const auto post = [](const std::string &data, const std::string &answer) {
        return Recorded{.method = "POST",
                        .url = "http://shop.example/search",
                        .answer = answerOf(answer),
                        .request = "\"postData\": {" + data + "}"};
    };
    const LoadedServer loaded = imported(
        {post(R"("mimeType": "application/json", "text": "{\"q\": 1, \"r\": 2}")", "j"),
         post(R"("mimeType": "text/plain", "text": "plain")", "t"),
         post(R"("mimeType": "application/x-www-form-urlencoded", "text": "a=1&b=2")", "f"),
         post(R"("mimeType": "application/x-www-form-urlencoded",
                            "params": [{"name": "a", "value": "9"}])",
              "p")});
    const ServedEnvironment served(loaded.server);
    const std::string_view form = "Content-Type: application/x-www-form-urlencoded\r\n";
    EXPECT_EQ(served.ask("POST", "/search", {}, R"({"r":2,"q":1})").body, "j");
    EXPECT_EQ(served.ask("POST", "/search", {}, "plain").body, "t");
    EXPECT_EQ(served.ask("POST", "/search", form, "b=2&a=1").body, "f");
    EXPECT_EQ(served.ask("POST", "/search", form, "a=9").body, "p");
}

TEST(Har, GivesDifferentAnswersToOneRequestInTurn)
{
    const LoadedServer loaded = imported(
        {{.answer = answerOf("wait")}, {.answer = answerOf("wait")}, {.answer = answerOf("done")}});
    EXPECT_EQ(endpointOf(loaded).select, Selection::Sequence);
    const ServedEnvironment served(loaded.server);
    for (const char *body : {"wait", "wait", "done", "done"})
        EXPECT_EQ(served.ask("GET", "/").body, body);
}

TEST(Har, GivesThemInTurnBesideOtherQueriesToo)
{
    const LoadedServer loaded
        = imported({{.url = "http://shop.example/?job=1", .answer = answerOf("wait")},
                    {.url = "http://shop.example/?job=2", .answer = answerOf("other")},
                    {.url = "http://shop.example/?job=1", .answer = answerOf("done")}});
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/?job=1").body, "wait");
    EXPECT_EQ(served.ask("GET", "/?job=2").body, "other");
    EXPECT_EQ(served.ask("GET", "/?job=1").body, "done");
    EXPECT_EQ(served.ask("GET", "/?job=1").body, "done");
}

TEST(Har, KeepsPathsLiteral)
{
    const LoadedServer loaded
        = imported({{.url = "http://shop.example/a+b/{id}/*/c%2Fd/%20", .answer = answerOf("x")}});
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/a+b/%7Bid%7D/*/c%2Fd/%20").body, "x");
    EXPECT_EQ(served.ask("GET", "/a+b/7/*/c%2Fd/%20").status, 404);
    EXPECT_EQ(served.ask("GET", "/a+b/%7Bid%7D/y/c%2Fd/%20").status, 404);
}

TEST(Har, LeavesOutHeadersOfTheConnection)
{
    const LoadedServer loaded = imported({{.answer = R"("status": 201, "statusText": "Made",
        "headers": [{"name": ":status", "value": "201"}, {"name": "Connection", "value": "close"},
                    {"name": "Content-Length", "value": "99"}, {"name": "Date", "value": "x"},
                    {"name": "content-encoding", "value": "br"},
                    {"name": "Set-Cookie", "value": "a=1\nb=2"}, {"name": "X-Own", "value": "1"},
                    {"name": "bad name", "value": "1"}],
        "content": {"text": "ok"})"}});
    const Response &answer = onlyAnswer(loaded);
    EXPECT_EQ(answer.headers,
              (http::HeaderList{{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}, {"X-Own", "1"}}));
    EXPECT_EQ(answer.reason, "Made");
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("'bad name' is not a header name"));
}

TEST(Har, KeepsBodiesByteForByte)
{
    const auto answered = [](const std::string &content) {
        return onlyAnswer(imported({{.answer = "\"status\": 200, \"content\": " + content}})).body;
    };
    EXPECT_EQ(answered(R"({"mimeType": "application/json", "text": "{ \"a\":1.0 }"})"),
              Body::text(R"({ "a":1.0 })"));
    EXPECT_EQ(answered(R"({"encoding": "base64", "text": "aGVsbG8="})"), Body::text("hello"));
    EXPECT_EQ(answered(R"({"encoding": "base64", "text": "AAEC"})").kind, Body::Kind::Base64);
}

TEST(Har, NamesTheCharsetThatTheBodyIsKeptIn)
{
    const LoadedServer loaded = imported({{.answer = R"("status": 200,
        "headers": [{"name": "Content-Type", "value": "text/html; charset=ISO-8859-1"}],
        "content": {"text": "Käse"})"}});
    EXPECT_EQ(onlyAnswer(loaded).headers[0].value, "text/html; charset=utf-8");
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("iso-8859-1"));
}

TEST(Har, MakesTheBodyOfA304AnAnswerThatCanBeAskedFor)
{
    const std::string headers = R"("headers": [{"name": "ETag", "value": "\"1\""}])";
    const LoadedServer loaded
        = imported({{.answer = R"("status": 304, "content": {"text": "page"}, )" + headers}});
    const ServedEnvironment served(loaded.server);
    EXPECT_EQ(served.ask("GET", "/").body, "page");
    EXPECT_EQ(served.ask("GET", "/", "If-None-Match: \"1\"\r\n").status, 304);
    const LoadedServer twice
        = imported({{.answer = answerOf("page")}, {.answer = R"("status": 304)"}});
    EXPECT_EQ(endpointOf(twice).responses.size(), 1u);
    EXPECT_THAT(allMessages(twice.problems), HasSubstr("the 304 is left out"));
}

TEST(Har, KeepsRedirectsOnTheStandIn)
{
    const auto location = [](const std::string &to) {
        const LoadedServer loaded
            = imported({{.answer = R"("status": 302, "headers": [{"name": "Location", "value": ")"
                                   + to + "\"}]"}});
        return onlyAnswer(loaded).headers[0].value;
    };
    EXPECT_EQ(location("http://shop.example/next?a=1#b"), "/next?a=1#b");
    EXPECT_EQ(location("http://shop.example"), "/");
    EXPECT_EQ(location("http://other.example/next"), "http://other.example/next");
}

TEST(Har, KeepsRecordedTimesAsSamples)
{
    const LoadedServer loaded = imported({{.entry = R"("timings": {"wait": 17.6})"},
                                          {.entry = R"("timings": {"wait": -1})"},
                                          {.entry = R"("timings": {"wait": 40})"}});
    const JsonValue *waits = onlyAnswer(loaded).extensions.find("x-har-wait");
    ASSERT_TRUE(waits);
    EXPECT_EQ(*waits, JsonValue(JsonArray{18, 40}));
}

TEST(Har, SaysWhatWasNeverAnsweredAndWhatIsMissing)
{
    const LoadedServer loaded = imported(
        {{.url = "http://shop.example/blocked", .answer = R"("status": 0)"},
         {.url = "data:text/plain,x"},
         {.url = "wss://shop.example/live", .answer = R"("status": 101)"},
         {.url = "http://shop.example/image",
          .answer = R"("status": 200, "content": {"size": 70, "mimeType": "image/png"})"}});
    EXPECT_EQ(loaded.server.items.size(), 1u);
    const std::string said = allMessages(loaded.problems);
    EXPECT_THAT(said, HasSubstr("shop.har:3:1: GET http://shop.example/blocked: it was never"));
    EXPECT_THAT(said, HasSubstr("data:text/plain,x: it is no request of http or https"));
    EXPECT_THAT(said, HasSubstr("wss://shop.example/live"));
    EXPECT_THAT(said, HasSubstr("shop.har:6:1: GET /image: its body is not in the file"));
}

TEST(Har, WithoutAnyAnswerIsAnError)
{
    const LoadOutcome outcome = loadText(archive({}), "shop.har");
    ASSERT_EQ(outcome.errors.size(), 1u);
    EXPECT_THAT(outcome.errors[0].error.message, HasSubstr("no request in this HAR was answered"));
}

TEST(Har, ThatIsCutGivesTheEntriesBeforeTheCut)
{
    const std::string text = archive({{.url = "http://shop.example/1"},
                                      {.url = "http://shop.example/2"},
                                      {.url = "http://shop.example/3"}});
    const LoadedServer loaded = loadedOne(text.substr(0, text.rfind("status")), "shop.har");
    EXPECT_EQ(loaded.server.items.size(), 2u);
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("shop.har:5:"));
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("2 entries that are complete were read"));
}

TEST(Har, ThatIsDamagedGivesTheEntriesAroundTheDamageAtTheirLines)
{
    std::string text = archive({{.url = "http://shop.example/1"},
                                {.url = "http://shop.example/2"},
                                {.url = "http://shop.example/3", .answer = R"("status": 200,
        "content": {"size": 5})"}});
    text[text.find("/2") - 1] = '"';
    const LoadedServer loaded = loadedOne(text, "shop.har");
    ASSERT_EQ(loaded.server.items.size(), 2u);
    EXPECT_EQ(endpointOf(loaded, 1).path, "/3");
    EXPECT_THAT(allMessages(loaded.problems), HasSubstr("shop.har:5:1: GET /3: its body"));
}

TEST(Har, ThatIsNotUtf8IsReadAllTheSame)
{
    const LoadedServer loaded = loadedOne(archive({{.answer = answerOf("a\xff")}}), "shop.har");
    EXPECT_EQ(onlyAnswer(loaded).body, Body::text("a\xEF\xBF\xBD"));
}

TEST(Har, OfAnythingIsNeverTrusted)
{
    for (const char *text :
         {"", "[]", "{}", "{", R"({"log": [1, 2]})", R"({"log": {"entries": {}}})",
          R"({"log": {"entries": [null, 1, "x", [], {}, {"request": 1, "response": []},
             {"request": {"method": [], "url": {}, "headers": 3, "postData": []},
              "response": {"status": "x", "headers": {}, "content": "y"}},
             {"request": {"method": "GET", "url": "http://a/", "postData": {"params": 7, "text": []}},
              "response": {"status": 2e2, "headers": [1, {"name": null}], "content": {"text": {}}}}]}})"})
        expectSafe(text, "x.har", "har");
    std::string deep = R"({"log": {"entries": [{"request": )";
    for (int i = 0; i < 100'000; ++i)
        deep += "[{\"a\":";
    expectSafe(deep, "x.har", "har");
}

TEST(Har, ThatIsDamagedAnywhereIsSafe)
{
    expectSafeWhenDamaged(
        archive(
            {{.url = "http://shop.example/a?b=1&c=%20", .entry = R"("timings": {"wait": 3})"},
             {.method = "POST",
              .url = "https://shop.example/{x}/*",
              .answer = R"("status": 302, "statusText": "Away",
                      "headers": [{"name": "Location", "value": "https://shop.example/\u00e4"}],
                      "content": {"encoding": "base64", "text": "AAEC"})",
              .request = R"("postData": {"mimeType": "application/json", "text": "{\"a\": [1]}"})"},
             {.url = "http://shop.example/a?b=2", .answer = answerOf("x\\n\\u0001")}}),
        "shop.har", "har");
}

} // namespace
} // namespace understudy::formats::har
