// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/authority.h"

#include "core/wire/tls/certificate_authority_private.h"
#include "core/wire/tls/trusted_files.h"
#include "tests/support/mock.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace understudy;
using namespace understudy::test;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;

mode_t modeOf(const fs::path &path)
{
    struct stat info = {};
    stat(path.c_str(), &info);
    return info.st_mode & 0777U;
}

std::string contentOf(const fs::path &path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// An authority in a folder, for tests that spoil it.
struct Kept
{
    TemporaryFolder outer;
    fs::path folder = outer.path() / "understudy" / "authority";
    Result<CertificateInfo> made = showAuthority(folder);

    std::string complaint() const
    {
        const auto shown = showAuthority(folder);
        return shown ? "no complaint" : shown.error().message;
    }
};

} // namespace

TEST(Authority, IsMadeInAFolderOfItsOwnersAlone)
{
    const Kept kept;
    ASSERT_TRUE(kept.made) << kept.made.error().message;
    EXPECT_EQ(modeOf(kept.folder), 0700U);
    EXPECT_EQ(modeOf(kept.folder / "authority-key.pem"), 0600U);
    EXPECT_EQ(kept.made->file, kept.folder / "authority.pem");
    EXPECT_EQ(kept.made->subject, "CN=Understudy local authority");
    EXPECT_EQ(kept.made->issuer, kept.made->subject);
    EXPECT_EQ(kept.made->sha256.size(), 95U);
    EXPECT_GT(kept.made->notAfter, std::chrono::system_clock::now() + 24h * 365 * 9);
}

TEST(Authority, IsTheSameNextTime)
{
    const Kept kept;
    EXPECT_EQ(showAuthority(kept.folder)->sha256, kept.made->sha256);
}

