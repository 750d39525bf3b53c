// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/findings.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

#include <algorithm>

using namespace understudy;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

/// Everything that is said about a document, at its lines.
namespace {

class Findings : public testing::Test
{
protected:
    /// "error 7:5 message".
    std::vector<std::string> linesOf(const std::string &text)
    {
        const std::filesystem::path file = m_folder.write("a.mock.yaml", text);
        const formats::LoadOutcome outcome = formats::load(file);
        for (const Problem &problem : outcome.errors)
            ADD_FAILURE() << problem.error.text();
        if (outcome.servers.empty())
            return {};
        m_server = outcome.servers.front().server;
        m_findings = findAll(m_server, options());
        std::vector<std::string> out;
        for (const Problem &problem : formats::placeFindings(outcome.servers.front(), m_findings)) {
            const char *word = problem.severity == Severity::Error     ? "error "
                               : problem.severity == Severity::Warning ? "warning "
                                                                       : "note ";
            out.push_back(word + std::to_string(problem.error.where.line) + ':'
                          + std::to_string(problem.error.where.column) + ' '
                          + problem.error.message);
        }
        return out;
    }

    FindingsOptions options() const
    {
        FindingsOptions out;
        out.folder = m_folder.path();
        out.authorityFolder = m_folder.path() / "authority";
        return out;
    }

    test::TemporaryFolder m_folder;
    Server m_server;
    std::vector<Finding> m_findings;
};

} // namespace

TEST_F(Findings, AreNoneForACleanDocument)
{
    m_folder.write("a.txt", "a");
    EXPECT_THAT(linesOf("understudy: 1\n"
                        "endpoints:\n"
                        "- path: /a\n"
                        "  responses:\n"
                        "  - {when: {query.a: {equals: 1}}, bodyFile: a.txt}\n"
                        "  - {body: b}\n"
                        "- {method: GET, path: /b, responses: [{}]}\n"
                        "- {method: POST, path: /b, responses: [{}]}\n"),
                IsEmpty());
}

TEST_F(Findings, NameKeysWithoutEffectAtEachOfTheirPlaces)
{
    EXPECT_THAT(linesOf("understudy: 1\n"
                        "upstream: {url: 'http://127.0.0.1:1'}\n"
                        "endpoints:\n"
                        "- path: /a\n"
                        "  select: bucket\n"
                        "  responses: [{body: a}]\n"
                        "- path: /b\n"
                        "  responses: [{body: b}]\n"
                        "  select: bucket\n"),
                AllOf(Contains(StartsWith("warning 2:11 'upstream' has no effect")),
                      Contains(StartsWith("warning 5:11 'select: bucket' has no effect")),
                      Contains(StartsWith("warning 9:11 'select: bucket' has no effect"))));
    EXPECT_THAT(
        summary(m_server, m_findings),
        Contains(std::pair(Severity::Warning, std::string("'select: bucket' has no effect in this "
                                                          "version (2 places)"))));
}

TEST_F(Findings, NameFormatsThatAreNotChecked)
{
    EXPECT_THAT(linesOf("understudy: 1\n"
                        "endpoints:\n"
                        "- path: /a\n"
                        "  responses:\n"
                        "  - when: {body: {jsonSchema: {properties: {a: {format: zip}}}}}\n"
                        "    body: a\n"),
                testing::Contains(
                    AllOf(StartsWith("warning 5:"), HasSubstr("the format 'zip' is not known"))));
}

TEST_F(Findings, NameWhatIsWrongWithCallbacksWhereItStands)
{
    EXPECT_THAT(linesOf("understudy: 1\n"
                        "endpoints:\n"
                        "- path: /a\n"
                        "  responses:\n"
                        "  - body: a\n"
                        "    callbacks:\n"
                        "    - url: /fine\n"
                        "    - url: fine.example\n"
                        "    - url: http://fine\n"
                        "      method: A B\n"
                        "    - url: '{{#if'\n"
                        "      template: true\n"
                        "    - url: /fine\n"
                        "      bodyFile: none.txt\n"
                        "    - url: /fine\n"
                        "      bodyBucket: none\n"),
                testing::UnorderedElementsAre(
                    StartsWith("warning 8:12 'fine.example' is no address"),
                    StartsWith("warning 10:15 'A B' is not a method"),
                    AllOf(StartsWith("warning 11:12 "), HasSubstr("line 1, column")),
                    AllOf(StartsWith("warning 14:17 "), HasSubstr("'none.txt' is missing")),
                    StartsWith("warning 16:19 there is no bucket 'none'")));
}

