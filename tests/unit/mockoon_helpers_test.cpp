// SPDX-License-Identifier: Apache-2.0
// The helpers of Mockoon on the examples that document them. tests/conformance asks the real one.
#include "core/template/dialects.h"
#include "core/template/faker/faker.h"
#include "core/template/mockoon/helpers.h"
#include "core/template/native/variables.h"
#include "tests/unit/template_fixture.h"

#include <gmock/gmock.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace understudy {

namespace {

/// Renders for one request, that of the reference: POST /api/users/123 with a JSON body.
class MockoonHelpers : public test::RenderedForRequest
{
protected:
    MockoonHelpers()
    {
        m_parameters = {{"id", "123"}};
        m_request.head = {"POST",
                          "/api/users/123?q=1&a=x&a=y&o[k]=v",
                          {{"Host", "localhost:3000"},
                           {"X-H", "hv"},
                           {"Cookie", "c=cv"},
                           {"Content-Type", "application/json"}}};
        m_request.body = R"({"prop1":"v1","num":5,"n":null,"f":false,"arr":["a","b","c"],)"
                         R"("obj":{"x":1},"html":"<b>&"})";
        m_request.hasBody = true;
    }

    std::string render(std::string_view text, Dialect dialect = Dialect::Mockoon,
                       std::uint64_t seed = 42) const
    {
        return rendered(text, dialect, seed);
    }
};

} // namespace

