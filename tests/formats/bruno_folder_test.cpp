// SPDX-License-Identifier: Apache-2.0
#include "tests/formats/recorded_support.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

namespace understudy::formats::bruno {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;

std::string request(const std::string &name, const std::string &url, int seq,
                    const std::string &more = {})
{
    return "meta {\n  name: " + name + "\n  type: http\n  seq: " + std::to_string(seq)
           + "\n}\n\nget {\n  url: " + url + "\n}\n" + more;
}

TEST(BrunoFolder, ReadsAFolder)
{
    TemporaryFolder folder;
    folder.write("bruno.json", R"({"version": "1", "name": "Shop", "type": "collection",
                                   "ignore": ["skipped"]})");
    folder.write("collection.bru", "vars:pre-request {\n  u: users\n  v: v1\n}\n"
                                   "script:pre-request {\n  x\n}\nheaders {\n  A: b\n}\n");
    std::filesystem::create_directories(folder.path() / "environments");
    std::filesystem::create_directories(folder.path() / "b" / "inner");
    std::filesystem::create_directories(folder.path() / "a");
    std::filesystem::create_directories(folder.path() / "skipped");
    folder.write("environments/dev.bru",
                 "vars {\n  base: http://h/dev\n}\nvars:secret [\n  s\n]\n");
    folder.write("environments/prod.bru", "vars {\n  base: http://h\n}\n");
    folder.write("second.bru", request("Second", "{{base}}/2", 2));
    folder.write("first.bru", request("First", "{{base}}/1", 10));
    folder.write("b/folder.bru",
                 "meta {\n  name: Users\n  seq: 1\n}\nvars:pre-request {\n  v: v2\n}\n");
    folder.write("b/inner/c.bru", request("C", "{{base}}/{{v}}/{{u}}", 1));
    folder.write("a/folder.bru", "meta {\n  name: Last\n  seq: 2\n}\n");
    folder.write("a/d.bru", request("D", "{{base}}/{{v}}", 1));
    folder.write("skipped/e.bru", "broken");
    ASSERT_TRUE(isServerFolder(folder.path()));
    const LoadOutcome outcome = load(folder.path());
    EXPECT_EQ(allMessages(outcome.errors), "");
    ASSERT_EQ(outcome.servers.size(), 1u);
    expectWhole(outcome.servers[0].server);
    EXPECT_EQ(outcome.servers[0].server.name, "Shop");
    EXPECT_THAT(labelsOf(outcome.servers[0].server),
                ElementsAre("Users/inner/C (GET /dev/v2/users)", "Last/D (GET /dev/v1)",
                            "Second (GET /dev/2)", "First (GET /dev/1)"));
    const std::string said = allMessages(outcome.servers[0].problems);
    EXPECT_THAT(said, HasSubstr("the values of the first by name are taken: 'dev'"));
    EXPECT_THAT(said, HasSubstr("collection.bru:5:1: 1 script: not run"));
    EXPECT_THAT(said, HasSubstr("collection.bru:8:1: headers of every request"));
    EXPECT_THAT(said, HasSubstr("c.bru:7:1: GET /dev/v2/users: it has no saved example"));
}

TEST(BrunoFolder, ReadsWhatIsWholeInAFolderAndNothingOutsideOfIt)
{
    TemporaryFolder outer;
    outer.write("secret.bru", "secret\n");
    const std::filesystem::path folder = outer.path() / "shop";
    std::filesystem::create_directories(folder);
    outer.write("shop/bruno.json", "{broken");
    outer.write("shop/good.bru", request("Good", "http://h/a", 1));
    outer.write("shop/bad.bru", "get {\n");
    std::filesystem::create_symlink("../secret.bru", folder / "link.bru");
    std::filesystem::create_directory_symlink("..", folder / "loop");
    const LoadOutcome outcome = load(folder);
    ASSERT_EQ(outcome.servers.size(), 1u);
    EXPECT_EQ(outcome.servers[0].server.name, "shop");
    EXPECT_THAT(labelsOf(outcome.servers[0].server), ElementsAre("Good (GET /a)"));
    EXPECT_THAT(allMessages(outcome.servers[0].problems),
                HasSubstr("loop: a link to a folder is not followed"));
    const std::string said = allMessages(outcome.errors);
    EXPECT_EQ(outcome.errors.size(), 3u) << said;
    EXPECT_THAT(said, HasSubstr("bad.bru:1:1: the block 'get'"));
    EXPECT_THAT(said, HasSubstr("link.bru"));
    EXPECT_THAT(said, testing::Not(HasSubstr("secret\n")));
}

TEST(BrunoFolder, SaysThatOpenCollectionIsNotReadYet)
{
    TemporaryFolder folder;
    folder.write("opencollection.yml", "opencollection: 1.0.0\ninfo:\n  name: Shop\n");
    folder.write("a.yml", "info:\n  name: A\n  type: http\nhttp:\n  url: http://h/a\n");
    EXPECT_TRUE(isServerFolder(folder.path()));
    EXPECT_THAT(allMessages(load(folder.path()).errors),
                HasSubstr("opencollection.yml: OpenCollection files of Bruno cannot be imported"));
    folder.write("bruno.json", "{}");
    folder.write("a.bru", request("A", "http://h/a", 1));
    EXPECT_EQ(load(folder.path()).servers.size(), 1u);
}

TEST(BrunoFolder, SaysWhatFoldersHaveWithoutEffectAndWhereTheyAreBroken)
{
    TemporaryFolder folder;
    folder.write("bruno.json", "{}");
    folder.write("collection.bru", "vars:post-response {\n  a: res.body\n}\n");
    std::filesystem::create_directories(folder.path() / "b");
    folder.write("b/folder.bru", "meta {\n  name\n}\n");
    folder.write("a.bru", request("A", "http://h/a", 1));
    const LoadOutcome outcome = load(folder.path());
    ASSERT_EQ(outcome.servers.size(), 1u);
    EXPECT_THAT(allMessages(outcome.servers[0].problems),
                HasSubstr("collection.bru:1:1: 1 item sets variables from an answer"));
    EXPECT_THAT(allMessages(outcome.errors), HasSubstr("folder.bru:2:3: 'name: value'"));
}

TEST(BrunoFolder, SaysThatAFolderHasNoRequest)
{
    TemporaryFolder folder;
    folder.write("bruno.json", "{}");
    EXPECT_THAT(allMessages(load(folder.path()).errors),
                HasSubstr("there is no request of HTTP in this collection"));
}

} // namespace
} // namespace understudy::formats::bruno
