// SPDX-License-Identifier: Apache-2.0
#include "core/base/files.h"

#include "tests/support/mock.h"
#include "tests/support/no_descriptors.h"

#include <gmock/gmock.h>

#include <csignal>
#include <fcntl.h>
#include <optional>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>

using namespace understudy;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

namespace fs = std::filesystem;

/// A workspace with a secret beside it.
class Files : public testing::Test
{
protected:
    Files()
    {
        fs::create_directory(folder);
        put("in.txt", "inside");
        std::ofstream(secret) << "secret";
    }

    void put(const std::string &name, std::string_view content) const
    {
        std::ofstream(folder / name, std::ios::binary) << content;
    }
    void link(const fs::path &to, const std::string &name) const
    {
        fs::create_symlink(to, folder / name);
    }
    std::string content(const fs::path &file) const
    {
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    /// What is read, or the predicate of the refusal.
    std::string inside(const std::string &written, bool allowOutside = false) const
    {
        const auto opened = files::openInside(folder, written, allowOutside);
        if (!opened)
            return opened.error().message;
        const auto text = opened->readAll();
        return text ? *text : text.error().message;
    }
    std::vector<std::string> names() const
    {
        std::vector<std::string> out;
        for (const auto &entry : fs::directory_iterator(folder))
            out.push_back(entry.path().filename().string());
        std::sort(out.begin(), out.end());
        return out;
    }

    test::TemporaryFolder outer;
    fs::path folder = outer.path() / "workspace";
    fs::path secret = outer.path() / "secret.txt";
};

const std::string kOutside(files::kIsOutside);

} // namespace

TEST_F(Files, InsideAreRead)
{
    fs::create_directory(folder / "sub");
    put("sub/deep.txt", "deep");
    EXPECT_EQ(inside("in.txt"), "inside");
    EXPECT_EQ(inside("./sub/deep.txt"), "deep");
    EXPECT_EQ(inside("sub/../in.txt"), "inside");
    EXPECT_EQ(inside("../workspace/in.txt"), "inside");
    EXPECT_EQ(inside((folder / "in.txt").string()), "inside");
}

TEST_F(Files, InsideMayBeLinksThatStayInside)
{
    fs::create_directory(folder / "..2026");
    put("..2026/a.json", "one");
    link("..2026", "..data");
    link("..data/a.json", "a.json");
    link(folder / "in.txt", "absolute.txt");
    EXPECT_EQ(inside("a.json"), "one");
    EXPECT_EQ(inside("absolute.txt"), "inside");
}

TEST_F(Files, InsideAreFollowedAsTheLinksAreNow)
{
    for (const char *version : {"v1", "v2"}) {
        fs::create_directory(folder / version);
        put(std::string(version) + "/a.json", version);
    }
    link("v1", "data");
    EXPECT_EQ(inside("data/a.json"), "v1");
    fs::create_symlink("v2", folder / "next");
    fs::rename(folder / "next", folder / "data");
    EXPECT_EQ(inside("data/a.json"), "v2");
}

TEST_F(Files, InsideAreNotOutside)
{
    link(secret, "absolute");
    link("../secret.txt", "relative");
    link("..", "up");
    link("loop", "loop");
    link("relative", "twice");
    fs::create_directory(outer.path() / "workspace-of-another");
    std::ofstream(outer.path() / "workspace-of-another/a.txt") << "other";
    for (const std::string &name :
         {std::string("../secret.txt"), secret.string(), std::string("absolute"),
          std::string("relative"), std::string("up/secret.txt"), std::string("twice"),
          std::string("../workspace-of-another/a.txt"), std::string("./../workspace/../secret.txt"),
          std::string("/dev/zero"), std::string("/proc/self/environ")})
        EXPECT_EQ(inside(name), kOutside) << name;
    // What cannot be resolved is not taken for what stands in the text.
    EXPECT_EQ(inside("loop/../relative"), "cannot be read: its links lead in a circle");
    EXPECT_EQ(inside(std::string(300, 'x') + "/../relative"),
              "cannot be read: its name is too long");
    EXPECT_EQ(inside("none/../relative"), "is missing");
    EXPECT_EQ(inside(std::string("in.txt\0.txt", 11)), "has a NUL in its name");
    EXPECT_EQ(inside(""), "is missing");
}