TEST_F(MockoonHelpers, GiveWhatTheirDocumentationSays)
{
    const std::vector<std::pair<std::string_view, std::string_view>> rows{
        {"{{body 'prop1'}}", "v1"},
        {"{{body 'arr.1'}}", "b"},
        {"{{body 'obj'}}", "{\"x\":1}"},
        {"{{body 'n'}}", "null"},
        {"{{body 'nope' 'def'}}", "def"},
        {"{{body 'prop1' undefined true}}", "\"v1\""},
        {"{{body '$.arr[*]'}}", "[\"a\",\"b\",\"c\"]"},
        {"{{#each (bodyRaw 'arr')}}{{this}}{{/each}}", "abc"},
        {"{{bodyRaw 'arr'}}", "a,b,c"},
        {"{{bodyRaw 'html'}}", "&lt;b&gt;&amp;"},
        {"{{queryParam 'a.0'}}", "x"},
        {"{{queryParam 'o.k'}}", "v"},
        {"{{len (queryParamRaw 'a')}}", "2"},
        {"{{#each (queryParams)}}{{@key}}={{this}}&{{/each}}", "q=1&a=x,y&o=[object Object]&"},
        {"{{urlParam 'id'}}", "123"},
        {"{{{stringify (urlParams)}}}", "{\n  \"id\": \"123\"\n}"},
        {"{{header 'x-h'}}", "hv"},
        {"{{header 'nope' 'd'}}", "d"},
        {"{{header 'x' 'a=b'}}", "a&#x3D;b"},
        {"{{cookie 'c'}}", "cv"},
        {"{{method}}", "POST"},
        {"{{hostname}}", "localhost"},
        {"{{baseUrl}}", "http://localhost:3000/api"},
        {"{{#if (body 'f')}}always{{/if}}", "always"},
        {"{{eq (body 'num') '5'}}", "true"},
        {"{{len (body)}}", "0"},
        {"{{#repeat 3}}{{@index}}{{/repeat}}", "0,\n1,\n2\n"},
        {"{{#repeat 2 comma=false}}x{{/repeat}}", "xx"},
        {"{{#repeat 2}} a, {{/repeat}}", " a,\n a\n"},
        {"{{#switch 'a'}}{{#case 'a'}}1{{/case}}{{#default}}d{{/default}}{{/switch}}", "1"},
        {"{{#switch 1}}{{#case '1'}}1{{/case}}{{#default}}d{{/default}}{{/switch}}", "d"},
        {"{{eq 1 '1'}}", "false"},
        {"{{gt '10' 9}}", "true"},
        {"{{includes 'testdata' 'test'}}", "true"},
        {"{{isValidDate '2022-01-50'}}", "false"},
        {"{{add '1' '2' 'dolphins' '3'}}", "6"},
        {"{{subtract '6' '2' 'dolphins' '3'}}", "1"},
        {"{{multiply 2 3 4}}", "24"},
        {"{{divide 5 '0' 5}}", "1"},
        {"{{modulo 7.5 2}}", "1.5"},
        {"{{round 0.499}}", "0"},
        {"{{round -1.5}}", "-1"},
        {"{{toFixed 1.11111 2}}", "1.11"},
        {"{{toFixed 'x' 2}}", "0.00"},
        {"{{parseInt '12px'}}", "12"},
        {"{{uppercase 'abcd'}}", "ABCD"},
        {"{{substr 'testdata' 4 4}}", "data"},
        {"{{indexOf 'testdatadata' 'data' 6}}", "8"},
        {"{{replace 'foo foo' 'foo' 'bar'}}", "bar foo"},
        {"{{replaceAll 'foo foo' 'foo' 'bar'}}", "bar bar"},
        {"{{split 'I love dolphins'}}", "I,love,dolphins"},
        {"{{padStart 5 3 '0'}}", "005"},
        {"{{padStart 'a' 5 'xy'}}", "xyxya"},
        {"{{concat 'test' 123 'test'}}", "test123test"},
        {"a{{newline}}b", "a\nb"},
        {"{{base64 'abc'}}", "YWJj"},
        {"{{#base64}}value: 123{{/base64}}", "dmFsdWU6IDEyMw=="},
        {"{{base64url 'subjects?_d=1'}}", "c3ViamVjdHM_X2Q9MQ"},
        {"{{len 'Cowboy'}}", "6"},
        {"{{array 1 2}}", "1,2"},
        {"{{{stringify (object key='value')}}}", "{\n  \"key\": \"value\"\n}"},
        {"{{{stringify (object a=1 b=2)}}}", "{\n  \"b\": 2,\n  \"a\": 1\n}"},
        {"{{{stringify (array 1 2)}}}", "[\n  1,\n  2\n]"},
        {"{{lookup (jsonParse '{\"data\":\"test\"}') 'data'}}", "test"},
        {"{{objectPath (bodyRaw) 'obj.x'}}", "1"},
        {"{{jsonPath (bodyRaw) '$.nope' 'd'}}", "d"},
        {"{{jmesPath (bodyRaw) 'arr[1:3]'}}", "b,c"},
        {"{{join (array 'Water' 'Tea')}}", "Water, Tea"},
        {"{{slice (array 1 2 3 4) -2}}", "3,4"},
        {"{{reverse (array 1 2 3)}}", "3,2,1"},
        {"{{sort (array 41 10 99) 'desc'}}", "99,41,10"},
        {"{{sort (array 'b' 'A' 'a' 'B')}}", "a,A,b,B"},
        {"{{filter (array 1 2 3 4 true false) 3 1 true}}", "1,3,true"},
        {"{{oneOf (array 'x')}}", "x"},
        {"{{someOf (array 'value1') 1 1 true}}", "[&quot;value1&quot;]"},
        {"{{jwtPayload 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.x' 'sub'}}",
         "1234567890"},
        {"{{now 'yyyy-MM-dd'}}", "2026-09-21"},
        {"{{now}}", "2026-09-21T14:13:20.000+00:00"},
        {"{{dateFormat '2022-02-01' \"do MMMM yyyy, EEEE, QQQ\"}}",
         "1st February 2022, Tuesday, Q1"},
        {"{{dateTimeShift date='2021-02-01' format='yyyy-MM-dd' days=2 months=4}}", "2021-06-03"},
        {"{{dateTimeShift date='2022-01-31' months=1 format='yyyy-MM-dd'}}", "2022-03-03"},
        {"{{date '2022-02-01' '2022-02-01' 'yyyy-MM-dd'}}", "2022-02-01"},
        {"{{time '10:00' '10:00'}}", "10:00"},
        {"{{dateFormat '2022-02-01T15:05:09Z' 'h:mm a, X, O, P, pp'}}",
         "3:05 PM, Z, GMT+0, 02/01/2022, 3:05:09 PM"},
        {"{{int 5 5}}", "5"},
        {"{{float 1 1}}", "1"},
        {"{{len (guid)}}", "36"},
        {"{{len (faker 'string.alpha' '{ length: 5, casing: \"upper\" }')}}", "5"},
        {"{{faker 'number.int' min=3 max=3}}", "3"},
        {"{{len (faker 'location.nearbyGPSCoordinate')}}", "2"},
        {"{{nope}}{{nope 'a'}}{{#nope 'a'}}x{{/nope}}|{{#nope}}x{{/nope}}", "|x"},
        {"{{this}}{{a.b.c}}", "[object Object]"},
        {"{{add 0.1 0.2}}", "0.30000000000000004"},
        {"{{setVar 'x' 5}}{{@x}}{{getVar 'x'}}", "55"},
        {"{{#if true}}{{setVar 'y' 1}}{{/if}}{{@y}}", "1"},
        {"{{#each (array 1 2)}}{{setVar 'z' this}}{{@z}}{{/each}}{{@z}}", "12"}};
    for (const auto &[text, expected] : rows)
        EXPECT_EQ(render(text), expected) << text;
}

