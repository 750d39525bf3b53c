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
