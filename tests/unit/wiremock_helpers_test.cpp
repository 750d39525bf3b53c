// SPDX-License-Identifier: Apache-2.0
// The helpers of WireMock on the examples of its documentation and around them. Each row's answer
// is what WireMock 3.13.2 gave to the same request.
#include "core/template/wiremock/helpers.h"
#include "core/template/wiremock/variables.h"
#include "tests/unit/template_fixture.h"
#include "tests/unit/wiremock_rows.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace understudy {

namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

class WireMockHelpers : public test::RenderedForRequest
{
protected:
    WireMockHelpers()
    {
        m_parameters = {{"id", "42"}};
        m_request.head = {"POST",
                          "/things/42/sub?q=one&q=two&x=y%20z&h=%3Cb%3E",
                          {{"Host", "127.0.0.1:8080"},
                           {"Content-Type", "application/json"},
                           {"X-M", "MV"},
                           {"Cookie", "c1=v1"},
                           {"Accept", "a/b"}}};
        m_request.body = R"({"name":"Tom","nums":[1,2,3],"o":{"a":1,"b":"x"}})";
        m_request.hasBody = true;
    }

    std::string render(std::string_view text, std::uint64_t seed = 42) const
    {
        return rendered(text, Dialect::WireMock, seed);
    }
};

} // namespace

TEST_F(WireMockHelpers, GiveWhatWireMockGives)
{
    for (const auto &[text, expected] : test::kWireMockRows)
        EXPECT_EQ(render(text), expected) << text;
}

TEST_F(WireMockHelpers, KnowTheTimeOfTheServer)
{
    EXPECT_EQ(render("{{now}}"), "2026-09-21T14:13:20Z");
    EXPECT_EQ(render("{{now offset='-1 days' format='yyyy-MM-dd'}}"), "2026-09-20");
    EXPECT_EQ(render("{{now format='epoch'}} {{now format='unix'}}"), "1790000000000 1790000000");
    EXPECT_EQ(render("{{now timezone='GMT+3'}}"), "2026-09-21T17:13:20+03:00");
    EXPECT_EQ(render("{{date format='yyyy'}}"), "2026");
    EXPECT_THAT(render("{{now offset='3 weeks'}}"), HasSubstr("write it as '3 days'"));
    EXPECT_THAT(render("{{now timezone='Atlantis/Poseidonis'}}"), HasSubstr("is not known"));
    EXPECT_THAT(render("{{now timezone='../../etc/passwd'}}"), HasSubstr("is not known"));
    EXPECT_THAT(render("{{now format='yyyy-nn'}}"), HasSubstr("letter 'n' that means nothing"));
}

