// SPDX-License-Identifier: Apache-2.0
#include "core/engine/effects.h"
#include "core/formats/format.h"
#include "core/formats/native/native.h"
#include "core/model/edit.h"
#include "tests/formats/native_support.h"
#include "tests/support/nobody.h"

#include <gmock/gmock.h>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

#include <sys/resource.h>
#include <unistd.h>

using namespace understudy;
using namespace understudy::formats;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace fs = std::filesystem;

namespace {

/// A folder of its own for each test, gone with it.
class Loading : public testing::Test
{
protected:
    void SetUp() override
    {
        std::string pattern = (fs::temp_directory_path() / "understudy-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        m_folder = pattern;
    }
    void TearDown() override
    {
        std::error_code ec;
        fs::permissions(m_folder, fs::perms::owner_all, ec);
        fs::remove_all(m_folder, ec);
    }

    fs::path put(const std::string &name, std::string_view content) const
    {
        std::ofstream(m_folder / name, std::ios::binary) << content;
        return m_folder / name;
    }

    std::string content(const std::string &name) const { return test::contentOf(m_folder / name); }

    fs::path m_folder;
};

std::vector<std::string> names(const LoadOutcome &outcome)
{
    std::vector<std::string> out;
    for (const LoadedServer &loaded : outcome.servers)
        out.push_back(loaded.server.name);
    return out;
}

std::vector<std::string> errors(const LoadOutcome &outcome)
{
    std::vector<std::string> out;
    for (const Problem &problem : outcome.errors)
        out.push_back(problem.error.text());
    return out;
}

} // namespace

TEST_F(Loading, TakesEveryMockFileOfAFolderByName)
{
    put("b.mock.yaml", "understudy: 1\nname: B\n");
    put("a.mock.yml", "understudy: 1\nname: A\n");
    put("c.mock.json", R"({"understudy": 1, "name": "C"})");
    put("other.yaml", "not: ours\n");
    fs::create_directory(m_folder / "inner");
    put("inner/d.mock.yaml", "understudy: 1\nname: D\n");
    const LoadOutcome outcome = load(m_folder);
    EXPECT_THAT(errors(outcome), IsEmpty());
    EXPECT_THAT(names(outcome), ElementsAre("A", "B", "C"));
    EXPECT_EQ(outcome.servers[0].format, "native");
    EXPECT_EQ(outcome.servers[0].file, m_folder / "a.mock.yml");
}

TEST_F(Loading, GivesServersTheIdOfTheirFile)
{
    put("shop-api.mock.yaml", "understudy: 1\nname: Something else\n");
    put("two.json", R"({"source": "mockoon:9.0.0", "data": [
        {"type": "environment", "item": {"uuid": "1", "lastMigration": 33, "name": "A", "routes": []}},
        {"type": "environment", "item": {"uuid": "2", "lastMigration": 33, "name": "B", "routes": []}}]})");
    EXPECT_EQ(load(m_folder).servers.at(0).id, "shop-api");
    EXPECT_EQ(loadText("understudy: 1\n", "deep/Caps.json.mock.yml").servers.at(0).id, "Caps.json");
    const LoadOutcome two = load(m_folder / "two.json");
    ASSERT_EQ(two.servers.size(), 2U) << testing::PrintToString(errors(two));
    EXPECT_EQ(two.servers[0].id, "two");
    EXPECT_EQ(two.servers[1].id, "two-2");
}

TEST_F(Loading, DoesNotLetABrokenFileHideTheOthers)
{
    const fs::path broken = put("a.mock.yaml", "understudy: 1\nnmae: A\n");
    put("b.mock.yaml", "understudy: 1\nname: B\n");
    const LoadOutcome outcome = load(m_folder);
    EXPECT_THAT(names(outcome), ElementsAre("B"));
    EXPECT_THAT(errors(outcome),
                ElementsAre(broken.string()
                            + ":2:1: unknown key of a server 'nmae'; did you mean 'name'?"));
}

TEST_F(Loading, SaysThatAFileIsMissing)
{
    const LoadOutcome outcome = load(m_folder / "none.mock.yaml");
    ASSERT_EQ(outcome.errors.size(), 1U);
    EXPECT_EQ(outcome.errors[0].error.code, ErrorCode::NotFound);
    EXPECT_EQ(outcome.errors[0].error.text(),
              (m_folder / "none.mock.yaml").string()
                  + ": cannot read the file: there is no such file");
}

TEST_F(Loading, SaysThatThereAreNoRights)
{
    const fs::path file = put("a.mock.yaml", "understudy: 1\n");
    fs::permissions(m_folder, fs::perms::all);
    {
        const test::Nobody nobody;
        EXPECT_TRUE(load(file).errors.empty());
    }
    fs::permissions(file, fs::perms::none);
    {
        const test::Nobody nobody;
        EXPECT_EQ(load(file).errors.at(0).error.code, ErrorCode::Access);
    }
    fs::permissions(m_folder, fs::perms::none);
    const test::Nobody nobody;
    EXPECT_EQ(load(m_folder).errors.at(0).error.code, ErrorCode::Access);
}

