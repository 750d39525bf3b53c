// SPDX-License-Identifier: Apache-2.0
#include "core/wire/tls/certificate_authority.h"

#include "core/base/files.h"
#include "core/wire/tls/certificate_authority_private.h"
#include "core/wire/tls/certificate_files.h"
#include "core/wire/tls/trusted_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace understudy::wire {

namespace fs = std::filesystem;

namespace {

using namespace std::chrono_literals;

constexpr auto kLifetime = 24h * 3650;
/// Clocks of clients on other machines may be a little behind.
constexpr auto kClockTolerance = 24h;
constexpr const char *kCertificateFile = "authority.pem";
constexpr const char *kKeyFile = "authority-key.pem";

Error fileError(const char *what, const fs::path &file, int reason)
{
    const bool access = reason == EACCES || reason == EPERM || reason == EROFS;
    return {access ? ErrorCode::Access : ErrorCode::System,
            std::string(what) + " " + file.string() + ": " + std::strerror(reason)
                + (access ? "; give another folder for the authority (--ca-folder)" : ""),
            {}};
}

class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {}
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    int number() const { return m_number; }

private:
    int m_number;
};

/// Opens the folder and waits for its lock, so that two programs that start together make one
/// authority, and nobody reads a key beside a certificate that is being replaced.
Result<std::unique_ptr<Descriptor>> lockFolder(const fs::path &folder, bool mayWrite)
{
    auto descriptor
        = std::make_unique<Descriptor>(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (descriptor->number() < 0)
        return fileError("cannot open", folder, errno);
    while (::flock(descriptor->number(), mayWrite ? LOCK_EX : LOCK_SH) != 0) {
        if (errno != EINTR)
            break; // a file system without locks
    }
    return descriptor;
}

Result<void> makeFolder(const fs::path &folder)
{
    std::error_code error;
    if (fs::is_directory(folder, error))
        return {};
    if (folder.has_parent_path() && !folder.parent_path().empty()) {
        fs::create_directories(folder.parent_path(), error);
        if (error)
            return fileError("cannot make", folder.parent_path(), error.value());
    }
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
        return fileError("cannot make", folder, errno);
    return {};
}

Result<void> writeFile(const fs::path &file, const std::string &bytes, fs::perms mode)
{
    const auto written = files::writeFile(file, bytes, {mode, false, true});
    if (written)
        return {};
    const Error &error = written.error();
    std::string message = file.string() + ": " + error.message;
    if (error.code == ErrorCode::Access)
        message += "; give another folder for the authority (--ca-folder)";
    return Error{error.code, std::move(message), {}};
}

bool isThere(const fs::path &file)
{
    std::error_code ignored;
    return fs::exists(fs::symlink_status(file, ignored));
}

bool isThereAny(const fs::path &folder)
{
    return isThere(folder / kCertificateFile) || isThere(folder / kKeyFile);
}

Error damaged(const fs::path &file, const char *what)
{
    return {ErrorCode::Invalid,
            file.string() + " " + what + "; put the right file back, or " + kRenew,
            {}};
}

Result<void> write(const CertificateAuthority::Private &authority, const fs::path &folder)
{
    constexpr fs::perms owner = fs::perms::owner_read | fs::perms::owner_write;
    if (const auto key = writeFile(folder / kKeyFile, pemText(authority.key.get()), owner); !key)
        return key.error();
    return writeFile(folder / kCertificateFile, pemText(authority.certificate.get()),
                     owner | fs::perms::group_read | fs::perms::others_read);
}

} // namespace

CertificatePtr CertificateAuthority::Private::issue(std::vector<std::string> names,
                                                    EVP_PKEY *leafKey, WallTime notBefore,
                                                    WallTime notAfter) const
{
    CertificateSpec spec;
    spec.commonName = names.empty() ? std::string() : names.front();
    spec.names = std::move(names);
    spec.notBefore = notBefore;
    spec.notAfter = notAfter;
    return newCertificate(spec, leafKey, certificate.get(), key.get());
}

