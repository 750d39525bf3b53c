// SPDX-License-Identifier: Apache-2.0
// Scripts as a client and the traffic see them.
#include "tests/script/script_support.h"

#include <gmock/gmock.h>

#include <thread>

using namespace understudy;
using namespace understudy::test;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

namespace {

struct Answer
{
    const char *name;
    const char *expression;
    std::vector<std::string> parts; ///< of the answer, head and body
};

void PrintTo(const Answer &answer, std::ostream *out) { *out << answer.name; }

class ScriptAnswers : public testing::TestWithParam<Answer>
{};

} // namespace

TEST_P(ScriptAnswers, AreWhatTheScriptReturns)
{
    ScriptedMock mock(returning(GetParam().expression));
    const bool hasBody = std::string_view(GetParam().name) != "NoBody";
    const std::string answer
        = mock.send("/a/7?q=1&q=2&r=%20", hasBody ? "{\"n\": [1, 2.50]}" : "",
                    "Content-Type: application/json\r\nX-Two: a\r\nX-Two: b\r\nCookie: s=1\r\n");
    for (const std::string &part : GetParam().parts)
        EXPECT_THAT(answer, HasSubstr(part));
}

INSTANTIATE_TEST_SUITE_P(
    All, ScriptAnswers,
    testing::Values(
        Answer{"Text", "'plain'", {" 202 ", "X-File: yes", "text/plain", "\r\n\r\nplain"}},
        Answer{"Status", "({status: 404})", {" 404 Not Found", "Content-Length: 0"}},
        Answer{"Json",
               "({body: {b: 1, a: [null, true]}})",
               {"application/json", R"({"b":1,"a":[null,true]})"}},
        Answer{"Number", "({body: 0})", {"application/json", "\r\n\r\n0"}},
        Answer{"Headers",
               "({headers: {'X-File': 'other', 'X-N': 5, 'Set-Cookie': ['a=1', 'b=2'], 'X-No': "
               "null}})",
               {"X-File: other", "X-N: 5", "Set-Cookie: a=1", "Set-Cookie: b=2"}},
        Answer{"ContentType",
               "({headers: {'content-type': 'text/csv'}, body: 'a,b'})",
               {"content-type: text/csv", "a,b"}},
        Answer{"Bytes",
               "({body: new Uint8Array([0x41, 0xFF, 0, 0x42]).subarray(1)})",
               {"application/octet-stream", std::string("\r\n\r\n\xFF\0B", 7)}},
        Answer{"Request",
               "JSON.stringify([request.method, request.path, request.target, request.params, "
               "request.query, request.headers['x-two'], request.cookies, request.count, "
               "request.json.n, request.body.length, request.bytes.byteLength, request.tls])",
               {R"(["POST","/a/7","/a/7?q=1&q=2&r=%20",{"id":"7"},{"q":["1","2"],"r":" "},"a, b",)"
                R"({"s":"1"},1,[1,2.5],16,16,false])"}},
        Answer{"LaterJavaScript",
               "[[1, [2]].flat().length, 'aXbX'.replaceAll('X', '-'), [1, 2].at(-1), "
               "Object.fromEntries([['a', 1]]).a, ' x '.trimEnd() + '|', "
               "Array.from('a1b2'.matchAll(/[a-z](\\d)/g), m => m[1]).join('')].join(' ')",
               {"2 a-b- 2 1  x| 12"}},
        Answer{"Clock", "String(new Date() - mock.now < 1000 && Date.now() > 0)", {"true"}},
        Answer{"NoBody", "String(request.json) + request.bytes.byteLength", {"undefined0"}},
        Answer{"Lists",
               "[[1, 2, 3].findLast((x, i) => i < 2), 'abcb'.replaceAll('b', '[$&]'), new "
               "Array(3).length, Array(1, 2).length, Array.from('ab').length, Array.isArray([]), "
               "new Uint8Array([1, 2, 3]).slice(1).length, Uint8Array.from([1]).length, [] "
               "instanceof Array, /a/ instanceof RegExp, new RegExp('a', 'i').test('A')].join(' ')",
               {"2 a[b]c[b] 3 2 2 true 2 1 true true true"}},
        Answer{"DatesAreDates",
               "String(new Date(0) instanceof Date) + new Date(0).toISOString()",
               {"true1970-01-01T00:00:00.000Z"}}),
    [](const auto &answer) { return std::string(answer.param.name); });