TEST_F(Loading, RefusesAFileThatIsTooLarge)
{
    const fs::path file = put("a.mock.yaml", "understudy: 1\n");
    fs::resize_file(file, 65U * 1024 * 1024);
    const LoadOutcome outcome = load(file);
    ASSERT_EQ(outcome.errors.size(), 1U);
    EXPECT_EQ(outcome.errors[0].error.code, ErrorCode::Limit);
}

TEST_F(Loading, RecognisesMockoonByItsContent)
{
    const fs::path file
        = put("env.json", R"({"uuid": "0b0f4f5e-0000-4000-8000-000000000000", "lastMigration": 33,
        "name": "Env", "port": 3000, "hostname": "", "endpointPrefix": "", "routes": [], "folders": [], "rootChildren": []})");
    const LoadOutcome outcome = load(file);
    EXPECT_THAT(errors(outcome), IsEmpty());
    ASSERT_EQ(outcome.servers.size(), 1U);
    EXPECT_EQ(outcome.servers[0].format, "mockoon");
}

TEST_F(Loading, RefusesAFormatThatNobodyKnows)
{
    EXPECT_EQ(loadText("understudy: 1\n", "a", {.format = "excel"}).errors.at(0).error.code,
              ErrorCode::NotFound);
}

TEST_F(Loading, ExportsItsOwnFormatOnly)
{
    Server server;
    server.name = "A";
    const auto text = exportText(server, "native");
    ASSERT_TRUE(text);
    EXPECT_EQ(*text, "understudy: 1\nname: A\n");
    EXPECT_EQ(exportText(server, "excel").error().code, ErrorCode::NotFound);
}

TEST_F(Loading, WritesIntoAPipeInsteadOfReplacingIt)
{
    const fs::path pipe = m_folder / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const int reader = ::open(pipe.c_str(), O_RDWR);
    ASSERT_TRUE(writeFile(pipe, "new"));
    std::array<char, 8> bytes{};
    EXPECT_EQ(::read(reader, bytes.data(), bytes.size()), 3);
    EXPECT_TRUE(fs::is_fifo(pipe));
    ::close(reader);
}

TEST_F(Loading, WritesAFileWithTheRightsItHad)
{
    const fs::path file = put("a.mock.yaml", "old");
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
    const fs::perms before = fs::status(file).permissions();
    ASSERT_TRUE(writeFile(file, "new"));
    EXPECT_EQ(content("a.mock.yaml"), "new");
    EXPECT_EQ(fs::status(file).permissions(), before);
    EXPECT_EQ(test::filesIn(m_folder).size(), 1U);
}

TEST_F(Loading, WritesThroughALink)
{
    const fs::path file = put("real.mock.yaml", "old");
    fs::create_symlink("real.mock.yaml", m_folder / "link.mock.yaml");
    ASSERT_TRUE(writeFile(m_folder / "link.mock.yaml", "new"));
    EXPECT_TRUE(fs::is_symlink(m_folder / "link.mock.yaml"));
    EXPECT_EQ(content("real.mock.yaml"), "new");
}

TEST_F(Loading, RefusesToWriteWhereThereIsNoFolder)
{
    const auto written = writeFile(m_folder / "none" / "a.mock.yaml", "new");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::NotFound);
    EXPECT_THAT(written.error().message, HasSubstr("its folder does not exist"));
    EXPECT_FALSE(writeFile(m_folder, "new"));
}

/// A limit on the size of files fails in write() as a full disk does.
TEST_F(Loading, LeavesTheOldFileWhenTheNewOneDoesNotFit)
{
    const fs::path file = put("a.mock.yaml", "old");
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    rlimit tight = before;
    tight.rlim_cur = 4096;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    const auto written = writeFile(file, std::string(100'000, 'x'));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, ignored);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::System);
    EXPECT_EQ(content("a.mock.yaml"), "old");
    EXPECT_EQ(test::filesIn(m_folder).size(), 1U);
}

TEST(Samples, LoadWithoutAProblemAndUseNothingThatHasNoEffect)
{
    const LoadOutcome outcome = load(fs::path(UNDERSTUDY_SOURCE_DIR) / "resources/samples");
    EXPECT_THAT(errors(outcome), IsEmpty());
    ASSERT_THAT(names(outcome), ElementsAre("Tea Shop Auth", "Chaos", "Tea Shop API", "Teapots"));
    EXPECT_EQ(outcome.servers[0].server.listen.port, 3001);
    EXPECT_EQ(outcome.servers[1].server.listen.port, 3666);
    EXPECT_EQ(outcome.servers[2].server.listen.port, 3000);
    for (const LoadedServer &loaded : outcome.servers) {
        EXPECT_THAT(loaded.problems, IsEmpty());
        EXPECT_THAT(keysWithoutEffect(loaded.server), IsEmpty());
    }
}

TEST(Samples, NameOnlyFilesThatAreThere)
{
    const fs::path folder = fs::path(UNDERSTUDY_SOURCE_DIR) / "resources/samples";
    for (const LoadedServer &loaded : load(folder).servers) {
        forEachEndpoint(loaded.server, [&](const EndpointVisit &visit) {
            for (const Response &response : visit.endpoint.responses) {
                if (response.body.kind == Body::Kind::File) {
                    EXPECT_TRUE(fs::exists(folder / response.body.content))
                        << response.body.content;
                }
            }
        });
    }
}
