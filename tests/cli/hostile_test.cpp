// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/folder.h"
#include "tests/cli/process.h"

#include <gmock/gmock.h>

#include <sys/stat.h>

namespace understudy::cli_test {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A Mockoon environment whose route answers with a file.
std::string environmentWithFile(const std::string &name, const std::string &file)
{
    return R"({"uuid": "e", "lastMigration": 33, "name": ")" + name
           + R"(", "port": 3005, "folders": [], "routes": [{"uuid": "r", "type": "http", "method": "get",
  "endpoint": "pets", "responses": [{"uuid": "s", "statusCode": 200, "bodyType": "FILE", "filePath": ")"
           + file + R"(", "default": true}]}], "rootChildren": [{"type": "route", "uuid": "r"}]})";
}

/// A download folder with an import in it, and a folder of the user's to import into.
struct Import
{
    Folder from;
    Folder to;

    Finished run(const std::string &file, bool force = false) const
    {
        std::vector<std::string> words{
            "import", from.write("e.json", environmentWithFile("Shop", file)), "-o", to.path()};
        if (force)
            words.emplace_back("--force");
        return runCli(words);
    }
};

} // namespace

TEST(HostileImport, OverwritesNothing)
{
    const Import import;
    import.from.write("Makefile", "all: evil");
    import.to.write("Makefile", "all: good");
    const Finished run = import.run("Makefile");
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, AllOf(HasSubstr("'Makefile'"), HasSubstr("is already there")));
    EXPECT_EQ(import.to.read("Makefile"), "all: good");
    EXPECT_EQ(import.run("Makefile", true).exitCode, 0);
    EXPECT_EQ(import.to.read("Makefile"), "all: evil");
}

TEST(HostileImport, PlantsNoHiddenFile)
{
    const Import import;
    fs::create_directories(import.from.path(".git/hooks"));
    import.from.write(".git/hooks/pre-commit", "#!/bin/sh");
    const Finished run = import.run(".git/hooks/pre-commit", true);
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, AllOf(HasSubstr("'.git/hooks/pre-commit'"), HasSubstr("is hidden")));
    EXPECT_FALSE(fs::exists(import.to.path(".git")));
}

TEST(HostileImport, CopiesNothingFromOutside)
{
    const Import import;
    const Folder elsewhere;
    fs::create_symlink(elsewhere.write("secret", "secret"), import.from.path("data.json"));
    const Finished run = import.run("data.json");
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, AllOf(HasSubstr("'data.json'"), HasSubstr("is outside")));
    EXPECT_FALSE(fs::exists(import.to.path("data.json")));
}

TEST(HostileImport, WritesThroughNoLink)
{
    const Import import;
    const Folder elsewhere;
    import.from.write("data.json", "{}");
    fs::create_symlink(elsewhere.path("victim"), import.to.path("data.json"));
    fs::create_symlink(elsewhere.path("mock"), import.to.path("shop.mock.yaml"));
    Finished run = import.run("data.json", true);
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, AllOf(HasSubstr("shop.mock.yaml: is a link")));
    fs::remove(import.to.path("shop.mock.yaml"));
    run = import.run("data.json", true);
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, AllOf(HasSubstr("'data.json'"), HasSubstr("through the link")));
    EXPECT_FALSE(fs::exists(elsewhere.path("victim")));
    EXPECT_FALSE(fs::exists(elsewhere.path("mock")));
}

TEST(HostileImport, LeavesOtherNamesOfAFileAlone)
{
    const Import import;
    const Folder elsewhere;
    import.from.write("data.json", "new");
    fs::create_hard_link(elsewhere.write("data", "old"), import.to.path("data.json"));
    fs::create_hard_link(elsewhere.write("mock", "old"), import.to.path("shop.mock.yaml"));
    const Finished run = import.run("data.json", true);
    EXPECT_EQ(run.exitCode, 0) << run.error;
    EXPECT_EQ(import.to.read("data.json"), "new");
    EXPECT_THAT(import.to.read("shop.mock.yaml"), HasSubstr("understudy: 1"));
    EXPECT_EQ(elsewhere.read("data"), "old");
    EXPECT_EQ(elsewhere.read("mock"), "old");
}

TEST(HostileImport, WritesIntoNoPipe)
{
    const Import import;
    import.from.write("data.json", "new");
    ASSERT_EQ(::mkfifo(import.to.path("data.json").c_str(), 0600), 0);
    ASSERT_EQ(::mkfifo(import.to.path("shop.mock.yaml").c_str(), 0600), 0);
    const Finished run = import.run("data.json", true);
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, HasSubstr("shop.mock.yaml: is no regular file"));
}

