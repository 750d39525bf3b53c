// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/native/native.h"
#include "core/model/edit.h"
#include "tests/formats/native_support.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::formats;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

std::vector<std::string> messages(const native::ReadOutcome &outcome)
{
    std::vector<std::string> out;
    for (const Problem &problem : outcome.problems)
        out.push_back(problem.error.text());
    return out;
}

Server readClean(std::string_view text)
{
    native::ReadOutcome outcome = native::read(text, "test");
    EXPECT_THAT(messages(outcome), IsEmpty()) << text;
    return outcome.server;
}

std::vector<std::string> errorsOf(std::string_view text)
{
    return messages(native::read(text, ""));
}

/// The lines `#! line:column: message` at the head of a bad file.
std::vector<std::string> expectedErrors(const std::string &text, const std::string &file)
{
    std::vector<std::string> out;
    for (const std::string_view line : text::split(text, '\n')) {
        if (line.starts_with("#! "))
            out.push_back(file + ":" + std::string(line.substr(3)));
    }
    return out;
}

const Response &firstResponse(const Server &server)
{
    return server.items.at(0).endpoint()->responses.at(0);
}

} // namespace

TEST(NativeReader, ReadsEveryGoodFileWithoutAProblem)
{
    for (const auto &file : test::filesIn(test::nativeData("good")))
        EXPECT_THAT(messages(native::read(test::contentOf(file), file.filename().string())),
                    IsEmpty());
}

TEST(NativeReader, ReportsTheExpectedErrorsOfEveryBadFile)
{
    for (const auto &file : test::filesIn(test::nativeData("bad"))) {
        const std::string name = file.filename().string();
        const std::string text = test::contentOf(file);
        EXPECT_EQ(messages(native::read(text, name)), expectedErrors(text, name));
    }
}

TEST(NativeReader, KeepsTheWordsThatYaml11TakesForBooleansAsTexts)
{
    const Server server
        = readClean("understudy: 1\nname: no\ndescription: on\nendpoints: [{path: /a, "
                    "responses: [{bodyJson: {a: yes, b: true, c: off}}]}]");
    EXPECT_EQ(server.name, "no");
    EXPECT_EQ(server.description, "on");
    EXPECT_EQ(firstResponse(server).body.json,
              JsonValue(JsonObject{{"a", "yes"}, {"b", true}, {"c", "off"}}));
}

TEST(NativeReader, TakesNumbersAsTextsWhereTextsBelong)
{
    const Server server = readClean("understudy: 1\nheaders: {A: 1.50}\nendpoints: [{path: /a, "
                                    "responses: [{status: 200, body: 200}]}]");
    EXPECT_EQ(server.headers[0].value, "1.50");
    EXPECT_EQ(firstResponse(server).body, Body::text("200"));
}

TEST(NativeReader, KeepsTheOrderOfJsonBodies)
{
    const Server server = readClean(
        "understudy: 1\nendpoints: [{path: /a, responses: [{bodyJson: {z: 1, a: 2, m: 3}}]}]");
    std::vector<std::string> keys;
    for (const JsonMember &member : *firstResponse(server).body.json.ifObject())
        keys.push_back(member.name);
    EXPECT_THAT(keys, ElementsAre("z", "a", "m"));
}

TEST(NativeReader, SendsARepeatedHeaderOnceForEachValue)
{
    const Server server = readClean("understudy: 1\nheaders: {Set-Cookie: [a=1, b=2], X: y}");
    EXPECT_EQ(server.headers,
              (http::HeaderList{{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}, {"X", "y"}}));
}

TEST(NativeReader, TakesAListOfRulesAsAll)
{
    const Server server = readClean(
        "understudy: 1\nendpoints: [{path: /a, responses: [{when: [method: {equals: GET}]}]}]");
    const auto &group = std::get<RuleGroup>(firstResponse(server).when->node);
    EXPECT_EQ(group.kind, RuleGroup::Kind::All);
    ASSERT_EQ(group.rules.size(), 1U);
    EXPECT_EQ(std::get<RuleLeaf>(group.rules[0].node).target.kind, RuleTarget::Kind::Method);
}