TEST_F(WireMockHelpers, DrawTheSameForTheSameSeed)
{
    for (const std::string_view text : {"{{randomValue}}", "{{randomInt}}", "{{randomDecimal}}",
                                        "{{pickRandom (range 1 1000)}}"}) {
        EXPECT_EQ(render(text, 7), render(text, 7)) << text;
        EXPECT_NE(render(text, 7), render(text, 8)) << text;
    }
    EXPECT_THAT(
        render("{{randomValue type='UUID'}}"),
        MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    EXPECT_THAT(render("{{randomValue length=5 type='NUMERIC'}}"), MatchesRegex("[0-9]{5}"));
    EXPECT_THAT(render("{{randomValue length=9 type='ALPHABETIC' uppercase=true}}"),
                MatchesRegex("[A-Z]{9}"));
    EXPECT_EQ(render("{{size (pickRandom (range 1 9) count=4)}}"), "4");
}

TEST_F(WireMockHelpers, FindValuesOfOneNameByTheFirst)
{
    // WireMock compares the list with the text, and says false.
    EXPECT_EQ(render("{{eq request.query.q 'one'}} {{eq request.method 'POST'}}"), "true true");
    EXPECT_EQ(render("{{#if (eq request.query.q 'two')}}two{{else}}one{{/if}}"), "one");
}

TEST_F(WireMockHelpers, SayWhereATemplateIsWrong)
{
    EXPECT_EQ(render("{{nohelper 'x'}}"), "failed: there is no helper \"nohelper\"");
    EXPECT_EQ(render("{{math 1 '/' 0}}"), "failed: / by zero");
    EXPECT_EQ(render("{{substring 'abc' 5}}"), "failed: begin 5, end 3, length 3");
    EXPECT_THAT(render("{{parseJson 'nope'}}"), StartsWith("failed: 'parseJson': "));
    EXPECT_THAT(render("{{#each (range 1 99999999)}}x{{/each}}"), StartsWith("failed: a range"));
    EXPECT_THAT(render("{{matches (rjust 'a' size=5000 pad='a') '(a+)+b'}}"),
                testing::AnyOf(HasSubstr("false"), HasSubstr("too many steps")));
}

TEST_F(WireMockHelpers, TakeWhateverARequestHolds)
{
    m_request.body = "{\"\\u0001\":5,\"items\":[{\"\\u0001\":\"x\"}]}";
    EXPECT_EQ(render("{{parseJson request.body 'j'}}{{j}}"), "{\x01=5, items=[{\x01=x}]}");
    EXPECT_EQ(render("{{#each (jsonPath request.body '$.items')}}{{this}}{{/each}}"), "{\x01=x}");
    m_request.body = std::string(200'000, '~') + std::string(200'000, '<');
    EXPECT_EQ(render("{{size (urlEncode request.body)}}"), "1200000");
    EXPECT_EQ(render("{{size (stripTags request.body)}}"), "400000");
    std::string deep;
    for (int i = 0; i < 20'000; ++i)
        deep += "<a>";
    for (int i = 0; i < 20'000; ++i)
        deep += "</a>";
    m_request.body = deep;
    EXPECT_THAT(render("{{formatXml request.body}}"), HasSubstr("16 MB"));
    EXPECT_THAT(render("{{xPath request.body '//a'}}"), HasSubstr("failed: "));
    m_request.body.clear();
    for (int i = 0; i < 100'000; ++i)
        m_request.body += "%1$9999d";
    EXPECT_THAT(render("{{stringFormat request.body 1}}"), HasSubstr("writes too much"));
    EXPECT_THAT(render("{{#each (range 1 100000)}}{{val request.body assign=this}}{{/each}}"),
                HasSubstr("writes too much"));
    EXPECT_THAT(render("{{now offset='+-9000000000000000000 days'}}"), HasSubstr("is none"));
    EXPECT_THAT(render("{{now offset='999999999 years'}}"), HasSubstr("is none"));
}

TEST_F(WireMockHelpers, AreExactWhereTextsAndNumbersAreLong)
{
    EXPECT_EQ(render("{{stringFormat '%f' 1234567.1234564}}"), "1234567.123456");
    EXPECT_EQ(render("{{numberFormat 12345678901.274 '#,##0.00'}}"), "12,345,678,901.27");
    EXPECT_EQ(render("{{math 40000000000005 '/' 4}}"), "10000000000001");
    EXPECT_EQ(render("{{stringFormat '%d' 1735689600000000}}"), "1735689600000000");
    EXPECT_EQ(render("{{regexExtract 'abcabc' '^(abc)' 'v'}}{{v.size}}"), "1");
    EXPECT_EQ(render("{{regexExtract 'aa b' '\\b(a|b)' 'v'}}{{v.[0]}}{{v.[1]}}{{v.size}}"), "ab2");
    m_request.body.clear();
    for (int i = 0; i < 5000; ++i)
        m_request.body += "\"id\":" + std::to_string(10'000 + i) + ",               ";
    EXPECT_EQ(
        render("{{regexExtract request.body '\"id\":([0-9]+)' 'ids'}}{{ids.size}} {{ids.last}}"),
        "5000 14999");
    m_request.body = std::string(200'000, 'x') + "end";
    EXPECT_EQ(render("{{substring request.body 200000}}"), "end");
    EXPECT_EQ(render("{{capitalizeFirst '\xF0\x9F\x98\x80"
                     "a'}}"),
              "\xF0\x9F\x98\x80"
              "a");
    EXPECT_EQ(render("{{formatXml '<a b=\"1 />2\"/>'}}"), "<a b=\"1 />2\"/>\n");
    EXPECT_EQ(render("{{date (parseDate '2024-12-30T00:00:00Z') format='YYYY yyyy'}}"),
              "2025 2024");
}

TEST_F(WireMockHelpers, ReadTheEnvironmentOnlyWhereItIsMeantForThem)
{
    ::setenv("UNDERSTUDY_REGION", "north", 1);
    EXPECT_EQ(render("{{systemValue key='UNDERSTUDY_REGION'}}"), "north");
    EXPECT_EQ(render("{{systemValue key='wiremock.none' default='d'}}"), "d");
    EXPECT_EQ(render("{{systemValue key='PATH'}}"), "[ERROR: Access to PATH is denied]");
    EXPECT_EQ(render("{{systemValue}}"), "[ERROR: The key cannot be empty]");
}

TEST_F(WireMockHelpers, LookIntoPartsOfAForm)
{
    m_request.head
        = {"POST", "/", {{"Host", "x"}, {"Content-Type", "multipart/form-data; boundary=b"}}};
    m_request.body = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\n"
                     "hello\r\n--b--\r\n";
    EXPECT_EQ(
        render("{{request.multipart}} {{request.parts.f.body}} {{request.parts.f.bodyAsBase64}} "
               "{{request.parts.f.name}} {{request.parts.f.binary}}|{{request.parts.g.body}}"),
        "true hello aGVsbG8= f false|");
}

TEST_F(WireMockHelpers, AreAllOnThePageAboutThem)
{
    std::ifstream file(UNDERSTUDY_SOURCE_DIR "/resources/help/templates.md");
    std::stringstream page;
    page << file.rdbuf();
    const std::string dialects = page.str().substr(page.str().find("## Dialects"));
    const auto &builtins = handlebars::builtinHelpers();
    for (const handlebars::Helper *helper : wiremock::helperTable().rows()) {
        const bool isBuiltin
            = std::any_of(builtins.begin(), builtins.end(),
                          [&](const handlebars::Helper &b) { return &b == helper; });
        EXPECT_THAT(isBuiltin ? page.str() : dialects,
                    HasSubstr("| `" + std::string(helper->name) + "` |"));
    }
    for (const std::string &name : wiremock::variableNames())
        EXPECT_THAT(dialects, HasSubstr('`' + name)) << name;
}

} // namespace understudy
