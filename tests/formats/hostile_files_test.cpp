// SPDX-License-Identifier: Apache-2.0
#include "core/engine/compile_findings.h"
#include "core/formats/presets.h"
#include "core/runtime/authority.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

#include <sys/stat.h>

using namespace understudy;
using testing::Each;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

namespace {

namespace fs = std::filesystem;

/// A workspace as somebody hostile sends it: what its files name is not what they should name.
class HostileWorkspace : public testing::Test
{
protected:
    HostileWorkspace()
    {
        fs::create_directory(folder);
        outer.write("secret.csv", "12ms\nroot:x:0:0\n");
        ::mkfifo((folder / "pipe").c_str(), 0600);
        fs::create_symlink("../secret.csv", folder / "out");
        fs::create_symlink("loop", folder / "loop");
        std::ofstream(folder / "sparse") << "1ms";
        fs::resize_file(folder / "sparse", 1'000'000'000'000);
        fs::create_directory(folder / "sub");
    }

    /// What is said of a server whose latency is drawn from this file.
    std::vector<std::string> samples(const std::string &file) const
    {
        CompileOptions options;
        options.folder = folder;
        Server server = test::parseMock("understudy: 1\nbehaviour: {latency: {samples: x}}\n");
        server.behaviour.latency.head = SampledLatency{file};
        std::vector<std::string> said;
        for (const Finding &finding : compileFindings(server, options))
            said.push_back(finding.message);
        const auto compiled
            = CompiledServer::compile(server, std::make_shared<ServerMemory>(), options);
        said.push_back(compiled ? "compiles" : compiled.error().message);
        return said;
    }

    test::TemporaryFolder outer;
    fs::path folder = outer.path() / "workspace";
};

} // namespace

TEST_F(HostileWorkspace, CannotLetALatencyBeDrawnFromWhatIsNoFile)
{
    const std::pair<const char *, const char *> cases[]{
        {".", "is not a file but a folder"},
        {"sub", "is not a file but a folder"},
        {"pipe", "is not a file"},
        {"sparse", "is larger than"},
        {"out", "is outside of the workspace folder"},
        {"../secret.csv", "is outside of the workspace folder"},
        {"/dev/zero", "is outside of the workspace folder"},
        {"loop/../out", "links lead in a circle"},
    };
    for (const auto &[file, reason] : cases) {
        const auto said = samples(file);
        EXPECT_THAT(said, SizeIs(2)) << file;
        EXPECT_THAT(said, Each(HasSubstr(reason))) << file;
        EXPECT_THAT(said, Each(Not(HasSubstr("root:")))) << file;
    }
}

TEST_F(HostileWorkspace, CannotLetItsPresetsBeReadFromElsewhere)
{
    for (const char *target : {"../secret.csv", "pipe", "/dev/zero", "sub"}) {
        fs::create_symlink(target, folder / "presets.yaml");
        const auto read = formats::loadPresets(folder);
        ASSERT_EQ(read.problems.size(), 1U) << target;
        EXPECT_THAT(read.problems[0].error.text(),
                    testing::AllOf(HasSubstr("presets.yaml: "), Not(HasSubstr("root:"))));
        EXPECT_EQ(read.presets, formats::builtinPresets());
        fs::remove(folder / "presets.yaml");
    }
}

TEST_F(HostileWorkspace, CannotLetAMockFileOfItBeReadFromElsewhere)
{
    fs::create_symlink("../secret.csv", folder / "a.mock.yaml");
    fs::create_symlink("pipe", folder / "b.mock.yaml");
    fs::create_symlink("/dev/zero", folder / "c.mock.yaml");
    fs::create_symlink("sparse", folder / "d.mock.yaml");
    fs::create_directory(folder / "e.mock.yaml");
    fs::create_symlink("f.mock.yaml", folder / "f.mock.yaml");
    const auto loaded = formats::load(folder);
    EXPECT_TRUE(loaded.servers.empty());
    EXPECT_THAT(loaded.errors, SizeIs(6));
    EXPECT_THAT(loaded.errors.front().error.message, HasSubstr("a link that leads outside"));
    for (const Problem &problem : loaded.errors)
        EXPECT_THAT(problem.error.text(), Not(HasSubstr("root:")));
}

TEST_F(HostileWorkspace, CannotHaveErrorsQuoteWhatALinkThatIsNamedLeadsTo)
{
    outer.write("keys", "secret: s3cr3t\n");
    outer.write("keys.json", R"({"lastMigration": "s3cr3t", "routes": s3cr3t})");
    fs::create_symlink("../keys", folder / "a.mock.yaml");
    fs::create_symlink("../keys.json", folder / "b.json");
    for (const char *name : {"a.mock.yaml", "b.json"}) {
        const auto loaded = formats::load(folder / name);
        ASSERT_THAT(loaded.errors, SizeIs(1)) << name;
        const std::string said = loaded.errors.front().error.text();
        EXPECT_THAT(said, Not(HasSubstr("secret"))) << name;
        EXPECT_THAT(said, Not(HasSubstr("s3cr3t"))) << name;
        EXPECT_THAT(said, HasSubstr("name that file itself to see it")) << name;
    }
    // Who names the file itself is told everything, and a good mock file may lie anywhere.
    EXPECT_THAT(formats::load(outer.path() / "keys").errors.front().error.text(),
                HasSubstr("secret"));
    outer.write("good.yaml", "understudy: 1\nname: Elsewhere\n");
    fs::create_symlink("../good.yaml", folder / "c.mock.yaml");
    const auto good = formats::load(folder / "c.mock.yaml");
    ASSERT_THAT(good.servers, SizeIs(1));
    EXPECT_EQ(good.servers[0].server.name, "Elsewhere");
}

TEST_F(HostileWorkspace, MayHaveMockFilesThatAreLinksInsideOfIt)
{
    std::ofstream(folder / "sub/real.mock.yaml") << "understudy: 1\nname: Real\n";
    fs::create_symlink("sub/real.mock.yaml", folder / "a.mock.yaml");
    const auto loaded = formats::load(folder);
    ASSERT_EQ(loaded.servers.size(), 1U);
    EXPECT_EQ(loaded.servers[0].server.name, "Real");
}

TEST_F(HostileWorkspace, CannotHoldUpAServerWithItsCertificates)
{
    for (const char *file : {"pipe", "/dev/zero", "sub", "sparse", "loop"}) {
        Tls tls;
        tls.kind = Tls::Kind::Pem;
        tls.certificate = file;
        const auto checked = checkTls(tls, folder, {}, std::chrono::system_clock::now());
        ASSERT_FALSE(checked) << file;
        EXPECT_THAT(checked.error().message, HasSubstr(file));
    }
}