CertificateAuthority::CertificateAuthority(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{}

CertificateAuthority::~CertificateAuthority() = default;

Result<std::shared_ptr<CertificateAuthority>> CertificateAuthority::make()
{
    auto made = std::make_unique<Private>();
    const WallTime now = std::chrono::system_clock::now();
    CertificateSpec spec;
    spec.commonName = "Understudy local authority";
    spec.notBefore = now - kClockTolerance;
    spec.notAfter = now + kLifetime;
    spec.isAuthority = true;
    made->key = newKey();
    made->certificate = newCertificate(spec, made->key.get(), nullptr, nullptr);
    if (!made->certificate)
        return Error{ErrorCode::System, "cannot make an authority: " + opensslReason(), {}};
    return std::shared_ptr<CertificateAuthority>(new CertificateAuthority(std::move(made)));
}

Result<std::shared_ptr<CertificateAuthority>> CertificateAuthority::read(const fs::path &folder)
{
    const fs::path certificateFile = folder / kCertificateFile;
    const fs::path keyFile = folder / kKeyFile;
    for (const fs::path &file : {certificateFile, keyFile}) {
        if (!isThere(file))
            return damaged(file, "is missing");
    }
    const auto certificate = readSmallFile(certificateFile);
    if (!certificate)
        return certificate.error();
    if (const auto checked = checkTrust(AuthorityPart::Key, keyFile); !checked)
        return checked.error();
    const auto key = readSmallFile(keyFile);
    if (!key)
        return key.error();
    auto found = std::make_unique<Private>();
    found->file = certificateFile;
    found->certificate = certificateFromPem(*certificate);
    found->key = keyFromPem(*key);
    if (!found->certificate)
        return damaged(certificateFile, "is damaged");
    if (!found->key)
        return damaged(keyFile, "is damaged");
    if (X509_check_ca(found->certificate.get()) != 1)
        return damaged(certificateFile, "is not the certificate of an authority");
    if (X509_check_private_key(found->certificate.get(), found->key.get()) != 1) {
        opensslReason();
        return damaged(keyFile, "does not belong to authority.pem");
    }
    return std::shared_ptr<CertificateAuthority>(new CertificateAuthority(std::move(found)));
}

Result<std::shared_ptr<CertificateAuthority>> CertificateAuthority::open(const fs::path &folder)
{
    if (folder.empty())
        return make();
    if (const auto made = makeFolder(folder); !made)
        return made.error();
    const auto lock = lockFolder(folder, true);
    if (!lock)
        return lock.error();
    if (const auto checked = checkTrust(AuthorityPart::Folder, folder); !checked)
        return checked.error();
    if (isThereAny(folder))
        return read(folder);
    auto made = make();
    if (!made)
        return made.error();
    if (const auto written = write((*made)->d(), folder); !written)
        return written.error();
    (*made)->m_d->file = folder / kCertificateFile;
    return made;
}

Result<std::shared_ptr<CertificateAuthority>> CertificateAuthority::peek(const fs::path &folder)
{
    if (folder.empty() || !isThereAny(folder))
        return make();
    const auto lock = lockFolder(folder, false);
    if (!lock)
        return lock.error();
    if (const auto checked = checkTrust(AuthorityPart::Folder, folder); !checked)
        return checked.error();
    return read(folder);
}

Result<std::shared_ptr<CertificateAuthority>> CertificateAuthority::renew(const fs::path &folder)
{
    if (const auto made = makeFolder(folder); !made)
        return made.error();
    const auto lock = lockFolder(folder, true);
    if (!lock)
        return lock.error();
    if (const auto checked = checkTrust(AuthorityPart::Folder, folder); !checked)
        return checked.error();
    auto made = make();
    if (!made)
        return made.error();
    if (const auto written = write((*made)->d(), folder); !written)
        return written.error();
    (*made)->m_d->file = folder / kCertificateFile;
    return made;
}

CertificateInfo CertificateAuthority::info() const
{
    CertificateInfo info = certificateInfo(m_d->certificate.get());
    info.file = m_d->file;
    return info;
}

std::string CertificateAuthority::pem() const { return pemText(m_d->certificate.get()); }

} // namespace understudy::wire