TEST(NativeReader, KeepsOptionsWithTheirOperator)
{
    const Server server = readClean(
        "understudy: 1\nendpoints: [{path: /a, responses: [{when: {body: {json: {a: 1}, "
        "ignoreExtraFields: true, not: {contains: x}}}}]}]");
    const auto &leaf = std::get<RuleLeaf>(firstResponse(server).when->node);
    ASSERT_EQ(leaf.conditions.size(), 2U);
    EXPECT_EQ(leaf.conditions[0].options, (JsonObject{{"ignoreExtraFields", true}}));
    EXPECT_TRUE(leaf.conditions[1].negated);
}

TEST(NativeReader, AssignsIds)
{
    const Server server
        = readClean("understudy: 1\nendpoints: [{path: /users, method: GET, responses: [{}, {}]}]");
    EXPECT_EQ(server.items[0].endpoint()->id, "get-users");
    EXPECT_EQ(server.items[0].endpoint()->responses[1].id, "200-2");
}

TEST(NativeReader, SaysThatABinaryFileIsOne)
{
    EXPECT_THAT(errorsOf(std::string_view("understudy: 1\nna\0me: a", 20)),
                ElementsAre("line 2:3: this is a binary file, not a text"));
    EXPECT_THAT(errorsOf("understudy: 1\nname: \xff\xfe\n"),
                ElementsAre("line 2:1: this line is not UTF-8 text"));
}

TEST(NativeReader, SaysThatAnEmptyFileIsEmpty)
{
    EXPECT_THAT(
        errorsOf(""),
        ElementsAre("line 1:1: this file is empty; a mock file begins with 'understudy: 1'"));
    EXPECT_THAT(
        errorsOf("# only a comment\n"),
        ElementsAre("line 1:1: this file is empty; a mock file begins with 'understudy: 1'"));
}

TEST(NativeReader, StopsCountingAfterTwoHundredErrors)
{
    std::string text = "understudy: 1\n";
    for (int i = 0; i < 1000; ++i)
        text += "wrong" + std::to_string(i) + ": 1\n";
    EXPECT_EQ(errorsOf(text).size(), 200U);
}

TEST(NativeReader, ReadsTenThousandEndpoints)
{
    std::string text = "understudy: 1\nendpoints:\n";
    for (int i = 0; i < 10000; ++i) {
        const std::string n = std::to_string(i);
        text.append("- {method: GET, path: /things/").append(n);
        text.append(", responses: [{bodyJson: {id: ").append(n).append("}}]}\n");
    }
    EXPECT_EQ(readClean(text).items.size(), 10000U);
}

TEST(NativeReader, RefusesLargeFilesOnlyForTheirAliases)
{
    std::string text = "understudy: 1\nx-a:\n";
    for (int i = 0; i < 300000; ++i)
        text += "- 1\n";
    readClean(text);
}

TEST(NativeReader, RefusesAliasesThatStandForTooManyBytes)
{
    std::string text = "understudy: 1\nx-a: &a " + std::string(1'000'000, 'x') + "\nx-b:\n";
    for (int i = 0; i < 4000; ++i)
        text += "- *a\n";
    const auto read = native::read(text, "a.mock.yaml");
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.problems.front().error.code, ErrorCode::Limit);
    EXPECT_THAT(read.problems.front().error.message,
                testing::HasSubstr("stand for more than 16 MiB of text"));
}

TEST(NativeReader, FindsLineBreaksWhereThereIsOneLine)
{
    for (const char *key : {"name", "base", "listen"}) {
        const std::string value = std::string(key) == "listen"
                                      ? "{address: \"127.0.0.1\\r\\nX: 1\"}"
                                      : "\"/a\\nlistening http://x\"";
        const auto read = native::read("understudy: 1\n" + std::string(key) + ": " + value + "\n",
                                       "a.mock.yaml");
        ASSERT_EQ(read.problems.size(), 1U) << key;
        EXPECT_THAT(read.problems.front().error.text(),
                    testing::AllOf(testing::StartsWith("a.mock.yaml:2:"),
                                   testing::HasSubstr("line break or another control character")))
            << key;
    }
    const auto read
        = native::read("understudy: 1\nendpoints:\n- folder: \"F\\e[2J\"\n  endpoints:\n"
                       "  - path: \"/a\\r\"\n    name: \"n\\0\"\n    responses:\n"
                       "    - name: \"r\\n\"\n",
                       "a.mock.yaml");
    EXPECT_EQ(read.problems.size(), 4U);
}