TEST(Authority, IsOneThoughManyStartAtOnce)
{
    const TemporaryFolder outer;
    const fs::path folder = outer.path() / "authority";
    std::vector<std::string> seen(8);
    std::vector<std::thread> threads;
    threads.reserve(seen.size());
    for (std::string &mine : seen) {
        threads.emplace_back([&mine, &folder] {
            const auto shown = showAuthority(folder);
            mine = shown ? shown->sha256 : shown.error().message;
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_THAT(seen, testing::Each(seen.front()));
}

TEST(Authority, IsExportedWithoutItsKey)
{
    const Kept kept;
    const fs::path target = kept.outer.path() / "trust-me.pem";
    const auto exported = exportAuthority(kept.folder, target);
    ASSERT_TRUE(exported) << exported.error().message;
    EXPECT_EQ(exported->file, target);
    EXPECT_EQ(contentOf(target), contentOf(kept.folder / "authority.pem"));
    EXPECT_THAT(contentOf(target), testing::Not(HasSubstr("PRIVATE KEY")));
}

TEST(Authority, SaysThatItCannotBeExportedThere)
{
    const Kept kept;
    const auto exported = exportAuthority(kept.folder, kept.outer.path() / "none" / "a.pem");
    ASSERT_FALSE(exported);
    EXPECT_THAT(exported.error().message, HasSubstr("a.pem: No such file or directory"));
}

TEST(Authority, IsLeftAloneWhenItIsExportedOntoItself)
{
    const Kept kept;
    ASSERT_TRUE(exportAuthority(kept.folder, kept.folder / "authority.pem"));
    EXPECT_EQ(showAuthority(kept.folder)->sha256, kept.made->sha256);
}

TEST(Authority, IsNotExportedOverAKeyOrAnotherFile)
{
    const Kept kept;
    const std::string key = contentOf(kept.folder / "authority-key.pem");
    fs::create_symlink(kept.folder / "authority-key.pem", kept.outer.path() / "link");
    fs::create_hard_link(kept.folder / "authority-key.pem", kept.outer.path() / "same");
    kept.outer.write("both.pem", "-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n");
    kept.outer.write("notes.txt", "mine");
    for (const fs::path &target :
         {kept.folder / "authority-key.pem", kept.outer.path() / "link", kept.outer.path() / "same",
          kept.outer.path() / "both.pem", kept.outer.path() / "notes.txt"}) {
        const std::string before = contentOf(target);
        const auto exported = exportAuthority(kept.folder, target);
        ASSERT_FALSE(exported) << target;
        EXPECT_EQ(exported.error().code, ErrorCode::InUse);
        EXPECT_EQ(contentOf(target), before);
    }
    EXPECT_EQ(contentOf(kept.folder / "authority-key.pem"), key);
}

TEST(Authority, IsExportedOverAnOlderCertificate)
{
    const Kept kept;
    const fs::path target = kept.outer.path() / "trust-me.pem";
    ASSERT_TRUE(exportAuthority(kept.folder, target));
    ASSERT_TRUE(renewAuthority(kept.folder));
    ASSERT_TRUE(exportAuthority(kept.folder, target));
    EXPECT_EQ(contentOf(target), contentOf(kept.folder / "authority.pem"));
}

TEST(Authority, IsRefusedWhenOthersCanReadItsKey)
{
    const Kept kept;
    const fs::path key = kept.folder / "authority-key.pem";
    for (const mode_t mode : {0644U, 0640U, 0604U, 0602U}) {
        ASSERT_EQ(::chmod(key.c_str(), mode), 0);
        const auto shown = showAuthority(kept.folder);
        ASSERT_FALSE(shown) << mode;
        EXPECT_EQ(shown.error().code, ErrorCode::Access);
        EXPECT_THAT(shown.error().message,
                    AllOf(HasSubstr("authority-key.pem can be read"), HasSubstr("chmod 600")));
        EXPECT_FALSE(checkTls({}, {}, kept.folder, std::chrono::system_clock::now()));
    }
    ASSERT_TRUE(renewAuthority(kept.folder));
    EXPECT_EQ(modeOf(key), 0600U);
    EXPECT_EQ(kept.complaint(), "no complaint");
}

TEST(Authority, IsRefusedWhenOthersCanWriteIntoItsFolder)
{
    const Kept kept;
    for (const mode_t mode : {0777U, 0770U, 0702U, 0720U}) {
        ASSERT_EQ(::chmod(kept.folder.c_str(), mode), 0);
        const auto shown = showAuthority(kept.folder);
        ASSERT_FALSE(shown) << mode;
        EXPECT_EQ(shown.error().code, ErrorCode::Access);
        EXPECT_THAT(shown.error().message,
                    AllOf(HasSubstr("can be written by others"), HasSubstr("chmod 700")));
        EXPECT_FALSE(renewAuthority(kept.folder));
        EXPECT_FALSE(checkTls({}, {}, kept.folder, std::chrono::system_clock::now()));
    }
    for (const mode_t mode : {01777U, 0755U, 0700U}) {
        ASSERT_EQ(::chmod(kept.folder.c_str(), mode), 0);
        EXPECT_EQ(kept.complaint(), "no complaint") << mode;
    }
}

TEST(Authority, IsNotMadeWhereOthersCanWrite)
{
    const TemporaryFolder outer;
    const fs::path folder = outer.path() / "open";
    fs::create_directory(folder);
    ASSERT_EQ(::chmod(folder.c_str(), 0777), 0);
    EXPECT_FALSE(showAuthority(folder));
    EXPECT_FALSE(fs::exists(folder / "authority-key.pem"));
}

TEST(Authority, IsTrustedByItsOwnerAndRootsAloneAndIfOthersAreShutOut)
{
    struct Row
    {
        wire::AuthorityPart part;
        uid_t owner;
        uid_t user;
        mode_t mode;
        const char *complaint; // empty: trusted
    };
    constexpr auto kFolder = wire::AuthorityPart::Folder;
    constexpr auto kKey = wire::AuthorityPart::Key;
    const std::vector<Row> rows{
        {kFolder, 1000, 1000, 0755, ""},
        {kFolder, 1000, 1000, 01777, ""},
        {kFolder, 1000, 1000, 0775, "can be written by others"},
        {kFolder, 0, 1000, 0775, ""}, // root's decision
        {kFolder, 0, 1000, 0777, "can be written by others"},
        {kFolder, 0, 0, 0775, "can be written by others"},
        {kFolder, 1001, 1000, 0700, "belongs to another user"},
        {kFolder, 1000, 0, 0700, "belongs to another user"},
        {kKey, 1000, 1000, 0600, ""},
        {kKey, 1000, 1000, 0640, "can be read or written by others"},
        {kKey, 0, 1000, 0440, ""}, // a mounted secret
        {kKey, 0, 1000, 0444, "can be read or written by others"},
        {kKey, 1001, 1000, 0600, "belongs to another user"},
    };
    for (const Row &row : rows) {
        struct stat info = {};
        info.st_uid = row.owner;
        info.st_mode = row.mode;
        const auto trusted = wire::checkTrust(row.part, "x", info, row.user);
        const std::string said = trusted ? "" : trusted.error().message;
        EXPECT_THAT(said, HasSubstr(row.complaint));
        EXPECT_EQ(said.empty(), *row.complaint == '\0') << said;
    }
}

TEST(Authority, IsRefusedWhenItsFilesAreNotTrusted)
{
    const Kept kept;
    const fs::path key = kept.folder / "authority-key.pem";
    // Only root can give files away; the table above has the rule for everybody.
    for (const fs::path &path :
         ::geteuid() == 0 ? std::vector{kept.folder, key} : std::vector<fs::path>{}) {
        ASSERT_EQ(::chown(path.c_str(), 12345, 12345), 0);
        EXPECT_THAT(kept.complaint(), AllOf(HasSubstr(path.string() + " belongs to another user"),
                                            HasSubstr("chown")));
        ASSERT_EQ(::chown(path.c_str(), 0, 0), 0);
        EXPECT_EQ(kept.complaint(), "no complaint");
    }
    ASSERT_EQ(::chmod(key.c_str(), 0644), 0);
    EXPECT_THAT(kept.complaint(), HasSubstr("can be read"));
    ASSERT_TRUE(renewAuthority(kept.folder));
    EXPECT_EQ(kept.complaint(), "no complaint");
}

TEST(Authority, IsRenewed)
{
    const Kept kept;
    const auto renewed = renewAuthority(kept.folder);
    ASSERT_TRUE(renewed) << renewed.error().message;
    EXPECT_NE(renewed->sha256, kept.made->sha256);
    EXPECT_EQ(showAuthority(kept.folder)->sha256, renewed->sha256);
    EXPECT_EQ(modeOf(kept.folder / "authority-key.pem"), 0600U);
}

TEST(Authority, SaysThatAFileIsMissing)
{
    const Kept kept;
    fs::remove(kept.folder / "authority-key.pem");
    EXPECT_THAT(kept.complaint(), AllOf(HasSubstr("authority-key.pem is missing"),
                                        HasSubstr("understudy-cli ca renew")));
    ASSERT_TRUE(renewAuthority(kept.folder));
    fs::remove(kept.folder / "authority.pem");
    EXPECT_THAT(kept.complaint(), HasSubstr("authority.pem is missing"));
}

TEST(Authority, SaysThatAFileIsDamagedAndIsRenewedAllTheSame)
{
    const Kept kept;
    for (const char *file : {"authority.pem", "authority-key.pem"}) {
        std::ofstream(kept.folder / file) << "scribble";
        const auto shown = showAuthority(kept.folder);
        ASSERT_FALSE(shown);
        EXPECT_EQ(shown.error().code, ErrorCode::Invalid);
        EXPECT_THAT(shown.error().message, AllOf(HasSubstr(std::string(file) + " is damaged"),
                                                 HasSubstr("understudy-cli ca renew")));
        EXPECT_TRUE(renewAuthority(kept.folder));
        EXPECT_EQ(kept.complaint(), "no complaint");
    }
}

TEST(Authority, SaysThatKeyAndCertificateAreOfTwo)
{
    const Kept kept;
    const std::string key = contentOf(kept.folder / "authority-key.pem");
    ASSERT_TRUE(renewAuthority(kept.folder));
    std::ofstream(kept.folder / "authority-key.pem", std::ios::trunc) << key;
    EXPECT_THAT(kept.complaint(), HasSubstr("authority-key.pem does not belong to authority.pem"));
}

TEST(Authority, IsNoServersCertificate)
{
    const Kept kept;
    const auto key = wire::newKey();
    const WallTime now = std::chrono::system_clock::now();
    const auto leaf
        = wire::newCertificate({"x", {"x"}, now - 24h, now + 24h}, key.get(), nullptr, nullptr);
    std::ofstream(kept.folder / "authority.pem") << wire::pemText(leaf.get());
    std::ofstream(kept.folder / "authority-key.pem") << wire::pemText(key.get());
    EXPECT_THAT(kept.complaint(), HasSubstr("is not the certificate of an authority"));
}

TEST(Authority, SaysThatAFolderCannotBeMade)
{
    const TemporaryFolder outer;
    outer.write("file", "in the way");
    const auto shown = showAuthority(outer.path() / "file" / "authority");
    ASSERT_FALSE(shown);
    EXPECT_EQ(shown.error().code, ErrorCode::System);
    EXPECT_THAT(shown.error().message, HasSubstr("cannot make"));
}

TEST(Authority, LiesInTheUsersDataFolder)
{
    const char *data = std::getenv("XDG_DATA_HOME");
    const std::string before = data ? data : "";
    setenv("XDG_DATA_HOME", "/data", 1);
    EXPECT_EQ(defaultAuthorityFolder(), "/data/understudy/authority");
    setenv("XDG_DATA_HOME", "relative", 1);
    EXPECT_THAT(defaultAuthorityFolder().string(),
                testing::EndsWith("/.local/share/understudy/authority"));
    if (data)
        setenv("XDG_DATA_HOME", before.c_str(), 1);
    else
        unsetenv("XDG_DATA_HOME");
}

// What a server would show

TEST(CheckTls, ShowsTheCertificateOfASelfSignedServerWithoutMakingAnAuthority)
{
    const TemporaryFolder outer;
    const fs::path folder = outer.path() / "authority";
    const auto shown = checkTls({}, {}, folder, std::chrono::system_clock::now());
    ASSERT_TRUE(shown) << shown.error().message;
    EXPECT_EQ(shown->issuer, "CN=Understudy local authority");
    EXPECT_THAT(shown->names, testing::Contains("localhost"));
    EXPECT_FALSE(fs::exists(folder));
}

TEST(CheckTls, RefusesAnAuthorityThatHasExpired)
{
    const Kept kept;
    const auto checked = checkTls({}, {}, kept.folder, kept.made->notAfter + 1h);
    ASSERT_FALSE(checked);
    EXPECT_THAT(checked.error().message, AllOf(HasSubstr("the local authority expired on"),
                                               HasSubstr("understudy-cli ca renew")));
    EXPECT_TRUE(showAuthority(kept.folder));
}

TEST(CheckTls, RefusesADamagedAuthority)
{
    const Kept kept;
    std::ofstream(kept.folder / "authority.pem") << "scribble";
    const auto checked = checkTls({}, {}, kept.folder, std::chrono::system_clock::now());
    ASSERT_FALSE(checked);
    EXPECT_THAT(checked.error().message, HasSubstr("authority.pem is damaged"));
}
