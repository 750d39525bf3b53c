// SPDX-License-Identifier: Apache-2.0
// Documents of running servers.
#include "core/base/text.h"
#include "core/wire/document_fetch.h"
#include "core/workspace/fetched_import.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

#include <future>

namespace understudy::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using wire::fetchDocument;

/// A server that answers `/x` so.
std::string answering(const std::string &response, const std::string &more = {})
{
    return mock("- {path: /x, responses: [" + response + "]}\n", more);
}

std::string urlOf(const RunningMock &server, const std::string &path = "/x",
                  const std::string &host = "localhost")
{
    return "http://" + host + ':' + std::to_string(server.port()) + path;
}

/// Why `/x` cannot be fetched.
Error errorOf(const std::string &response, bool allowRemote = false)
{
    const RunningMock server(answering(response));
    const auto fetched = fetchDocument(urlOf(server), allowRemote);
    if (!fetched)
        return fetched.error();
    ADD_FAILURE() << response << " was fetched";
    return {};
}

TEST(DocumentFetch, GivesTextNameAndPlace)
{
    const RunningMock server(
        answering("{headers: {Content-Type: application/json}, body: '{\"a\": 1}'}"));
    for (const char *host : {"localhost", "127.0.0.1", "user:secret@localhost", "a.localhost"}) {
        const auto fetched = fetchDocument(urlOf(server, "/x?key=1", host), false);
        ASSERT_TRUE(fetched) << fetched.error().text();
        EXPECT_EQ(fetched->text, "{\"a\": 1}");
        EXPECT_EQ(fetched->name, "x.json");
        EXPECT_THAT(fetched->url, testing::EndsWith("/x"));
        EXPECT_THAT(fetched->place, testing::EndsWith("/x.json"));
        EXPECT_THAT(fetched->url, Not(HasSubstr("secret")));
    }
}

TEST(DocumentFetch, ReadsWhatCameCompressed)
{
    const RunningMock server(answering(
        // printf hello | gzip -n9
        "{headers: {Content-Encoding: gzip}, bodyBase64: H4sIAAAAAAACA8tIzcnJBwCGphA2BQAAAA==}"));
    const auto fetched = fetchDocument(urlOf(server), false);
    ASSERT_TRUE(fetched) << fetched.error().text();
    EXPECT_EQ(fetched->text, "hello");
}

TEST(DocumentFetch, ReadsOverTlsWithACertificateThatNobodyTrustsOnThisMachine)
{
    const RunningMock server("understudy: 1\nname: Test\nlisten: {port: 0, tls: self-signed}\n"
                             "endpoints:\n- {path: /x, responses: [{body: hello}]}\n");
    const auto fetched
        = fetchDocument("https://localhost:" + std::to_string(server.port()) + "/x", false);
    ASSERT_TRUE(fetched) << fetched.error().text();
    EXPECT_EQ(fetched->text, "hello");
}

TEST(DocumentFetch, FollowsRedirectsOnThisMachine)
{
    const RunningMock server(mock("- {path: /x, responses: [{status: 302, headers: {Location: "
                                  "docs/api.json}}]}\n"
                                  "- {path: /docs/api.json, responses: [{body: hello}]}\n"
                                  "- {path: /turn, responses: [{status: 307, headers: {Location: "
                                  "/turn}}]}\n"));
    const auto fetched = fetchDocument(urlOf(server), false);
    ASSERT_TRUE(fetched) << fetched.error().text();
    EXPECT_EQ(fetched->text, "hello");
    EXPECT_EQ(fetched->name, "api.json");
    EXPECT_EQ(fetched->url, urlOf(server, "/docs/api.json"));
    const auto turning = fetchDocument(urlOf(server, "/turn"), false);
    ASSERT_FALSE(turning);
    EXPECT_EQ(turning.error().code, ErrorCode::Limit);
}

/// 192.0.2.1 is nobody's (RFC 5737); it is refused before anybody is asked.
TEST(DocumentFetch, AsksNoOtherMachineUnlessAllowed)
{
    const auto refused = fetchDocument("http://192.0.2.1/x", false);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Access);
    EXPECT_THAT(refused.error().message, AllOf(StartsWith("http://192.0.2.1/x: "),
                                               HasSubstr("'192.0.2.1' is not this machine")));
    const Error redirected
        = errorOf("{status: 302, headers: {Location: 'http://192.0.2.1/secret'}}");
    EXPECT_EQ(redirected.code, ErrorCode::Access);
    EXPECT_THAT(redirected.message,
                AllOf(StartsWith("http://192.0.2.1/secret (where http://localhost:"),
                      HasSubstr("/x redirects to): '192.0.2.1' is not this machine")));
}

