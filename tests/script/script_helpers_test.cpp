// SPDX-License-Identifier: Apache-2.0
// Helpers of a server's own file, and the real faker.
#include "core/engine/scripting_needs.h"
#include "core/template/faker/faker.h"
#include "tests/script/script_support.h"

#include <gmock/gmock.h>

using namespace understudy;
using namespace understudy::test;
using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

namespace {

/// A server that renders a template in some dialect.
class TemplateMock
{
public:
    explicit TemplateMock(std::string_view text, std::string_view more = {},
                          std::string_view dialect = "native")
        : m_server(mock("- path: /a\n"
                        "  responses:\n"
                        "  - {template: true, dialect: "
                            + std::string(dialect) + ", body: \"" + std::string(text) + "\"}\n",
                        more),
                   withScripting())
    {
        m_server.folder().write(
            "helpers.js",
            "module.exports = {\n"
            "    shout: (text, options) => String(text).toUpperCase() + (options.hash.end || ''),\n"
            "    wrap: options => '[' + options.fn() + options.inverse() + ']',\n"
            "    add: () => 'never',\n"
            "    method: () => 'never',\n"
            "    list: () => [1, 'b'],\n"
            "    nothing: () => undefined,\n"
            "    where: function () { return this.request.path; },\n"
            "    fails: () => { throw new Error('no'); },\n"
            "    constant: 5\n"
            "};\n");
    }
    std::string body() { return bodyOf(get(m_server.port(), "/a")); }

private:
    RunningMock m_server;
};

constexpr std::string_view kHelpers = "helpers: helpers.js\n";

std::string rendered(std::string_view text, std::string_view more = kHelpers,
                     std::string_view dialect = "native")
{
    return TemplateMock(text, more, dialect).body();
}

/// False where the build reached no registry of npm; what the programs are to say there is tried
/// then.
bool isBundleThere()
{
    if (makeQtScripting()->hasFaker())
        return true;
    EXPECT_THAT(rendered("{{faker 'git.commitDate'}}", ""), HasSubstr("installer/faker-bundle"));
    EXPECT_THAT(rendered("{{faker 'person.firstName'}}", "locale: de\n"),
                HasSubstr("installer/faker-bundle"));
    return false;
}

} // namespace

TEST(OwnHelpers, AreCalledInEveryDialect)
{
    for (const char *dialect : {"native", "mockoon", "wiremock"}) {
        EXPECT_EQ(rendered("{{shout 'a' end='!'}}", kHelpers, dialect), "A!") << dialect;
        EXPECT_EQ(rendered("{{#wrap}}x{{else}}y{{/wrap}}", kHelpers, dialect), "[xy]") << dialect;
    }
    EXPECT_EQ(rendered("{{where}}"), "/a");
    EXPECT_EQ(rendered("{{shout (shout 'b')}}{{#each (list)}}-{{this}}{{/each}}"), "B-1-b");
    EXPECT_EQ(rendered("<{{nothing}}>"), "<>");
}

TEST(OwnHelpers, ComeBehindHelpersAndValuesOfTheDialect)
{
    EXPECT_EQ(rendered("{{add 1 2}} {{method}}"), "3 GET");
}

TEST(OwnHelpers, SayWhatIsWrong)
{
    EXPECT_THAT(rendered("{{fails}}"), AllOf(HasSubstr("Error: no"), HasSubstr("helpers.js:9")));
    EXPECT_THAT(rendered("{{constant 1}}"), HasSubstr("there is no helper"));
    EXPECT_THAT(rendered("{{shout 'a'}}", "helpers: gone.js\n"), HasSubstr("'gone.js' is missing"));
    EXPECT_THAT(rendered("{{shout 'a'}}", ""), HasSubstr("there is no helper"));
    // What needs no helper is not touched by a file that is broken.
    EXPECT_EQ(rendered("{{method}} {{#each (array 1)}}{{this}}{{/each}}", "helpers: gone.js\n"),
              "GET 1");
    EXPECT_THAT(rendered("{{shout}}", "helpers: gone.js\n"), HasSubstr("'gone.js' is missing"));
}

TEST(RealFaker, AnswersWhatIsNotBuiltInAndOtherLanguages)
{
    if (!isBundleThere())
        return;
    EXPECT_THAT(rendered("{{faker 'git.commitDate'}}", ""),
                MatchesRegex("[A-Z][a-z]{2} .* [+-][0-9]{4}"));
    EXPECT_THAT(rendered("{{faker 'helpers.fromRegExp' '[ab]{3}'}}", ""), MatchesRegex("[ab]{3}"));
    EXPECT_THAT(rendered("{{faker 'location.zipCode'}}", "locale: de\n"), MatchesRegex("[0-9]{5}"));
    EXPECT_THAT(rendered("{{faker 'location.country'}}", "locale: de_AT\n"),
                Not(HasSubstr("faker")));
    EXPECT_THAT(rendered("{{faker 'person.firstName'}}", "locale: xx\n"),
                HasSubstr("faker has no locale"));
    EXPECT_THAT(rendered("{{faker 'no.method'}}", ""), HasSubstr("not a valid Faker method"));
    EXPECT_THAT(rendered("{{faker 'music.constructor'}}", ""),
                HasSubstr("not a valid Faker method"));
    // As Mockoon writes it: in its own dialect a failed body is told with status 200.
    EXPECT_THAT(
        rendered("{{faker 'no.method'}}", "", "mockoon"),
        HasSubstr("Error while serving the content: no.method is not a valid Faker method"));
}