TEST(HostileImport, PlantsNoSpecialName)
{
    const std::vector<std::pair<std::string, std::string>> cases{
        {"presets.yaml", "presets"},        {"sub/Presets.YAML", "presets"},
        {"other.mock.yaml", "a mock file"}, {"sub/other.mock.json", "a mock file"},
        {"OTHER.MOCK.YML", "a mock file"},  {"sub/.env", "is hidden"},
        {"page.", "ends with a dot"},       {"sub./page", "ends with a dot"},
        {"page ", "ends with a dot or a"},  {"con", "device of Windows"},
        {"Aux.json", "device of Windows"},  {"lpt1/x", "device of Windows"},
        {"a\\u0007b", "control characters"}};
    for (const auto &[name, why] : cases) {
        const Import import;
        const std::string real = name == "a\\u0007b" ? "a\ab" : name;
        fs::create_directories(fs::path(import.from.path(real)).parent_path());
        import.from.write(real, "{}");
        const Finished run = import.run(name, true);
        EXPECT_EQ(run.exitCode, 1) << name;
        EXPECT_THAT(run.error, AllOf(HasSubstr("is not copied"), HasSubstr(why))) << name;
        EXPECT_FALSE(fs::exists(import.to.path(real))) << name;
    }
}

TEST(HostileImport, ShortensNamesThatAreTooLong)
{
    const Folder from;
    const Folder to;
    const std::vector<std::string> names{std::string(400, 'n'),
                                         std::string(400, 'n'),
                                         "two words " + std::string(400, 'w'),
                                         "Shop",
                                         "shop!",
                                         "\xF0\x9F\x98\x80",
                                         "?!..",
                                         "CON"};
    std::vector<std::string> words{"import"};
    for (std::size_t i = 0; i < names.size(); ++i)
        words.push_back(from.write("e" + std::to_string(i) + ".json",
                                   environmentWithFile(names[i], "none.json")));
    words.insert(words.end(), {"-o", to.path()});
    const Finished run = runCli(words);
    EXPECT_EQ(run.exitCode, 0) << run.error;
    std::vector<std::string> written;
    for (const auto &entry : fs::directory_iterator(to.path()))
        written.push_back(entry.path().filename().string());
    EXPECT_THAT(written,
                testing::UnorderedElementsAre(
                    std::string(100, 'n') + ".mock.yaml", std::string(100, 'n') + "-2.mock.yaml",
                    "two-words-" + std::string(90, 'w') + ".mock.yaml", "shop.mock.yaml",
                    "shop-2.mock.yaml", "server.mock.yaml", "server-2.mock.yaml",
                    "server-con.mock.yaml"));
}

TEST(HostileTerminal, NamesAndKeysCannotForgeALineNorPaint)
{
    const Folder folder;
    const std::string file = folder.write(
        "a.mock.yaml", "understudy: 1\nname: \"A\\nlistening http://127.0.0.1:1 Bank\"\n"
                       "\"key\\e]0;owned\\a\\nlistening http://127.0.0.1:2 Key\": 1\n");
    for (const char *command : {"validate", "serve"}) {
        const Finished run = runCli({command, file});
        EXPECT_EQ(run.exitCode, 1);
        for (const std::string &text : {run.output, run.error}) {
            EXPECT_THAT(text, Not(HasSubstr("\x1b")));
            EXPECT_THAT(text, Not(HasSubstr("\nlistening")));
        }
    }
    EXPECT_THAT(runCli({"validate", file}).output, HasSubstr("key\\x1b]0;owned\\x07\\nlistening"));
}

TEST(HostileTerminal, FileNamesCannotForgeALine)
{
    const Folder folder;
    const Finished run = runCli({"validate", folder.path("x\nlistening http://127.0.0.1:1 y")});
    EXPECT_THAT(run.output, AllOf(Not(HasSubstr("\nlistening")), HasSubstr("x\\nlistening")));
}

TEST(HostileFiles, NeitherAbortNorHoldUpValidate)
{
    const Folder folder;
    ASSERT_EQ(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
    for (const char *samples : {".", "pipe", "/dev/zero", "../x"}) {
        const Finished run = runCli(
            {"validate", folder.write("a.mock.yaml", "understudy: 1\nbehaviour: {latency: "
                                                     "{samples: "
                                                         + std::string(samples) + "}}\n")});
        EXPECT_EQ(run.exitCode, 1) << samples;
        EXPECT_THAT(run.output, HasSubstr(":2:")) << samples;
    }
}

} // namespace understudy::cli_test