TEST(Scripts, WhatIsWrongIsA500ThatSaysWhere)
{
    ScriptedMock mock("");
    const auto errorOf = [&](std::string_view script) {
        mock.write(script);
        const std::string answer = mock.send("/a/1");
        EXPECT_THAT(answer, HasSubstr(" 500 "));
        return bodyOf(answer);
    };
    EXPECT_THAT(errorOf("module.exports = () => {\n  let a;\n  return a.b;\n};\n"),
                AllOf(StartsWith("a.js:3: TypeError"), HasSubstr("'b'")));
    EXPECT_THAT(errorOf("module.exports = () => ({\n  ...{}\n});\n"),
                AllOf(StartsWith("a.js:2: SyntaxError"), HasSubstr("ECMAScript 2016")));
    EXPECT_THAT(errorOf("module.exports = () => { throw 'why'; };"), HasSubstr("it threw why"));
    EXPECT_THAT(errorOf("const a = 1;"), HasSubstr("exports no function"));
    EXPECT_THAT(errorOf(returning("undefined")), HasSubstr("returned undefined"));
    EXPECT_THAT(errorOf(returning("({stauts: 1})")), HasSubstr("\"stauts\""));
    EXPECT_THAT(errorOf(returning("({status: 99})")), HasSubstr("99 is no status"));
    EXPECT_THAT(errorOf(returning("Error('made')")), HasSubstr("made"));
    EXPECT_THAT(errorOf(returning("({headers: [['X-A', 'b']]})")),
                HasSubstr("headers are an object"));
    EXPECT_THAT(errorOf(returning("JSON.parse('{a')")),
                AllOf(HasSubstr("JSON.parse"), Not(HasSubstr("ECMAScript"))));
    EXPECT_THAT(errorOf(returning("Promise.resolve('a')")), HasSubstr("a promise"));
    EXPECT_THAT(errorOf(returning("({headers: {'X-A': 'a\\r\\nX-B: b'}})")),
                HasSubstr("the header 'X-A'"));
    EXPECT_THAT(errorOf("undeclared = 1; module.exports = () => 'a';"), HasSubstr("a.js:1:"));
    EXPECT_THAT(mock.server().exchange(1)->error, HasSubstr("TypeError"));
    std::filesystem::remove(mock.server().folder().path() / "a.js");
    EXPECT_THAT(mock.body(), HasSubstr("the script 'a.js' is missing"));
    EXPECT_THAT(mock.server().events(), testing::Contains(HasSubstr("a.js:3: TypeError")));
}

TEST(Scripts, SayWhatIsMissingWhereThereIsNoJavaScript)
{
    RunningMock server(mock("- {path: /a, responses: [{script: a.js}]}\n"));
    server.folder().write("a.js", returning("'a'"));
    EXPECT_THAT(get(server.port(), "/a"), AllOf(HasSubstr(" 500 "), HasSubstr("needs JavaScript")));
}

TEST(Scripts, EndAtTheirLimitsAndTheServerGoesOn)
{
    ScriptedMock mock("module.exports = () => { for (;;) ; };", {}, briefly(1));
    EXPECT_THAT(mock.body(), HasSubstr("a.js took longer than 1000 ms"));
    mock.write("for (;;) ;");
    EXPECT_THAT(mock.body(), HasSubstr("a.js took longer than 1000 ms"));
    mock.write(returning("'alive'"));
    EXPECT_EQ(mock.body(), "alive");
}

TEST(Scripts, HaveBoundsInWhatOneStepDoes)
{
    ScriptedMock mock("function deeper(n) { return deeper(n + 1) + 1; }\n"
                      + returning("deeper(0)"));
    EXPECT_THAT(mock.body(), HasSubstr("RangeError"));
    for (const char *step : {"'x'.repeat(1e9)", "new Array(1e9).fill(0)", "new Float64Array(1e9)",
                             "'x'.repeat(6e7).split('')", "new ArrayBuffer(1e9)"}) {
        mock.write(returning(step));
        EXPECT_THAT(mock.body(), testing::AnyOf(HasSubstr("at once"), HasSubstr("at most")))
            << step;
    }
    mock.write(returning("String(/^(a+)+$/.test('a'.repeat(40) + 'b'))"));
    EXPECT_EQ(mock.body(), "false");
    mock.write(returning("'alive'"));
    EXPECT_EQ(mock.body(), "alive");
}

TEST(Scripts, EndWhereTheProgramGrowsTooMuch)
{
    ScriptLimits limits = patiently();
    limits.memory = std::size_t{64} * 1024 * 1024;
    ScriptedMock mock(
        "module.exports = () => { const a = []; for (;;) a.push(a.length + 'abc'); };", {}, limits);
    EXPECT_THAT(mock.body(), HasSubstr("a.js took more than 64 MiB of memory and was ended"));
}