TEST(NativeWriter, WritesWhatReadsBackAsTheSame)
{
    for (const auto &file : test::filesIn(test::nativeData("good"))) {
        const Server server = readClean(test::contentOf(file));
        const std::string text = native::write(server);
        EXPECT_EQ(readClean(text), server) << file << "\n" << text;
        EXPECT_EQ(native::write(readClean(text)), text) << file;
    }
}

TEST(NativeWriter, LeavesDefaultsOut)
{
    Server server;
    Endpoint endpoint;
    endpoint.responses.emplace_back();
    server.items.emplace_back(endpoint);
    assignIds(server);
    EXPECT_EQ(native::write(server),
              "understudy: 1\nendpoints:\n- path: /\n  responses:\n  - status: 200\n");
    EXPECT_EQ(native::write(Server{}), "understudy: 1\n");
}

TEST(NativeWriter, WritesAnIdThatIsNotTheMadeOne)
{
    Server server = readClean("understudy: 1\nendpoints: [{path: /users, method: GET}]");
    server.items[0].mutableEndpoint()->path = "/people";
    EXPECT_EQ(native::write(server),
              "understudy: 1\nendpoints:\n- id: get-users\n  method: GET\n  path: /people\n");
}

TEST(NativeWriter, WritesSeveralLinesAsABlock)
{
    Server server;
    server.description = "one\ntwo\n";
    EXPECT_EQ(native::write(server), "understudy: 1\ndescription: |\n  one\n  two\n");
    server.description = " one\ntwo";
    EXPECT_EQ(native::write(server), "understudy: 1\ndescription: |2-\n   one\n  two\n");
    server.description = "tea 🍵 \n\n";
    EXPECT_EQ(native::write(server), "understudy: 1\ndescription: |+\n  tea 🍵 \n\n");
}

TEST(NativeWriter, QuotesWhatAnotherYamlReaderWouldNotTakeForAText)
{
    const auto written = [](const char *name) {
        Server server;
        server.name = name;
        const std::string text = native::write(server);
        EXPECT_EQ(readClean(text).name, name);
        return text.substr(20, text.size() - 21);
    };
    for (const char *name :
         {"yes",  "No",  "on",   "OFF",  "y",  "true", "null",       "~",     "12", "0x1f", "1_000",
          "1:30", "1e3", ".5",   "-1",   "+1", ".inf", "2024-01-02", "0b101", "=",  "<<",   "- a",
          "? a",  ": a", "a: b", "a #b", "#a", "@a",   "`a",         "%a",    "&a", "*a",   "!a",
          "|",    ">",   "'a'",  "[a",   "{a", " a",   "a ",         "a:"})
        EXPECT_EQ(written(name), text::quoteJson(name));
    for (const char *name : {"Shop API", "127.0.0.1", "http://localhost:3000/a?b=c#d", "50ms",
                             "100B", "nobody", "a-b", "/users/{id}", "it's", "über", "a, b"})
        EXPECT_EQ(written(name), name);
}

TEST(NativeWriter, WritesBytesThatAreNoTextAsBase64)
{
    Server server = readClean("understudy: 1\nendpoints: [{path: /a, responses: [{}]}]");
    server.items[0].mutableEndpoint()->responses[0].body = Body::text("\xff\x01");
    EXPECT_EQ(readClean(native::write(server)).items[0].endpoint()->responses[0].body,
              (Body{Body::Kind::Base64, "/wE=", {}, false}));
}

TEST(NativeWriter, WritesVeryLongKeys)
{
    Server server;
    const JsonObject inner{{"a", JsonArray{1, 2}}};
    server.extensions.set("x-a",
                          JsonObject{{std::string(5000, 'k'), inner}, {std::string(3000, ' '), 1}});
    EXPECT_EQ(readClean(native::write(server)), server);
}

TEST(NativeWriter, KeepsSeveralConditionsOfTheSameOperator)
{
    Server server = readClean(
        "understudy: 1\nendpoints: [{path: /a, responses: [{when: {query.a: [{contains: x}, "
        "{contains: y}, {not: {contains: z}}, {not: {equals: q}}]}}]}]");
    EXPECT_EQ(
        std::get<RuleLeaf>(server.items[0].endpoint()->responses[0].when->node).conditions.size(),
        4U);
    EXPECT_EQ(readClean(native::write(server)), server);
}

