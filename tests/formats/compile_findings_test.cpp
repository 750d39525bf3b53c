// SPDX-License-Identifier: Apache-2.0
#include "core/engine/compile_findings.h"
#include "tests/formats/native_support.h"

#include <gmock/gmock.h>

#include <unistd.h>

using namespace understudy;
using namespace understudy::formats;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// What only compiling a server shows, at the lines it is about.
namespace {

class CompileFindings : public testing::Test
{
protected:
    CompileFindings()
    {
        std::string name = (std::filesystem::temp_directory_path() / "findings-XXXXXX").string();
        m_folder = ::mkdtemp(name.data());
    }
    ~CompileFindings() override { std::filesystem::remove_all(m_folder); }

    std::vector<std::string> problemsOf(std::string_view text)
    {
        const std::filesystem::path file = m_folder / "a.mock.yaml";
        EXPECT_TRUE(writeFile(file, text));
        const LoadOutcome outcome = load(file);
        for (const Problem &problem : outcome.errors)
            ADD_FAILURE() << problem.error.text();
        std::vector<std::string> out;
        for (const LoadedServer &loaded : outcome.servers) {
            CompileOptions options;
            options.folder = m_folder;
            for (const Problem &problem :
                 placeFindings(loaded, compileFindings(loaded.server, options)))
                out.push_back(problem.error.text().substr(file.string().size() + 1));
        }
        return out;
    }

    std::filesystem::path m_folder;
};

} // namespace

TEST_F(CompileFindings, AreNoneForAServerThatCompiles)
{
    EXPECT_THAT(problemsOf("understudy: 1\n"
                           "behaviour: {throttle: {profile: 3g}}\n"
                           "endpoints:\n"
                           "- path: /a\n"
                           "  responses:\n"
                           "  - when: {path: {matches: '^/a'}}\n"),
                IsEmpty());
}

TEST_F(CompileFindings, NameEveryBrokenRuleWithItsLine)
{
    EXPECT_THAT(problemsOf("understudy: 1\n"
                           "behaviour:\n"
                           "  faults:\n"
                           "  - {kind: close, when: {path: {matches: '('}}}\n"
                           "endpoints:\n"
                           "- path: /a\n"
                           "  responses:\n"
                           "  - when:\n"
                           "      any:\n"
                           "      - header.Accept: {matches: '['}\n"
                           "      - all:\n"
                           "        - query.a: {equals: b}\n"
                           "        - body: {jsonPath: '$..['}\n"),
                ElementsAre(AllOf(StartsWith("4:32: "), HasSubstr("path")),
                            AllOf(StartsWith("10:24: "), HasSubstr("header.Accept")),
                            AllOf(StartsWith("13:17: "), HasSubstr("body"))));
}

TEST_F(CompileFindings, PointToAllRulesWhereATargetStandsTwice)
{
    EXPECT_THAT(problemsOf("understudy: 1\n"
                           "endpoints:\n"
                           "- path: /a\n"
                           "  responses:\n"
                           "  - when:\n"
                           "    - path: {contains: a}\n"
                           "    - path: {matches: '('}\n"),
                ElementsAre(StartsWith("6:5: ")));
}

TEST_F(CompileFindings, NameUnknownProfilesMissingSamplesAndBrokenPaths)
{
    EXPECT_THAT(problemsOf("understudy: 1\n"
                           "endpoints:\n"
                           "- folder: F\n"
                           "  behaviour:\n"
                           "    throttle: {profile: 5g}\n"
                           "  endpoints:\n"
                           "  - path: 'regex:(['\n"
                           "  - path: /b\n"
                           "    behaviour:\n"
                           "      latency: {samples: none.csv}\n"
                           "  - path: /c\n"
                           "    responses:\n"
                           "    - behaviour:\n"
                           "        latency:\n"
                           "          body: {samples: ../outside.csv}\n"),
                ElementsAre(AllOf(StartsWith("5:25: "), HasSubstr("'5g'"), HasSubstr("slow-3g")),
                            StartsWith("7:11: "),
                            AllOf(StartsWith("10:26: "), HasSubstr("none.csv")),
                            AllOf(StartsWith("15:27: "), HasSubstr("outside"))));
}

TEST_F(CompileFindings, NameTheOwnerWhereThereAreNoLines)
{
    Server server;
    Endpoint endpoint;
    endpoint.id = "get-a";
    endpoint.path = "regex:([";
    server.items = {endpoint};
    const LoadedServer loaded{server, "mockoon", "m.json", {}};
    const auto problems = placeFindings(loaded, compileFindings(server, {}));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(problems[0].error.text(), StartsWith("m.json: get-a: "));
}
