// SPDX-License-Identifier: Apache-2.0
// Every operator on every target, as a table: the rule as the file writes it, a request, whether it
// holds.
#include "core/base/text.h"
#include "core/formats/format.h"
#include "core/http/date.h"
#include "core/http/request_parser.h"
#include "core/match/rule_matcher.h"

#include <gmock/gmock.h>

using namespace understudy;

namespace {

const std::string kRequest
    = "POST /users/7/a%20b?page=2&tag=red&tag=blue&empty=&date=2026-11-22 HTTP/1.1\r\n"
      "Host: api.example:8080\r\nAccept: application/json\r\nX-N: 10\r\n"
      "Cookie: sid=abc; theme=dark\r\n"
      "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJuIjo1fQ.\r\n";

http::Request parse(const std::string &type, const std::string &body)
{
    http::RequestParser parser;
    parser.feed(kRequest + "Content-Type: " + type
                + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    EXPECT_TRUE(parser.isComplete());
    return parser.take();
}

RuleMatcher compile(const std::string &when)
{
    auto loaded = formats::loadText(
        "understudy: 1\nendpoints:\n- path: /x\n  responses:\n  - when: " + when + "\n",
        "t.mock.yaml", {.format = "native"});
    for (const Problem &p : loaded.errors)
        ADD_FAILURE() << when << ": " << p.error.text();
    const Endpoint &endpoint = *loaded.servers.at(0).server.items.at(0).endpoint();
    auto matcher = RuleMatcher::compile(*endpoint.responses.at(0).when);
    EXPECT_TRUE(matcher) << when << ": " << (matcher ? "" : matcher.error().message);
    return matcher ? *matcher : RuleMatcher();
}

bool holds(const std::string &when, const http::Request &request,
           std::vector<ConditionTrace> *out = nullptr)
{
    const ConnectionFacts facts{"127.0.0.1", 8080, false, "", "CN=Ada,O=Example"};
    const RequestView view(request, facts);
    const NamedValues path{{"id", "7"}};
    const std::function<std::string(std::string_view, const MatchContext &)> scenario
        = [](std::string_view, const MatchContext &) { return std::string("Started"); };
    std::vector<ConditionTrace> trace;
    const bool result = compile(when).matches(
        {view, path, 3, *http::parseAnyDate("2026-11-22T12:00:00Z"), scenario}, trace);
    if (out)
        *out = trace;
    return result;
}

} // namespace

TEST(Rules, OperatorsHoldOnTheirTargets)
{
    const http::Request request = parse(
        "application/json", R"({"a":{"b":[1,2,{"c":"x"}]},"n":5,"t":true,"z":null,"e":[]})");
    const std::vector<std::pair<std::string, bool>> table{
        {"[{method: {equals: POST}}]", true},
        {"[{method: {equals: post}}]", false},
        {"[{method: {equalsIgnoreCase: post}}]", true},
        {"[{path: {equals: /users/7/a b}}]", true},
        {"[{path.id: {equals: 7}}]", true},
        {"[{client.certificate.subject: {contains: CN=Ada}}]", true},
        {"[{client.certificate.subject: {equals: CN=Eve}}]", false},
        {"[{path.id: {equals: '7'}}]", true},
        {"[{path.id: {equals: '07'}}]", false},
        {"[{query.page: {equals: 2}}]", true},
        {"[{query.page: {equals: 2.0}}]", true},
        {"[{query.tag: {equals: blue}}]", true},
        {"[{query.tag: {hasExactly: [blue, red]}}]", true},
        {"[{query.tag: {hasExactly: [blue]}}]", false},
        {"[{query.tag: {includes: [blue]}}]", true},
        {"[{query.tag: {not: {equals: green}}}]", true},
        {"[{query.tag: {not: {equals: red}}}]", false},
        {"[{query.empty: {empty: true}}]", true},
        {"[{query.page: {empty: false}}]", true},
        {"[{query.nope: {absent: true}}]", true},
        {"[{query.page: {absent: true}}]", false},
        {"[{query.page: {absent: false}}]", true},
        {"[{query.nope: {equals: 1}}]", false},
        {"[{query.nope: {not: {equals: 1}}}]", true},
        {"[{header.accept: {contains: json}}]", true},
        {"[{header.Accept: {startsWith: application}}]", true},
        {"[{header.Accept: {endsWith: xml}}]", false},
        {"[{header.Accept: {matches: '^application/(json|xml)$'}}]", true},
        {"[{header.X-N: {less: 11}}]", true},
        {"[{header.X-N: {less: 9}}]", false},
        {"[{header.X-N: {lessOrEqual: 10}}]", true},
        {"[{header.X-N: {greater: 9.5}}]", true},
        {"[{header.X-N: {greaterOrEqual: 11}}]", false},
        {"[{header.Accept: {less: 5}}]", false},
        {"[{header.X-N: {oneOf: [1, 10]}}]", true},
        {"[{header.X-N: {oneOf: [a, b]}}]", false},
        {"[{query.date: {before: '2026-11-23'}}]", true},
        {"[{query.date: {after: now}}]", false},
        {"[{query.date: {after: 'now - 24h'}}]", true},
        {"[{query.date: {sameTime: '2026-11-22T01:00:00+01:00'}}]", true},
        {"[{cookie.sid: {equals: abc}}]", true},
        {"[{host: {equals: api.example}}]", true},
        {"[{port: {equals: 8080}}]", true},
        {"[{scheme: {equals: http}}]", true},
        {"[{client: {startsWith: '127.'}}]", true},
        {"[{count: {equals: 3}}]", true},
        {"[{state.cart: {equals: Started}}]", true},
        {"[{jwt.sub: {equals: ada}}]", true},
        {"[{jwt.n: {greater: 4}}]", true},
        {"[{body: {contains: '\"n\":5'}}]", true},
        {"[{'body:$.a.b[2].c': {equals: x}}]", true},
        {"[{'body:$.a.b[*]': {equals: 2}}]", true},
        {"[{'body:$.t': {equals: true}}]", true},
        {"[{'body:$.z': {empty: true}}]", true},
        {"[{'body:$.e': {empty: true}}]", true},
        {"[{'body:$.nope': {absent: true}}]", true},
        {"[{body: {jsonPath: '$.a.b[?@.c == \"x\"]'}}]", true},
        {"[{'body:$.a': {json: {b: [1, 2, {c: x}]}}}]", true},
        {"[{'body:$.a': {json: {b: [2, 1, {c: x}]}}}]", false},
        {"[{'body:$.a': {json: {b: [2, {c: x}, 1]}, ignoreArrayOrder: true}}]", true},
        {"[{body: {json: {n: 5}, ignoreExtraFields: true}}]", true},
        {"{any: [{query.page: {equals: 9}}, {header.X-N: {equals: 10}}]}", true},
        {"{none: [{query.page: {equals: 9}}, {header.X-N: {equals: 11}}]}", true},
        {"{none: [{query.page: {equals: 2}}]}", false},
        {"{all: [{query.page: {equals: 2}}, {any: [{method: {equals: GET}}, {method: {equals: "
         "POST}}]}]}",
         true},
        {"[{header.X-N: {greater: 5, less: 20}}]", true},
        {"[{header.X-N: {greater: 5, less: 8}}]", false},
        {"[{body: {jsonSchema: {type: object}}}]", true},
        {"[{body: {not: {jsonSchema: {type: object}}}}]", false},
        {"[{body: {jsonSchema: {required: [nope]}}}]", false},
        {"[{'body:$.n': {jsonSchema: {maximum: 4}}}]", false},
        {"[{'body:$.n': {jsonSchema: '{\"maximum\": 5}'}}]", true},
        {"[{query.page: {jsonSchema: {type: string}}}]", true},
        {"[{query.nope: {jsonSchema: true}}]", false},
        {"[{body: {xml: '<a/>'}}]", false},
        {"[{body: {not: {xml: '<a/>'}}}]", true},
    };
    for (const auto &[when, expected] : table)
        EXPECT_EQ(holds(when, request), expected) << when;
}

TEST(Rules, CompareNumbersExactlyWhateverTheirLength)
{
    const http::Request request = parse(
        "application/json",
        R"({"id":1234567890123456788,"big":1236546565217899832645,"huge":1e400,"price":12.90})");
    const std::vector<std::pair<std::string, bool>> table{
        {"[{'body:$.id': {equals: 1234567890123456789}}]", false},
        {"[{'body:$.id': {equals: 1234567890123456788}}]", true},
        {"[{'body:$.id': {not: {equals: 1234567890123456789}}}]", true},
        {"[{'body:$.id': {less: 1234567890123456789}}]", true},
        {"[{'body:$.id': {greaterOrEqual: 1234567890123456789}}]", false},
        {"[{'body:$.id': {oneOf: [1, 1234567890123456788]}}]", true},
        {"[{'body:$.big': {equals: 1236546565217899832645}}]", true},
        {"[{'body:$.big': {equals: '1236546565217899832645'}}]", true},
        {"[{'body:$.big': {json: 1236546565217899832644}}]", false},
        {"[{'body:$.big': {greater: 1236546565217899832644}}]", true},
        {"[{'body:$.huge': {json: 1e400}}]", true},
        {"[{'body:$.huge': {greater: 9e399}}]", true},
        {"[{'body:$.price': {equals: 12.9}}]", true},
        {"[{'body:$.price': {equals: '12.9'}}]", true},
        {"[{'body:$.price': {contains: '.90'}}]", true},
        {"[{body: {json: {id: 1234567890123456788, big: 1236546565217899832645, huge: 10e399, "
         "price: 12.9}}}]",
         true},
    };
    for (const auto &[when, expected] : table)
        EXPECT_EQ(holds(when, request), expected) << when;
}

TEST(Rules, ReadFormsPartsAndXml)
{
    EXPECT_TRUE(holds("[{form.name: {equals: Ada L}}]",
                      parse("application/x-www-form-urlencoded", "name=Ada+L&x=%31")));
    const http::Request parts
        = parse("multipart/form-data; boundary=B",
                "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhello\r\n"
                "--B\r\nContent-Disposition: form-data; name=\"f\"; "
                "filename=\"f.txt\"\r\n\r\nfile\r\n--B--\r\n");
    EXPECT_TRUE(holds("[{form.a: {equals: hello}}]", parts));
    EXPECT_TRUE(holds("[{part.f: {equals: file}}]", parts));
    EXPECT_FALSE(holds("[{form.f: {absent: false}}]", parts)) << "files are parts, not fields";
    const http::Request xml = parse("application/xml", "<a><b id='1'>t</b><b id='2'>u</b></a>");
    EXPECT_TRUE(holds("[{'body:/a/b': {equals: u}}]", xml));
    EXPECT_TRUE(holds("[{'body:/a/b/@id': {equals: 2}}]", xml));
    EXPECT_TRUE(holds("[{body: {xPath: '/a/b[@id=2]'}}]", xml));
    EXPECT_FALSE(holds("[{body: {xPath: '/a/c'}}]", xml));
}

TEST(Rules, EveryConditionExplainsItself)
{
    std::vector<ConditionTrace> trace;
    EXPECT_FALSE(holds("[{query.page: {equals: 3}}, {query.nope: {contains: x}}]",
                       parse("text/plain", ""), &trace));
    ASSERT_EQ(trace.size(), 2U);
    EXPECT_EQ(trace[0], (ConditionTrace{"query.page", "equals 3", "2", false}));
    EXPECT_EQ(trace[1], (ConditionTrace{"query.nope", "contains x", "(absent)", false}));
}

TEST(Rules, AHostileExpressionDoesNotHang)
{
    const http::Request request = parse("text/plain", std::string(5000, 'a') + "!");
    EXPECT_FALSE(holds("[{body: {matches: '^(a+)+$'}}]", request));
}

TEST(Rules, CompareXmlAsXml)
{
    const http::Request request = parse(
        "application/xml", "<?xml version='1.0'?><!-- c --><o:order xmlns:o='urn:o' b='2' a='1'>"
                           "<item>x</item>  <total>5</total><item><![CDATA[y]]></item></o:order>");
    const std::vector<std::pair<std::string, bool>> table{
        {R"(<order xmlns="urn:o" a="1" b="2"><item xmlns="">x</item><item xmlns="">y</item>)"
         R"(<total xmlns=""> 5 </total></order>)",
         true},
        {R"(<p:order xmlns:p="urn:o" a="1" b="2"><total>5</total><item>x</item><item>y</item>)"
         R"(</p:order>)",
         true},
        {R"(<p:order xmlns:p="urn:o" a="1" b="2"><item>y</item><item>x</item><total>5</total>)"
         R"(</p:order>)",
         false},
        {R"(<o:order xmlns:o="urn:other" a="1" b="2"><item>x</item><item>y</item>)"
         R"(<total>5</total></o:order>)",
         false},
        {R"(<o:order xmlns:o="urn:o" a="1"><item>x</item><item>y</item><total>5</total></o:order>)",
         false},
        {R"(<o:order xmlns:o="urn:o" a="1" b="2"><item>x</item><item>y</item></o:order>)", false},
    };
    for (const auto &[xml, expected] : table)
        EXPECT_EQ(holds("[{body: {xml: '" + xml + "'}}]", request), expected) << xml;
}

TEST(Rules, CompareTheTextsOfXmlAsTheyAreRead)
{
    const auto same = [](const std::string &xml, const std::string &body) {
        return holds("[{body: {xml: '" + xml + "'}}]", parse("text/xml", body));
    };
    EXPECT_TRUE(same("<a>Hello World</a>", "<a>Hello <![CDATA[World]]></a>"));
    EXPECT_TRUE(same("<a>foo bar</a>", "<a> foo<!-- c --> bar\n</a>"));
    EXPECT_FALSE(same("<a>12<b/></a>", "<a>1<b/>2</a>"));
}

TEST(Rules, CompareXmlInBoundedTime)
{
    // For every child all that is declared around it would be looked at.
    std::string body = "<a xmlns='u'";
    for (int i = 0; i < 60'000; ++i)
        body += " xmlns:p" + std::to_string(i) + "='u'";
    body += '>';
    for (int i = 0; i < 60'000; ++i)
        body += "<b/>";
    std::vector<ConditionTrace> trace;
    EXPECT_FALSE(holds(R"([{body: {not: {xml: '<a xmlns="u"><b/></a>'}}}])",
                       parse("text/xml", body + "</a>"), &trace));
    EXPECT_THAT(trace.at(0).actual, testing::HasSubstr("the XML takes more work"));
}

TEST(Rules, SayWhereADocumentDiffers)
{
    const auto actualOf
        = [](const std::string &when, const std::string &type, const std::string &body) {
              std::vector<ConditionTrace> trace;
              EXPECT_FALSE(holds(when, parse(type, body), &trace)) << when;
              return trace.at(0).actual;
          };
    const std::string body = R"({"items":[{"qty":0}],"b":1})";
    EXPECT_EQ(actualOf("[{body: {jsonSchema: {properties: {items: {items: {properties: {qty: "
                       "{minimum: 1}}}}}}}}]",
                       "application/json", body),
              "(/items/0/qty: minimum 1, got 0) " + body);
    EXPECT_EQ(actualOf("[{body: {json: {items: [{qty: 2}], b: 1}}}]", "application/json", body),
              "(/items/0/qty: expected 2, got 0) " + body);
    EXPECT_EQ(actualOf("[{body: {json: {items: [{qty: 0}]}}}]", "application/json", body),
              "(/b: expected nothing, got 1) " + body);
    EXPECT_EQ(actualOf("[{body: {json: {items: [], b: 1}}}]", "application/json", body),
              "(/items: expected 0 items, got 1) " + body);
    EXPECT_EQ(
        actualOf("[{body: {json: {'a/b': {'c~': 1}}}}]", "application/json", R"({"a/b":{"c~":2}})"),
        R"((/a~1b/c~0: expected 1, got 2) {"a/b":{"c~":2}})");
    // Long texts are cut between characters, wherever they are shown.
    std::string umlauts = "x";
    for (int i = 0; i < 300; ++i)
        umlauts += "ä";
    const std::string shown
        = actualOf("[{body: {json: short}}]", "application/json", '"' + umlauts + '"');
    EXPECT_TRUE(text::isUtf8(shown)) << shown;
    EXPECT_EQ(actualOf("[{body: {xml: '<a><b>1</b></a>'}}]", "text/xml", "<a><b>2</b></a>"),
              "(/a/b: expected the text '1', got '2') <a><b>2</b></a>");
    EXPECT_EQ(actualOf("[{body: {xml: '<a><b/></a>'}}]", "text/xml", "<a><c/></a>"),
              "(/a: expected <b>, which is not there) <a><c/></a>");
    EXPECT_EQ(actualOf("[{body: {xml: '<a/>'}}]", "text/xml", "{}"), "(no XML) {}");
}

TEST(Rules, RefuseSchemasAndXmlThatAreNone)
{
    for (const std::string when : {"[{body: {jsonSchema: {type: text}}}]",
                                   "[{body: {jsonSchema: '{'}}]", "[{body: {xml: '<a>'}}]"}) {
        auto loaded = formats::loadText(
            "understudy: 1\nendpoints:\n- path: /x\n  responses:\n  - when: " + when + "\n",
            "t.mock.yaml", {.format = "native"});
        ASSERT_EQ(loaded.servers.size(), 1U) << when;
        const Endpoint &endpoint = *loaded.servers[0].server.items.at(0).endpoint();
        EXPECT_FALSE(RuleMatcher::compile(*endpoint.responses.at(0).when)) << when;
    }
}
