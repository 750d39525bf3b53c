// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/recorded_support.h"

#include <gmock/gmock.h>

namespace understudy::formats::httpfile {
namespace {

using namespace test;
using testing::HasSubstr;

TEST(HttpFile, IsKnownByItsContent)
{
    const auto formatOf = [](const std::string &text, const std::string &name) {
        const LoadOutcome outcome = loadText(text, name);
        return outcome.servers.empty() ? std::string("none")
                                       : std::string(outcome.servers[0].format);
    };
    EXPECT_EQ(formatOf("# c\n@a = b\n\n### x\nGET https://h/a\n", "calls.txt"), "http");
    EXPECT_EQ(formatOf("\xEF\xBB\xBFhttps://h.example/a\r\n", "calls.txt"), "http");
    EXPECT_EQ(formatOf("{{host}}/a\n", "calls.http"), "http");
    EXPECT_EQ(formatOf("curl http://h/a\n", "calls.txt"), "curl");
    EXPECT_EQ(formatOf("# curl:\ncurl http://h/a\n", "calls.txt"), "curl");
    for (const char *text : {"GET: x\n", "### Title\n\nWords of a text.\n", "a: http://h/a\n",
                             "understudy: 2\n", "http: //x\n", "- GET /x\n"})
        EXPECT_EQ(formatOf(text, "x.yaml"), "none") << text;
}

TEST(HttpFile, SentencesAndOtherCommandsAreNone)
{
    for (const std::string text :
         {"# My API\n\nGET /users returns the list of users.\n", "COPY / /app\nRUN make\n",
          "GET https://shop.example/a | jq .\n"})
        EXPECT_TRUE(loadText(text, "some.txt").servers.empty()) << text;
}

TEST(HttpFile, TextsThatAreCalledHttpHaveNoFalseRequests)
{
    for (const std::string line :
         {"Get the list of users", "Note: this is for you", "See example.com for more", "Done.",
          "Delete users.", "see /users", "GET /users returns the list of users.",
          "E.g. http://h/a is one", "1. First", "Note:"})
        EXPECT_THAT(allMessages(loadText(line + "\n", "x.http").errors),
                    HasSubstr("there is no request of HTTP"))
            << line;
    for (const std::string line :
         {"GET http://h/a?q=two words", "GET {{ base }}/a", "get h.example/a", "PURGE http://h/a",
          "localhost:3000/a", "GET {{$dotenv HOST}}/a HTTP/1.1", ":3000/a"})
        EXPECT_EQ(loadedOne(line + "\n", "x.http").server.items.at(0).endpoint()->path, "/a")
            << line;
}

TEST(HttpFile, AReadmeIsNone)
{
    const std::string text = "# Shop\n\nGET /users\n\nThe users.\n";
    EXPECT_TRUE(loadText(text, "README.md").servers.empty());
    EXPECT_EQ(loadedOne(text, "shop.txt").format, "http");
    EXPECT_EQ(loadedOne(" GET {{ base }}/a\n", "shop.txt").format, "http");
}

} // namespace
} // namespace understudy::formats::httpfile