/// The engine keeps the items of a list that it reads on a stack without looking, and goes into the
/// parentheses of a pattern as deep as they are nested.
TEST(Scripts, BearBodiesThatAreLongOrDeep)
{
    ScriptedMock mock(returning("String((request.json || []).length) + request.body.length"));
    std::string list = "[1";
    for (int i = 0; i < 2'000'000; ++i)
        list += ",1";
    EXPECT_EQ(mock.body("/a/1", list + ']'), "20000014000003");
    std::string form;
    for (int i = 0; i < 400'000; ++i)
        form += "a=1&";
    EXPECT_THAT(mock.send("/a/1", form, "Content-Type: application/x-www-form-urlencoded\r\n"),
                HasSubstr("01600000"));
    mock.write(returning("String(new RegExp(request.body).test('a'))"));
    EXPECT_THAT(mock.body("/a/1", std::string(60'000, '(') + std::string(60'000, ')')),
                HasSubstr("a pattern has at most"));
    mock.write(
        "module.exports = (r, mock) => { mock.setBucket('n', JSON.parse(r.body)); return 'a'; };");
    EXPECT_THAT(mock.body("/a/1", std::string(900, '[') + std::string(900, ']')),
                HasSubstr("this cannot be kept: "));
    mock.write(returning("'alive'"));
    EXPECT_EQ(mock.body(), "alive");
}

TEST(Scripts, LeaveNothingBehindForTheNextRequest)
{
    const ScriptLimits limits = patiently(1);
    for (const char *script :
         {"let n = 0; module.exports = () => String(++n);",
          "module.exports = () => { globalThis.n = (globalThis.n || 0) + 1; return '' + n; };",
          "module.exports = () => { const o = Object.prototype; o.n = (o.n || 0) + 1; return '' + "
          "o.n; };"}) {
        ScriptedMock mock(script, {}, limits);
        EXPECT_EQ(mock.body(), "1");
        EXPECT_EQ(mock.body(), "1") << script;
    }
    for (const char *change : {"JSON.stringify = () => '?'", "Array.prototype.map = null",
                               "mock.faker.setDefaultRefDate(1)", "parseInt = null",
                               "mock.faker.rawDefinitions.person.first_name.generic.length = 0"}) {
        ScriptedMock mock("module.exports = (request, mock) => { " + std::string(change)
                              + "; return 'done'; };",
                          {}, limits);
        if (!makeQtScripting()->hasFaker()
            && std::string(change).find("faker") != std::string::npos)
            continue;
        EXPECT_THAT(mock.send("/a/1"), HasSubstr(" 500 ")) << change;
        mock.write(returning("JSON.stringify([1].map(x => parseInt(x)))"));
        EXPECT_EQ(mock.body(), "[1]") << change;
    }
}

TEST(Scripts, HoldUpNobodyElse)
{
    WorkbenchOptions options = withScripting(briefly());
    options.threads = 1;
    RunningMock server(mock("- {path: /slow, id: slow, responses: [{script: a.js}]}\n"
                            "- {path: /fast, responses: [{body: fast}]}\n"),
                       std::move(options));
    server.folder().write("a.js", "module.exports = () => { for (;;) ; };");
    LoopbackClient slow(server.port());
    slow.send("GET /slow HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    ASSERT_TRUE(server.waitForHit("slow"));
    EXPECT_EQ(bodyOf(get(server.port(), "/fast")), "fast");
    EXPECT_EQ(server.exchange(1)->request.target(), "/fast"); // while the script went on
    EXPECT_THAT(slow.readAll(), HasSubstr("took longer than"));
}

TEST(Scripts, EndWithTheProgramThatRunsThem)
{
    RunningMock server(mock("- {path: /slow, id: slow, responses: [{script: a.js}]}\n"),
                       withScripting(briefly()));
    server.folder().write("a.js", "module.exports = () => { for (;;) ; };");
    LoopbackClient slow(server.port());
    slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(server.waitForHit("slow"));
    // Nothing is waited for here: what is left of the request goes with the workbench.
}

/// What a script asks for may be a template that runs a script: that one never waits for the first.
TEST(Scripts, DoNotWaitForOneAnother)
{
    const ScriptLimits limits = patiently(1);
    RunningMock server(mock("- {path: /a, responses: [{script: a.js}]}\n",
                            "helpers: h.js\n"
                            "buckets: {b: {items: \"[{{inner}}]\", x-mockoon-template: true}}\n"),
                       withScripting(limits));
    server.folder().write("h.js", "module.exports = { inner: () => 7 };");
    server.folder().write("a.js", returning("({body: mock.bucket('b')})"));
    std::vector<std::thread> clients;
    for (int i = 0; i < 3; ++i)
        clients.emplace_back([&] { EXPECT_EQ(bodyOf(get(server.port(), "/a")), "[7]"); });
    for (std::thread &client : clients)
        client.join();
}

TEST(Scripts, ChangeWhatTheServerRemembers)
{
    ScriptedMock mock("module.exports = (request, mock) => {\n"
                      "    mock.changeBucket('n', n => { n.push(request.params.id); });\n"
                      "    mock.setVariable('last', {id: request.params.id});\n"
                      "    mock.setScenario('s', 'Seen' + mock.bucket('n').length);\n"
                      "    return JSON.stringify([mock.bucket('n'), mock.variable('last'),\n"
                      "                           mock.variable('none') === undefined,\n"
                      "                           mock.scenario('s')]);\n"
                      "};\n",
                      "buckets: {n: {items: []}}\n");
    EXPECT_EQ(mock.body("/a/1"), R"([["1"],{"id":"1"},true,"Seen1"])");
    EXPECT_EQ(mock.body("/a/2"), R"([["1","2"],{"id":"2"},true,"Seen2"])");
    mock.write(returning("mock.bucket('none')"));
    EXPECT_THAT(mock.body(), HasSubstr("there is no bucket \"none\""));
    mock.write("module.exports = (r, mock) => { mock.setBucket('n', [1]); return '' + "
               "mock.bucket('n'); };");
    EXPECT_EQ(mock.body(), "1");
    const auto live = mock.server().bench().buckets(mock.server().id());
    EXPECT_EQ(live->at(0).value->ifArray()->size(), 1U);
}

TEST(Scripts, AChangeOfABucketIsOneStep)
{
    ScriptedMock mock("module.exports = (r, mock) => {\n"
                      "    mock.changeBucket('n', n => ({ count: n.count + 1 })); return 'ok';\n"
                      "};\n",
                      "buckets: {n: {items: {count: 0}}}\n");
    std::vector<std::thread> clients;
    for (int i = 0; i < 4; ++i)
        clients.emplace_back([&mock] {
            for (int n = 0; n < 10; ++n)
                EXPECT_EQ(mock.body(), "ok");
        });
    for (std::thread &client : clients)
        client.join();
    mock.write(returning("JSON.stringify(mock.bucket('n'))"));
    EXPECT_EQ(mock.body(), R"({"count":40})");
}

TEST(Scripts, DrawFromTheSeedAndGoByTheClock)
{
    const auto drawn = [](std::string_view seed) {
        ScriptedMock mock(returning("[Math.random(), mock.random()].join(' ')"),
                          "seed: " + std::string(seed) + "\n");
        return mock.body() + '|' + mock.body();
    };
    EXPECT_EQ(drawn("1"), drawn("1"));
    EXPECT_NE(drawn("1"), drawn("2"));
    ScriptedMock mock(returning("new Date().toISOString()"));
    const WallTime time{std::chrono::milliseconds(1000)};
    ASSERT_TRUE(mock.server().bench().setClock(mock.server().id(), time, true));
    EXPECT_EQ(mock.body(), "1970-01-01T00:00:01.000Z");
}

TEST(Scripts, KeepTheirAnswersBack)
{
    ScriptedMock mock(returning("({delay: 6, body: 'a'})"));
    mock.body();
    EXPECT_EQ(mock.server().exchange(1)->timings.plannedLatency, std::chrono::milliseconds(6));
    mock.write(returning("({delay: '2ms', body: 'a'})"));
    mock.body();
    EXPECT_EQ(mock.server().exchange(2)->timings.plannedLatency, std::chrono::milliseconds(2));
    mock.write(returning("({delay: '2h'})"));
    EXPECT_THAT(mock.body(), HasSubstr("for an hour at most"));
    mock.write(returning("({delay: -1})"));
    EXPECT_THAT(mock.body(), HasSubstr("-1 is no delay"));
}

TEST(Scripts, WriteIntoTheTraffic)
{
    ScriptedMock mock("module.exports = r => { console.log('id', r.params, 1.5); return 'a'; };");
    mock.body();
    const auto exchange = mock.server().exchange();
    ASSERT_TRUE(exchange->why);
    EXPECT_THAT(exchange->why->log, ElementsAre(R"(id {"id":"1"} 1.5)"));
    EXPECT_EQ(exchange->reason(), "ANY /a/{id} › 202");
}