TEST(NativeWriter, KeepsAStatusAndADelayThatAreTemplates)
{
    const Server server = readClean("understudy: 1\nendpoints: [{path: /a, responses: [{template: "
                                    "true, status: '{{query.code}}', delay: 5}, {delay: 200ms}]}]");
    EXPECT_EQ(firstResponse(server).statusTemplate, "{{query.code}}");
    EXPECT_EQ(firstResponse(server).delay, "5");
    EXPECT_EQ(readClean(native::write(server)), server);
    const auto refused = native::read("understudy: 1\nendpoints:\n- path: /a\n  responses:\n"
                                      "  - {status: '{{query.code}}'}\n  - {delay: soon}\n",
                                      "a.mock.yaml");
    ASSERT_EQ(refused.problems.size(), 2U);
    EXPECT_NE(refused.problems[0].error.message.find("set 'template'"), std::string::npos);
    EXPECT_EQ(refused.problems[1].error.where.line, 6);
}

TEST(NativeWriter, KeepsSeveralBases)
{
    const Server server = readClean("understudy: 1\nbase: [/api, /, /v2]\nendpoints: []\n");
    EXPECT_EQ(server.base, "/api");
    EXPECT_EQ(server.otherBases, (std::vector<std::string>{"", "/v2"}));
    EXPECT_EQ(readClean(native::write(server)), server);
    EXPECT_FALSE(native::read("understudy: 1\nbase: [/api, v2]\n", "a.mock.yaml").ok());
    EXPECT_FALSE(native::read("understudy: 1\nbase: [/api, /api]\n", "a.mock.yaml").ok());
}

TEST(NativeNumbers, KeepTheirTextFromTheFileToTheModelAndBack)
{
    const char *numbers = "[1236546565217899832645, 1e400, -0, 1.0, 1.50, 12.90, 1E5, "
                          "0.1000000000000000055511151231257827]";
    const Server server = readClean(
        std::string("understudy: 1\nx-own: ") + numbers + "\nbuckets: {b: {items: " + numbers
        + "}}\nendpoints: [{path: /a, responses: [{when: {body: {json: " + numbers
        + "}, query.id: {equals: 1234567890123456789012}}, bodyJson: {n: " + numbers + "}}]}]");
    std::string compact = numbers;
    std::erase(compact, ' ');
    EXPECT_EQ(writeJson(firstResponse(server).body.json), "{\"n\":" + compact + "}");
    EXPECT_EQ(writeJson(server.buckets.at(0).items), compact);
    EXPECT_EQ(writeJson(*server.extensions.find("x-own")), compact);
    EXPECT_EQ(readClean(native::write(server)), server);
    const auto json = exportText(server, "native");
    ASSERT_TRUE(json);
    EXPECT_EQ(readClean(*json), server);
}

TEST(NativeNumbers, OfYamlAloneBecomeThoseOfJson)
{
    const Server server = readClean("understudy: 1\nendpoints: [{path: /a, responses: [{bodyJson: "
                                    "[+1, 007, .5, 1., -.5e3, 0x1F, 0o17, 00, "
                                    "0xFFFFFFFFFFFFFFFFFF, .inf]}]}]");
    EXPECT_EQ(writeJson(firstResponse(server).body.json),
              "[1,7,0.5,1.0,-0.5e3,31,15,0,4722366482869645213695,\".inf\"]");
}

TEST(NativeNumbers, AreStillBoundedWhereTheModelCounts)
{
    EXPECT_FALSE(native::read("understudy: 1\nseed: 18446744073709551616\nendpoints: []", {}).ok());
    EXPECT_EQ(readClean("understudy: 1\nseed: 18446744073709551615\nendpoints: []").seed,
              18446744073709551615ULL);
    EXPECT_FALSE(native::read("understudy: 1\nendpoints: [{path: /a, priority: 1.0}]", {}).ok());
    EXPECT_EQ(readClean("understudy: 1\nendpoints: [{path: /a, priority: -3}]")
                  .items.at(0)
                  .endpoint()
                  ->priority,
              -3);
}
