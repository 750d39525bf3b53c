// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/named_files.h"

#include "core/formats/format.h"
#include "core/formats/native/native.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

namespace understudy::workspace {

namespace {

constexpr std::string_view kNaming = R"(understudy: 1
name: Naming
helpers: helpers.js
behaviour: {latency: {samples: samples/server.csv}}
endpoints:
- folder: inner
  behaviour: {latency: {samples: samples/folder.csv}}
  endpoints:
  - path: /a
    responses:
    - bodyFile: bodies/a.json
      callbacks:
      - {url: "http://127.0.0.1:1/", bodyFile: bodies/callback.json}
    - script: answer.js
    - bodyFile: ../outside.json
    - bodyFile: missing.json
)";

class NamedFilesTest : public testing::Test
{
protected:
    void SetUp() override
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "named-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        m_root = pattern;
        std::filesystem::create_directories(m_root / "from/bodies");
        std::filesystem::create_directories(m_root / "from/samples");
        std::filesystem::create_directories(m_root / "to");
        auto outcome = formats::native::read(kNaming, "naming.mock.yaml");
        ASSERT_TRUE(outcome.ok()) << outcome.problems.front().error.text();
        m_server = std::move(outcome.server);
        for (const char *name : {"from/bodies/a.json", "from/bodies/callback.json",
                                 "from/samples/server.csv", "from/answer.js", "outside.json"})
            put(name, name);
    }
    void TearDown() override { std::filesystem::remove_all(m_root); }

    void put(const std::string &name, const std::string &text)
    {
        ASSERT_TRUE(formats::writeFile(m_root / name, text));
    }
    std::string read(const std::string &name)
    {
        const auto text = formats::readFile(m_root / name);
        return text ? *text : std::string();
    }
    std::vector<Error> copy(Existing existing = Existing::Keep)
    {
        return copyNamedFiles(m_server, m_root / "from", m_root / "to", existing);
    }

    std::filesystem::path m_root;
    Server m_server;
};

} // namespace

TEST_F(NamedFilesTest, AreThoseOfEveryAnswerAndScope)
{
    EXPECT_THAT(namedFiles(m_server),
                testing::ElementsAre("../outside.json", "answer.js", "bodies/a.json",
                                     "bodies/callback.json", "helpers.js", "missing.json",
                                     "samples/folder.csv", "samples/server.csv"));
}

TEST_F(NamedFilesTest, AreCopiedToTheSamePlacesInsideTheFolder)
{
    EXPECT_TRUE(copy().empty());
    EXPECT_EQ(read("to/bodies/a.json"), "from/bodies/a.json");
    EXPECT_EQ(read("to/bodies/callback.json"), "from/bodies/callback.json");
    EXPECT_EQ(read("to/samples/server.csv"), "from/samples/server.csv");
    EXPECT_EQ(read("to/answer.js"), "from/answer.js");
    EXPECT_FALSE(std::filesystem::exists(m_root / "to/missing.json"));
}

TEST_F(NamedFilesTest, ADifferentFileThatIsThereStaysAndIsNamed)
{
    put("to/answer.js", "mine");
    const std::vector<Error> errors = copy();
    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors.front().code, ErrorCode::InUse);
    EXPECT_THAT(errors.front().text(), testing::HasSubstr("answer.js"));
    EXPECT_EQ(read("to/answer.js"), "mine");
    EXPECT_EQ(read("to/bodies/callback.json"), "from/bodies/callback.json");
}

TEST_F(NamedFilesTest, TheSameFileThatIsThereIsNoError)
{
    EXPECT_TRUE(copy().empty());
    EXPECT_TRUE(copy().empty());
}

TEST_F(NamedFilesTest, OverwritesWhereThatIsAskedFor)
{
    put("to/answer.js", "mine");
    EXPECT_TRUE(copy(Existing::Overwrite).empty());
    EXPECT_EQ(read("to/answer.js"), "from/answer.js");
}

} // namespace understudy::workspace