TEST_F(Files, OutsideAreReadWhereThatIsAllowed)
{
    EXPECT_EQ(inside("../secret.txt", true), "secret");
    EXPECT_EQ(inside(secret.string(), true), "secret");
}

TEST_F(Files, AreRegularOnes)
{
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    link("pipe", "to-pipe");
    fs::create_directory(folder / "sub");
    constexpr const char *kKind = "is not a file but a pipe, a device or a socket";
    for (const bool allowOutside : {false, true}) {
        EXPECT_EQ(inside("pipe", allowOutside), kKind);
        EXPECT_EQ(inside("to-pipe", allowOutside), kKind);
        EXPECT_EQ(inside((folder / "pipe").string(), allowOutside), kKind);
        EXPECT_EQ(inside(".", allowOutside), "is not a file but a folder");
        EXPECT_EQ(inside("sub", allowOutside), "is not a file but a folder");
    }
    EXPECT_EQ(inside("/dev/zero", true), kKind);
    EXPECT_EQ(files::readFile("/dev/zero").error().message, std::string("the file ") + kKind);
    EXPECT_EQ(files::readFile(folder).error().message, "this is a folder, not a file");
}

TEST_F(Files, AreReadUpToABound)
{
    const fs::path file = folder / "sparse";
    put("sparse", "x");
    fs::resize_file(file, 1'000'000'000'000);
    const auto read = files::readFile(file);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::Limit);
    EXPECT_THAT(read.error().text(), HasSubstr("sparse: the file is larger than 64 MiB"));
    EXPECT_EQ(files::readFile(folder / "in.txt", 6).value(), "inside");
    EXPECT_EQ(files::readFile(folder / "in.txt", 5).error().code, ErrorCode::Limit);
    EXPECT_EQ(files::readFileInside(folder, "in.txt", 5).error().code, ErrorCode::Limit);
}

TEST_F(Files, OfTheSystemThatDoNotSayHowLongTheyAreAreReadToTheirEnd)
{
    const auto read = files::readFile("/proc/self/status");
    ASSERT_TRUE(read);
    EXPECT_THAT(*read, HasSubstr("Name:"));
}

TEST_F(Files, AreReadAtTheirPlace)
{
    const auto opened = files::open(folder / "in.txt");
    ASSERT_TRUE(opened);
    std::string bytes(10, '.');
    EXPECT_EQ(*opened->readAt(bytes.data(), 10, 2), 4U);
    EXPECT_EQ(bytes, "side......");
    EXPECT_EQ(*opened->readAt(bytes.data(), 10, 6), 0U);
}

TEST_F(Files, SayThatTooManyAreOpen)
{
    std::optional<test::NoDescriptors> none(std::in_place);
    const auto opened = files::openInside(folder, "in.txt");
    const auto read = files::readFile(folder / "in.txt");
    const auto written = files::writeFile(folder / "in.txt", "new");
    none.reset();
    constexpr const char *kReason = "too many files open; raise its limit";
    EXPECT_THAT(opened.error().message, HasSubstr(kReason));
    EXPECT_THAT(read.error().message, HasSubstr(kReason));
    EXPECT_THAT(written.error().message, HasSubstr(kReason));
    EXPECT_EQ(content(folder / "in.txt"), "inside");
}

// Writing

TEST_F(Files, WithTheLongestOfNamesAreWritten)
{
    const std::string name(255, 'n');
    ASSERT_TRUE(files::writeFile(folder / name, "one"));
    ASSERT_TRUE(files::writeFile(folder / name, "two"));
    EXPECT_EQ(content(folder / name), "two");
    EXPECT_EQ(names().size(), 2U);
    EXPECT_THAT(files::writeFile(folder / std::string(256, 'n'), "x").error().message,
                HasSubstr("its name is too long"));
}