TEST(DocumentFetch, SaysTheStatusAndWhatHelps)
{
    const Error missing = errorOf("{status: 404}");
    EXPECT_EQ(missing.code, ErrorCode::NotFound);
    EXPECT_THAT(missing.message, HasSubstr("/x answered 404 Not Found; look at the path"));
    EXPECT_THAT(errorOf("{status: 401}").message, HasSubstr("401 Unauthorized; it asks for"));
    EXPECT_THAT(errorOf("{status: 503}").message, HasSubstr("look at that server's log"));
    EXPECT_THAT(errorOf("{status: 302}").message, HasSubstr("answered 302 Found"));
    EXPECT_THAT(errorOf("{status: 302, headers: {Location: 'file:///etc/passwd'}}").message,
                HasSubstr("/x redirects to file:///etc/passwd, which is not fetched"));
    EXPECT_THAT(errorOf("{body: ' '}").message, HasSubstr("with nothing in it"));
    EXPECT_THAT(errorOf("{headers: {Content-Encoding: zstd}, body: a}").message, HasSubstr("zstd"));
}

TEST(DocumentFetch, SaysThatNobodyListensOrSpeaksTls)
{
    std::string url;
    {
        const RunningMock gone(answering("{}"));
        url = urlOf(gone);
        const auto plain = fetchDocument("https" + url.substr(4), false);
        ASSERT_FALSE(plain);
        EXPECT_THAT(plain.error().message, HasSubstr("look whether it speaks http://"));
    }
    const auto fetched = fetchDocument(url, false);
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().code, ErrorCode::System);
    EXPECT_THAT(fetched.error().message,
                AllOf(StartsWith(url + ": "), HasSubstr("look whether that server runs")));
    EXPECT_EQ(fetchDocument("localhost/x", false).error().code, ErrorCode::Invalid);
    EXPECT_FALSE(fetchDocument("http://", false));
    EXPECT_FALSE(fetchDocument("http://[/x", false));
}

TEST(DocumentFetch, ReadsNoMoreThanAFileMayHave)
{
    const RunningMock server(answering("{bodyFile: large}"));
    const auto file = server.folder().write("large", "a");
    std::filesystem::resize_file(file, wire::kLargestDocument + 1);
    const auto fetched = fetchDocument(urlOf(server), false);
    ASSERT_FALSE(fetched);
    EXPECT_EQ(fetched.error().code, ErrorCode::Limit);
    EXPECT_THAT(fetched.error().message, HasSubstr("is larger than 64MiB"));
}

TEST(DocumentFetch, EndsWhenItIsStopped)
{
    RunningMock server(answering("{behaviour: {latency: 1h}}"));
    std::stop_source stop;
    auto fetched = std::async(
        std::launch::async, [&] { return fetchDocument(urlOf(server), false, stop.get_token()); });
    ASSERT_TRUE(waitFor([&] { return server.bench().status(server.id())->connections > 0; }));
    stop.request_stop();
    EXPECT_EQ(fetched.get().error().code, ErrorCode::Cancelled);
    // Before it began, too.
    EXPECT_EQ(fetchDocument(urlOf(server), false, stop.get_token()).error().code,
              ErrorCode::Cancelled);
}

TEST(FetchedImport, IsReadAsAFileWouldBeAndSaysWhichFilesAreMissing)
{
    const RunningMock server(
        answering(R"({headers: {Content-Type: application/json}, body: '{"mappings":
        [{"request": {"url": "/a"}, "response": {"bodyFileName": "a.txt"}}], "meta": {"total": 1}}'})"));
    const auto fetched = fetchDocument(urlOf(server), false);
    ASSERT_TRUE(fetched) << fetched.error().text();
    const formats::LoadOutcome outcome = workspace::loadFetched(*fetched, {});
    ASSERT_EQ(outcome.servers.size(), 1U);
    EXPECT_EQ(outcome.servers[0].format, "wiremock");
    EXPECT_EQ(outcome.servers[0].server.name, "x");
    ASSERT_FALSE(outcome.servers[0].problems.empty());
    EXPECT_THAT(outcome.servers[0].problems.back().error.text(),
                AllOf(StartsWith(urlOf(server) + ": "), HasSubstr("a.txt")));
    const formats::LoadOutcome broken
        = workspace::loadFetched({"{\"mappings\": [", fetched->url, "x.json", fetched->place}, {});
    ASSERT_EQ(broken.errors.size(), 1U);
    EXPECT_THAT(broken.errors[0].error.text(), StartsWith(urlOf(server) + ".json:2:1: "));
}

} // namespace
} // namespace understudy::test