TEST(RealFaker, DrawsFromTheSeed)
{
    if (!isBundleThere())
        return;
    const auto drawn = [](std::string_view seed) {
        return rendered("{{faker 'vehicle.vin'}} {{faker 'person.fullName'}} {{faker 'date.past'}}",
                        "locale: fr\nseed: " + std::string(seed) + "\n");
    };
    EXPECT_EQ(drawn("1").substr(0, 20), drawn("1").substr(0, 20));
    EXPECT_NE(drawn("1"), drawn("2"));
}

/// Every method of every module, called without arguments, in the engine that the programs have.
TEST(RealFaker, EveryMethodWorksInThisEngine)
{
    if (!isBundleThere())
        return;
    ScriptedMock mock(
        "const needArguments = ['helpers', 'date.between', 'date.betweens',\n"
        "                       'string.fromCharacters'];\n"
        "module.exports = (request, mock) => {\n"
        "    const faker = mock.faker, failed = [];\n"
        "    let count = 0;\n"
        "    for (const module of Object.keys(faker)) {\n"
        "        if (module.startsWith('_') || module === 'rawDefinitions' || module === "
        "'definitions'\n"
        "            || needArguments.includes(module) || typeof faker[module] !== 'object')\n"
        "            continue;\n"
        "        for (let of = faker[module]; of && of !== Object.prototype;\n"
        "             of = Object.getPrototypeOf(of)) {\n"
        "            for (const name of Object.getOwnPropertyNames(of)) {\n"
        "                if (name === 'constructor' || name === 'faker'\n"
        "                    || needArguments.includes(module + '.' + name)\n"
        "                    || typeof faker[module][name] !== 'function')\n"
        "                    continue;\n"
        "                try { faker[module][name](); ++count; }\n"
        "                catch (error) { failed.push(module + '.' + name + ': ' + error); }\n"
        "            }\n"
        "        }\n"
        "    }\n"
        "    return { body: { failed: failed, many: count > 180 } };\n"
        "};\n");
    EXPECT_EQ(mock.body(), R"({"failed":["number.bigInt: ReferenceError: BigInt is not defined",)"
                           R"("number.bigInt: ReferenceError: BigInt is not defined"],)"
                           R"("many":true})");
}

TEST(ScriptingNeeds, AreSeenInADocument)
{
    const auto needs = [](std::string_view endpoint, std::string_view more = {}) {
        return needsScripting(parseMock(mock(endpoint, more)), ".");
    };
    EXPECT_FALSE(needs("- {path: /a, responses: [{body: a}]}\n"));
    EXPECT_TRUE(needs("- {path: /a, responses: [{script: a.js}]}\n"));
    EXPECT_TRUE(needs("- {path: /a, responses: [{body: a}]}\n", "helpers: h.js\n"));
    EXPECT_TRUE(needs("- {path: /a, responses: [{body: a}]}\n", "locale: de\n"));
    EXPECT_FALSE(needs("- {path: /a, responses: [{body: a}]}\n", "locale: en\n"));
    EXPECT_FALSE(needs(
        "- {path: /a, responses: [{template: true, body: \"{{faker 'person.firstName'}}\"}]}\n"));
    EXPECT_TRUE(needs(
        "- {path: /a, responses: [{template: true, body: \"{{faker 'git.commitDate'}}\"}]}\n"));
    EXPECT_TRUE(needs("- {path: /a, responses: [{template: true, bodyJson: {a: \"{{faker "
                      "'git.commitDate'}}\"}}]}\n"));
    EXPECT_TRUE(needs("- {path: /a, responses: [{template: true, body: a}]}\n",
                      "headers: {X: \"{{faker 'git.commitDate'}}\"}\n"));
    EXPECT_TRUE(needs("- {path: /a, responses: [{template: true, bodyFile: \"{{x}}.json\"}]}\n"));
    EXPECT_FALSE(needs("- {path: /a, responses: [{body: \"{{faker 'git.commitDate'}}\"}]}\n"));
    EXPECT_TRUE(
        needs("- {path: /a, responses: [{template: true, headers: {X: \"{{faker (x)}}\"}}]}\n"));
    EXPECT_FALSE(needs("- {path: /a, responses: [{template: true, body: \"fakery {{faker "
                       "\\\"string.uuid\\\"}}\"}]}\n"));
}