TEST_F(Files, ThatALinkPromisesAreNotMade)
{
    link("none.txt", "dangling");
    link("loop", "loop");
    const auto written = files::writeFile(folder / "dangling", "new");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::NotFound);
    EXPECT_THAT(written.error().message, HasSubstr("a link to 'none.txt', which is not there"));
    EXPECT_TRUE(fs::is_symlink(folder / "dangling"));
    EXPECT_FALSE(fs::exists(folder / "none.txt"));
    EXPECT_THAT(files::writeFile(folder / "loop", "new").error().message, HasSubstr("circle"));
}

TEST_F(Files, KeepAllTheirNames)
{
    fs::create_hard_link(folder / "in.txt", folder / "same.txt");
    for (const std::string &text : {std::string("shrt"), std::string(100'000, 'l')}) {
        ASSERT_TRUE(files::writeFile(folder / "in.txt", text));
        EXPECT_EQ(content(folder / "same.txt"), text);
        EXPECT_TRUE(fs::equivalent(folder / "in.txt", folder / "same.txt"));
    }
    EXPECT_EQ(names().size(), 2U);
}

TEST_F(Files, WithSeveralNamesStayWhereTheNewContentDoesNotFit)
{
    fs::create_hard_link(folder / "in.txt", folder / "same.txt");
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    rlimit tight = before;
    tight.rlim_cur = 4096;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    const auto written = files::writeFile(folder / "in.txt", std::string(100'000, 'x'));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, ignored);
    EXPECT_FALSE(written);
    EXPECT_EQ(content(folder / "same.txt"), "inside");
    EXPECT_EQ(names().size(), 2U);
}

TEST_F(Files, KeepTheirRights)
{
    ASSERT_EQ(::chmod((folder / "in.txt").c_str(), 0751), 0);
    ASSERT_TRUE(files::writeFile(folder / "in.txt", "new"));
    struct stat info
    {};
    ASSERT_EQ(::stat((folder / "in.txt").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777U, 0751U);
    ASSERT_TRUE(files::writeFile(folder / "in.txt", "new", {fs::perms::owner_read}));
    ASSERT_EQ(::stat((folder / "in.txt").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777U, 0400U);
}

TEST_F(Files, AreNotReplacedWhereNewOnesAreAskedFor)
{
    link("none.txt", "dangling");
    for (const char *name : {"in.txt", "dangling"}) {
        const auto written = files::writeFile(folder / name, "new", {{}, true});
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().code, ErrorCode::InUse);
    }
    EXPECT_EQ(content(folder / "in.txt"), "inside");
    EXPECT_TRUE(files::writeFile(folder / "new.txt", "new", {{}, true}));
    EXPECT_EQ(content(folder / "new.txt"), "new");
}

/// A program that is killed in the middle leaves its unfinished file, without the lock it held.
TEST_F(Files, OfKilledProgramsAreRemovedAtTheNextSave)
{
    put(".understudy-1-1.tmp", "half");
    put(".understudy-1-2.whole", "what a write in place had not finished");
    put(".other.tmp", "of somebody else");
    ASSERT_TRUE(files::writeFile(folder / "in.txt", "new"));
    EXPECT_THAT(names(), testing::ElementsAre(".other.tmp", ".understudy-1-2.whole", "in.txt"));
}

TEST_F(Files, ThatAreBeingWrittenAreLeftAlone)
{
    put(".understudy-1-1.tmp", "half");
    const int busy = ::open((folder / ".understudy-1-1.tmp").c_str(), O_RDONLY | O_CLOEXEC);
    ASSERT_EQ(::flock(busy, LOCK_EX), 0);
    ASSERT_TRUE(files::writeFile(folder / "in.txt", "new"));
    EXPECT_TRUE(fs::exists(folder / ".understudy-1-1.tmp"));
    ::close(busy);
    ASSERT_TRUE(files::writeFile(folder / "in.txt", "newer"));
    EXPECT_FALSE(fs::exists(folder / ".understudy-1-1.tmp"));
}

TEST_F(Files, AreWholeThoughManyWriteAtOnce)
{
    std::vector<std::thread> writers;
    for (int i = 0; i < 4; ++i) {
        writers.emplace_back([&, i] {
            for (int round = 0; round < 20; ++round)
                EXPECT_TRUE(files::writeFile(folder / "in.txt",
                                             std::string(10'000, static_cast<char>('a' + i))));
        });
    }
    for (std::thread &writer : writers)
        writer.join();
    const std::string text = content(folder / "in.txt");
    EXPECT_EQ(text, std::string(10'000, text.front()));
    EXPECT_EQ(names().size(), 1U);
}

TEST_F(Files, ArePipesOnlyWhereSomebodyReads)
{
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    EXPECT_THAT(files::writeFile(folder / "pipe", "new").error().message,
                HasSubstr("nobody reads from this pipe"));
}

// Copying

TEST_F(Files, AreCopiedToTheSamePlace)
{
    const fs::path to = outer.path() / "to";
    fs::create_directories(folder / "a/b");
    put("a/b/c.txt", "deep");
    EXPECT_EQ(files::copyInside(folder, "a/b/c.txt", to, false).value(), true);
    EXPECT_EQ(content(to / "a/b/c.txt"), "deep");
    EXPECT_EQ(files::copyInside(folder, "none.txt", to, false).value(), false);
    EXPECT_EQ(files::copyInside(folder, "in.txt", folder, false).value(), false);
    EXPECT_EQ(files::copyInside(folder, "a/b/c.txt", to, false).value(), false) << "it is there";
}

TEST_F(Files, AreNotCopiedFromOutsideNorToHiddenPlacesNorThroughLinksNorOverOthers)
{
    const fs::path to = outer.path() / "to";
    const fs::path elsewhere = outer.path() / "elsewhere";
    fs::create_directories(to);
    fs::create_directories(elsewhere);
    fs::create_directories(folder / ".git/hooks");
    fs::create_directories(folder / "sub");
    put(".git/hooks/pre-commit", "#!/bin/sh");
    put("Makefile", "all: evil");
    put("sub/a.txt", "a");
    put("b.txt", "b");
    link("../secret.txt", "out.txt");
    std::ofstream(to / "Makefile") << "all: good";
    fs::create_directory_symlink(elsewhere, to / "sub");
    fs::create_symlink(elsewhere / "b.txt", to / "b.txt");
    const std::pair<const char *, const char *> cases[]{
        {"out.txt", "is outside of the workspace folder"},
        {"../secret.txt", "is outside of the workspace folder"},
        {".git/hooks/pre-commit", "is hidden"},
        {"sub/../.git/hooks/pre-commit", "is hidden"},
        {"Makefile", "is already there"},
        {"sub/a.txt", "through the link"},
        {"b.txt", "through the link"},
    };
    for (const bool overwrite : {false, true}) {
        for (const auto &[name, reason] : cases) {
            if (overwrite && std::string(name) == "Makefile")
                continue;
            const auto copied = files::copyInside(folder, name, to, overwrite);
            ASSERT_FALSE(copied) << name;
            EXPECT_THAT(copied.error().message, testing::AllOf(HasSubstr(reason), HasSubstr(name)));
        }
    }
    EXPECT_THAT(fs::directory_iterator(elsewhere), testing::Eq(fs::directory_iterator()));
    EXPECT_FALSE(fs::exists(to / ".git"));
    EXPECT_EQ(content(to / "Makefile"), "all: good");
    ASSERT_TRUE(files::copyInside(folder, "Makefile", to, true));
    EXPECT_EQ(content(to / "Makefile"), "all: evil");
}
