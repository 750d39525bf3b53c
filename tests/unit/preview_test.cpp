// SPDX-License-Identifier: Apache-2.0
#include "core/engine/preview.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

namespace understudy {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class PreviewTest : public testing::Test
{
protected:
    Result<Preview> preview(const std::string &method, const std::string &target,
                            const std::string &response = "r", const std::string &body = {})
    {
        http::Request request;
        request.head = http::RequestHead(method, target, {{"Host", "x"}});
        request.body = body;
        request.hasBody = !body.empty();
        CompileOptions options;
        options.folder = m_folder.path();
        return previewResponse(m_server, "e", response, request, options, WallTime());
    }

    void read(const std::string &text) { m_server = test::parseMock(text); }

    test::TemporaryFolder m_folder;
    Server m_server;
};

TEST_F(PreviewTest, RendersOneResponseWhateverItsRulesAndFaultsSay)
{
    read("understudy: 1\nname: A\nbase: /api\nbehaviour: {faults: [{kind: reset}]}\n"
         "endpoints:\n"
         "- {path: '/{any*}', responses: [{body: other}]}\n"
         "- folder: F\n"
         "  enabled: false\n"
         "  endpoints:\n"
         "  - id: e\n"
         "    enabled: false\n"
         "    method: POST\n"
         "    path: /a/{id}\n"
         "    requires: {scenario: s, state: late}\n"
         "    responses:\n"
         "    - {id: q, body: first}\n"
         "    - id: r\n"
         "      status: 201\n"
         "      when: {header.x: {equals: never}}\n"
         "      template: true\n"
         "      headers: {X-Id: '{{path.id}}'}\n"
         "      body: '{{path.id}} {{query.q}} {{raw}} {{count}}'\n");
    const auto shown = preview("POST", "/api/a/7?q=x", "r", "body");
    ASSERT_TRUE(shown) << shown.error().message;
    EXPECT_EQ(shown->status, 201);
    EXPECT_EQ(shown->body, "7 x body 1");
    EXPECT_THAT(shown->head, HasSubstr("X-Id: 7\r\n"));
    EXPECT_EQ(shown->error, "");
    EXPECT_EQ(preview("POST", "/api/a/7", "q")->body, "first");
}

TEST_F(PreviewTest, SaysWhatKeepsItFromBeingShown)
{
    read("understudy: 1\nname: A\nendpoints:\n"
         "- id: e\n"
         "  path: /a\n"
         "  responses:\n"
         "  - {id: r, template: true, body: \"{{#each\"}\n"
         "  - {id: file, bodyFile: none.json}\n");
    EXPECT_THAT(preview("GET", "/a")->error, HasSubstr("line 1"));
    EXPECT_EQ(preview("GET", "/a")->status, 500);
    EXPECT_THAT(preview("GET", "/a", "file")->error, HasSubstr("none.json"));
    EXPECT_THAT(preview("GET", "/b").error().message, StartsWith("this request does not reach"));
    EXPECT_THAT(preview("GET", "/a", "gone").error().message, HasSubstr("no such response"));
}

TEST_F(PreviewTest, ChangesNothingThatTheNextOneSees)
{
    read("understudy: 1\nname: A\nbuckets:\n  users: {items: [{id: 1}]}\nendpoints:\n"
         "- id: e\n"
         "  path: /a\n"
         "  responses:\n"
         "  - {id: r, template: true, dialect: mockoon, body: \"{{setData 'push' 'users' '' 5}}"
         "{{len (dataRaw 'users')}}\"}\n"
         "  - {id: all, bodyBucket: users}\n");
    EXPECT_EQ(preview("GET", "/a")->body, "2");
    EXPECT_EQ(preview("GET", "/a")->body, "2");
    EXPECT_EQ(preview("GET", "/a", "all")->body, "[{\"id\":1}]");
}

TEST_F(PreviewTest, SaysHowEachConditionHolds)
{
    read("understudy: 1\nname: A\nendpoints:\n"
         "- id: e\n"
         "  method: POST\n"
         "  path: /a/{id}\n"
         "  responses:\n"
         "  - {id: q, body: other}\n"
         "  - id: r\n"
         "    script: gone.js\n"
         "    when:\n"
         "      any:\n"
         "      - query.q: {equals: 1}\n"
         "      - all: [{path.id: {equals: 7, not: {equals: 8}}}, {body: {absent: true}}]\n");
    http::Request request;
    request.head = http::RequestHead("POST", "/a/7?q=2", {{"Host", "x"}, {"Content-Length", "1"}});
    request.body = "b";
    request.hasBody = true;
    auto traces = checkConditions(m_server, "e", "r", request, {}, WallTime());
    ASSERT_TRUE(traces) << traces.error().message;
    ASSERT_EQ(traces->size(), 4U);
    EXPECT_EQ((*traces)[0].subject, "query.q");
    EXPECT_EQ((*traces)[0].actual, "2");
    EXPECT_FALSE((*traces)[0].passed);
    EXPECT_TRUE((*traces)[1].passed);
    EXPECT_TRUE((*traces)[2].passed);
    EXPECT_FALSE((*traces)[3].passed);
    EXPECT_TRUE(checkConditions(m_server, "e", "q", request, {}, WallTime())->empty());
    request.head = http::RequestHead("POST", "/b", {{"Host", "x"}});
    traces = checkConditions(m_server, "e", "r", request, {}, WallTime());
    ASSERT_FALSE(traces);
    EXPECT_THAT(traces.error().message, HasSubstr("does not reach the endpoint"));
}

} // namespace
} // namespace understudy