TEST_F(Findings, NameMissingBodyFilesAndThatTheyLieOutside)
{
    EXPECT_THAT(linesOf("understudy: 1\n"
                        "endpoints:\n"
                        "- path: /a\n"
                        "  responses:\n"
                        "  - bodyFile: none.json\n"),
                ElementsAre(AllOf(StartsWith("warning 5:15 "), HasSubstr("none.json"),
                                  HasSubstr("missing"))));
    EXPECT_TRUE(m_findings.at(0).isOutside);
    m_folder.write("none.json", "{}");
    EXPECT_THAT(findAll(m_server, options()), IsEmpty());
}

TEST_F(Findings, NameCertificatesThatCannotBeShown)
{
    EXPECT_THAT(linesOf("understudy: 1\n"
                        "listen:\n"
                        "  port: 0\n"
                        "  tls: {certificate: none.pem, key: none.key}\n"
                        "endpoints: []\n"),
                ElementsAre(AllOf(StartsWith("error 4:8 "), HasSubstr("none.pem"))));
    EXPECT_TRUE(m_findings.at(0).isOutside);
}

TEST_F(Findings, NameEndpointsThatOthersStandBefore)
{
    EXPECT_THAT(linesOf("understudy: 1\n"
                        "endpoints:\n"
                        "- path: /a/{id}\n"
                        "  responses: [{}]\n"
                        "- method: GET\n"
                        "  path: /a/{name}\n"
                        "  responses: [{}]\n"),
                ElementsAre(AllOf(StartsWith("warning 6:9 it is never reached"),
                                  HasSubstr("ANY /a/{id}"))));
    EXPECT_THAT(summary(m_server, m_findings).at(0).second, StartsWith("GET /a/{name}: it is"));
}

TEST_F(Findings, NameResponsesThatAreNeverChosen)
{
    EXPECT_THAT(linesOf("understudy: 1\n"
                        "endpoints:\n"
                        "- path: /a\n"
                        "  responses:\n"
                        "  - {times: 2, body: a}\n"
                        "  - {body: b}\n"
                        "  - {times: 0, body: off}\n"
                        "  - {body: c}\n"
                        "- path: /b\n"
                        "  select: sequence\n"
                        "  responses: [{body: a}, {body: b}]\n"
                        "- path: /c\n"
                        "  select: random\n"
                        "  responses: [{body: a}, {body: b}]\n"),
                ElementsAre(StartsWith("warning 8:5 it is never chosen")));
}

TEST_F(Findings, NameEndpointsWithoutResponsesAndMethodsInLowerCase)
{
    EXPECT_THAT(linesOf("understudy: 1\n"
                        "endpoints:\n"
                        "- path: /a\n"
                        "- method: get\n"
                        "  path: /b\n"
                        "  responses:\n"
                        "  - when: {body: {json: '{\"a\": 1}'}}\n"),
                ElementsAre(StartsWith("warning 3:3 it has no responses"),
                            AllOf(StartsWith("warning 4:11 "), HasSubstr("'GET'")),
                            AllOf(StartsWith("warning 7:"), HasSubstr("leave the quotes away"))));
}

TEST_F(Findings, PutErrorsFirstAndTellThatARuleIsOff)
{
    const std::string text = "understudy: 1\n"
                             "endpoints:\n"
                             "- path: /a\n"
                             "  responses:\n"
                             "  - bodyFile: none\n"
                             "    when: {query.a: {matches: '('}}\n";
    EXPECT_THAT(linesOf(text), ElementsAre(StartsWith("error 6:"), StartsWith("warning 5:15 ")));
    EXPECT_THAT(m_findings.at(0).message, Not(StartsWith("its rules are off")));
    FindingsOptions tolerant = options();
    tolerant.toleratesBrokenRules = true;
    EXPECT_THAT(findAll(m_server, tolerant).at(0).message, StartsWith("its rules are off"));
}

TEST(WorkbenchLog, SaysAtTheStartWhatTheFindingsSay)
{
    test::RunningMock server(
        test::mock("- {method: GET, path: /a, responses: [{body: a}, {bodyFile: "
                   "none}]}\n- {path: /b}\n"));
    EXPECT_THAT(server.events(),
                AllOf(Contains(HasSubstr("it has no responses")),
                      Contains(AllOf(StartsWith("GET /a"), HasSubstr("it is never chosen"))),
                      Contains(HasSubstr("'none' is missing"))));
    const std::size_t before = server.events().size();
    Server changed = *server.bench().document(server.id());
    changed.description = "edited";
    ASSERT_TRUE(server.bench().update(server.id(), changed));
    EXPECT_EQ(server.events().size(), before) << "each line is said once";
}