TEST_F(MockoonHelpers, SayWhatTheyCannotDo)
{
    for (const std::string_view text :
         {"{{lowercase 5}}", "{{repeat 2}}", "{{switch 'a'}}", "{{dateFormat 'x' 'yyyy'}}",
          "{{faker 'no.such'}}", "{{#if}}x{{/if}}", "{{> part}}"})
        EXPECT_THAT(render(text), testing::StartsWith("failed: ")) << text;
}

TEST_F(MockoonHelpers, KnowDatesThatAClockOfNanosecondsDoesNot)
{
    EXPECT_EQ(render("{{dateFormat '9999-12-31' 'yyyy-MM-dd'}}"), "9999-12-31");
    EXPECT_EQ(render("{{dateFormat '1066-10-14' 'dd MMM yyyy'}}"), "14 Oct 1066");
    EXPECT_EQ(render("{{dateTimeShift date='2022-01-01' years=5000 format='yyyy'}}"), "7022");
}

TEST_F(MockoonHelpers, BearWhatIsNoNumberOrTooLargeAOne)
{
    for (const std::string_view text :
         {"{{someOf (array 1 2) 'x' 'y'}}", "{{someOf (array 1 2) 1e300 -1e300}}",
          "{{#repeat -1e300}}x{{/repeat}}", "{{int 1e300 -1e300}}", "{{int (add 'x' 1) 5}}",
          "{{dateTimeShift years=1e9 months=-1e9 days=1e9}}", "{{date '0001-01-01' '9999-12-31'}}",
          "{{padStart 'x' 1e300}}", "{{substr 'abc' -1e300 1e300}}", "{{toFixed 1e300 100}}",
          "{{faker 'number.int' multipleOf=1e300 max=1e308}}", "{{faker 'string.alpha' 1e300}}",
          "{{faker 'date.past' years=1e300}}", "{{faker 'date.birthdate' min=1e300}}",
          "{{faker 'image.url' width=1e300}}", "{{faker 'lorem.words' -5}}",
          "{{slice (array 1 2) 1e300 -1e300}}", "{{indexOf 'abc' 'c' 1e300}}"})
        EXPECT_LT(render(text).size(), 2'000'000U) << text;
}

TEST_F(MockoonHelpers, EndWhatWouldNotEnd)
{
    for (const std::string_view text :
         {"{{#repeat 5000 comma=false}}{{padStart 'a' 1000000}}{{/repeat}}",
          "{{#repeat 60 comma=false}}{{setVar 'x' (concat @x @x 'a')}}{{/repeat}}",
          "{{#repeat 60 comma=false}}{{setVar 'x' (array @x @x)}}{{/repeat}}",
          "{{#repeat 60 comma=false}}{{setVar 'x' (object a=@x b=@x)}}{{/repeat}}",
          "{{setVar 'x' (array 1)}}{{#repeat 60 comma=false}}{{setVar 'x' (concat @x @x)}}"
          "{{/repeat}}"})
        EXPECT_EQ(render(text), "failed: the template writes too much") << text;
    for (const std::string_view text :
         {"{{#repeat 5000 comma=false}}{{setVar 'x' (array @x)}}{{/repeat}}",
          "{{#repeat 5000 comma=false}}{{setVar 'x' (object a=@x)}}{{/repeat}}",
          "{{setVar 'x' (array)}}{{#repeat 5000 comma=false}}{{setVar 'x' (concat (array) (array "
          "@x))}}"
          "{{/repeat}}"})
        EXPECT_THAT(render(text), testing::HasSubstr("deeper than 256 levels")) << text;
    std::string query = "@";
    for (int i = 0; i < 40; ++i)
        query += "|[@,@]";
    EXPECT_EQ(render("[{{jmesPath (bodyRaw) '" + query + "' 'none'}}]"), "[none]");
    EXPECT_EQ(render("[{{jmesPath (bodyRaw) '\"a' 'none'}}]"), "[none]");
    std::string chain = "{{#if a}}";
    for (int i = 0; i < 5000; ++i)
        chain += "{{else if a}}";
    EXPECT_THAT(render(chain + "{{/if}}"), testing::HasSubstr("500"));
    EXPECT_EQ(render("{{faker 'number.hex' min=-1 max=-1}}"), "-1");
}

