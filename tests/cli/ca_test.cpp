// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/folder.h"
#include "tests/cli/process.h"

#include <csignal>
#include <cstdlib>
#include <gmock/gmock.h>

namespace understudy::cli_test {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;

/// A mock file whose listen.tls is `tls`.
std::string tlsFile(const std::string &name, const std::string &tls)
{
    return "understudy: 1\nname: " + name + "\nlisten:\n  port: 0\n  tls: " + tls
           + "\nendpoints:\n- path: /a\n  responses:\n  - body: yes\n";
}

TEST(Ca, ShowsWhereTheAuthorityLiesAndHowToTrustIt)
{
    const Folder folder;
    const Finished run = runCli({"ca", "show", "--folder", folder.path("own ca")});
    EXPECT_EQ(run.exitCode, 0) << run.error;
    EXPECT_EQ(run.error, "");
    EXPECT_THAT(run.output,
                AllOf(HasSubstr("authority    CN=Understudy local authority\n"),
                      HasSubstr("certificate  " + folder.path("own ca/authority.pem") + "\n"),
                      ContainsRegex("fingerprint  SHA-256 [0-9A-F][0-9A-F]:"),
                      ContainsRegex("valid        [0-9-]+ to [0-9-]+\n"),
                      HasSubstr("curl --cacert '" + folder.path("own ca/authority.pem") + "'")));
    EXPECT_EQ(runCli({"ca", "show", "--folder", folder.path("own ca")}).output, run.output);
}

TEST(Ca, LiesInTheUsersDataFolder)
{
    const Folder folder;
    setenv("XDG_DATA_HOME", folder.path().c_str(), 1);
    const Finished run = runCli({"ca", "show"});
    unsetenv("XDG_DATA_HOME");
    EXPECT_THAT(run.output, HasSubstr(folder.path("understudy/authority/authority.pem")));
}

TEST(Ca, ExportsTheCertificateWithoutTheKey)
{
    const Folder folder;
    const Finished run
        = runCli({"ca", "export", folder.path("trust.pem"), "--folder", folder.path("ca")});
    EXPECT_EQ(run.exitCode, 0) << run.error;
    EXPECT_THAT(run.output, HasSubstr("certificate  " + folder.path("trust.pem")));
    EXPECT_EQ(folder.read("trust.pem"), folder.read("ca/authority.pem"));
    EXPECT_THAT(folder.read("trust.pem"), HasSubstr("-----BEGIN CERTIFICATE-----"));
}

TEST(Ca, RenewsTheAuthority)
{
    const Folder folder;
    const std::string before = runCli({"ca", "show", "--folder", folder.path("ca")}).output;
    const Finished run = runCli({"ca", "renew", "--folder", folder.path("ca")});
    EXPECT_EQ(run.exitCode, 0) << run.error;
    EXPECT_NE(run.output, before);
    EXPECT_EQ(runCli({"ca", "show", "--folder", folder.path("ca")}).output, run.output);
}

TEST(Ca, SaysWhatIsWrongWithTheAuthority)
{
    const Folder folder;
    folder.write("authority.pem", "scribble");
    const Finished run = runCli({"ca", "show", "--folder", folder.path()});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, AllOf(HasSubstr("authority-key.pem is missing"),
                                 HasSubstr("understudy-cli ca renew")));
}

TEST(Ca, NamesTheNearestAction)
{
    const Finished run = runCli({"ca", "exprot", "x"});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, HasSubstr("unknown action exprot; did you mean export?"));
    EXPECT_THAT(runCli({"ca"}).error, HasSubstr("needs one of show, export FILE, renew"));
    EXPECT_THAT(runCli({"ca", "export"}).error, HasSubstr("export needs a FILE"));
    EXPECT_THAT(runCli({"ca", "show", "x"}).error, HasSubstr("superfluous operand x"));
}

TEST(ValidateTls, FindsACertificateThatIsNotThere)
{
    const Folder folder;
    const std::string file
        = folder.write("a.mock.yaml", tlsFile("A", "{certificate: none.pem, key: none-key.pem}"));
    const Finished run = runCli({"validate", file});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.output, HasSubstr(file + ":5:8: cannot read " + folder.path("none.pem")));
}

TEST(ValidateTls, AcceptsASelfSignedServerAndMakesNoAuthority)
{
    const Folder folder;
    const std::string file = folder.write("a.mock.yaml", tlsFile("A", "self-signed"));
    const Finished run = runCli({"validate", file, "--ca-folder", folder.path("ca")});
    EXPECT_EQ(run.exitCode, 0) << run.output;
    EXPECT_FALSE(std::filesystem::exists(folder.path("ca")));
}

TEST(ValidatePresets, PrintsTheProblemsOfThePresetsFile)
{
    const Folder folder;
    folder.write("presets.yaml", "networks:\n- {name: train, latency: fast}\n");
    const Finished run
        = runCli({"validate", folder.write("a.mock.yaml", mockFile("A", "/a", "yes"))});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.output, HasSubstr(folder.path("presets.yaml") + ":2:"));
}

TEST(ServeTls, ListensWithTheAuthorityOfTheFolderGiven)
{
    const Folder folder;
    Process cli({"serve", folder.write("a.mock.yaml", tlsFile("A", "self-signed")), "--ca-folder",
                 folder.path("ca")});
    EXPECT_THAT(cli.outputLine("listening"), HasSubstr("listening https://127.0.0.1:"));
    EXPECT_TRUE(std::filesystem::exists(folder.path("ca/authority.pem")));
}

TEST(ServeTls, LeavesAServerWithoutItsKeyOutAndRunsTheOthers)
{
    const Folder folder;
    folder.write("a.mock.yaml", tlsFile("Broken", "{certificate: c.pem, key: k.pem}"));
    folder.write("b.mock.yaml", mockFile("Whole", "/b", "yes"));
    Process cli({"serve", folder.path()});
    EXPECT_THAT(cli.errorLine("Broken: error:"), HasSubstr("c.pem"));
    EXPECT_THAT(cli.outputLine("listening"), testing::EndsWith(" Whole"));
    cli.signal(SIGTERM);
    EXPECT_EQ(cli.exitCode(), 0);
}

TEST(ServeTls, Exits1WhenNoServerIsLeft)
{
    const Folder folder;
    const Finished run
        = runCli({"serve", folder.write("a.mock.yaml", tlsFile("Broken", "{pkcs12: c.p12}"))});
    EXPECT_EQ(run.exitCode, 1);
    EXPECT_THAT(run.error, HasSubstr("c.p12"));
    EXPECT_EQ(run.output, "");
}

} // namespace
} // namespace understudy::cli_test