TEST_F(MockoonHelpers, DrawTheSameFromTheSameSeed)
{
    const std::string_view text
        = "{{faker 'person.fullName'}} {{int}} {{guid}} {{oneOf (array 1 2 3 4 5 6 7 8)}}";
    EXPECT_EQ(render(text), render(text));
    EXPECT_NE(render(text), render(text, Dialect::Mockoon, 43));
}

TEST_F(MockoonHelpers, EveryMethodOfFakerMakesSomething)
{
    const auto names = faker::methodNames();
    EXPECT_GT(names.size(), 200U);
    for (const std::string_view name : names) {
        const std::string made = render("{{{faker '" + std::string(name) + "'}}}");
        EXPECT_THAT(made, testing::Not(testing::StartsWith("failed"))) << name;
        // These make something of what they are given.
        EXPECT_TRUE(name.starts_with("helpers.") || name == "string.fromCharacters"
                    || !made.empty())
            << name;
    }
}

TEST_F(MockoonHelpers, TheMockFilesOwnNames)
{
    const std::vector<std::pair<std::string_view, std::string_view>> rows{
        {"{{method}} {{url}}", "POST /api/users/123?q=1&a=x&a=y&o[k]=v"},
        {"{{path.id}} {{query.q}} {{query.a.1}} {{header.x-h}} {{header.X-H}} {{cookie.c}}",
         "123 1 y hv hv cv"},
        {"{{body.prop1}} {{body.arr.2}} {{body.obj.x}} {{json body.obj}}", "v1 c 1 {\"x\":1}"},
        {"{{body.html}} {{{body.html}}}", "<b>& <b>&"},
        {"{{count}} {{client}} {{state.cart}}", "7 127.0.0.1 Started"},
        {"{{header.nope}}{{query.nope}}{{nothing}}|", "|"},
        {"{{#each body.arr}}{{this}}{{/each}} {{uppercase body.prop1}} {{now 'yyyy'}}",
         "abc V1 2026"},
        {"{{#if (gt count 5)}}many{{/if}} {{json (object a=1 b=2)}}", "many {\"a\":1,\"b\":2}"},
        {"{{nope 1}}", "failed: there is no helper \"nope\""},
    };
    for (const auto &[text, expected] : rows)
        EXPECT_EQ(render(text, Dialect::Native), expected) << text;
}

TEST_F(MockoonHelpers, TakeAsManyValuesAsARequestHolds)
{
    std::string fields = "a=first&a=middle";
    for (int i = 0; i < 200'000; ++i)
        fields += "&n" + std::to_string(i) + '=';
    m_request.head
        = {"POST", "/", {{"Host", "x"}, {"Content-Type", "application/x-www-form-urlencoded"}}};
    m_request.body = fields + "&a=last";
    EXPECT_EQ(render("{{form.a.[0]}} {{form.a.[1]}} {{form.a.[2]}}", Dialect::Native),
              "first middle last");
    m_request.head = {"POST", "/", {{"Host", "x"}, {"Content-Type", "text/plain"}}};
    m_request.body = std::string(1'000'000, 'x');
    EXPECT_THAT(render("{{#with (body)}}{{#repeat 1000}}{{setVar (concat 'v' @index) this}}"
                       "{{/repeat}}{{/with}}"),
                testing::HasSubstr("writes too much"));
}

TEST_F(MockoonHelpers, AreAllOnThePageAboutThem)
{
    std::ifstream file(UNDERSTUDY_SOURCE_DIR "/resources/help/templates.md");
    std::stringstream page;
    page << file.rdbuf();
    for (const auto *table : {&mockoon::helperTable(), &native::helperTable()}) {
        for (const handlebars::Helper *helper : table->rows())
            EXPECT_THAT(page.str(), testing::HasSubstr("| `" + std::string(helper->name) + "` |"));
    }
    for (const std::string_view name : faker::methodNames())
        EXPECT_THAT(page.str(), testing::HasSubstr(name.substr(name.find('.') + 1))) << name;
    for (const std::string_view name : native::variableNames())
        EXPECT_THAT(page.str(), testing::HasSubstr('`' + std::string(name))) << name;
}

} // namespace understudy
