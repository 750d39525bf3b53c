// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/authority.h"

#include "core/base/files.h"
#include "core/wire/tls/certificate_authority.h"
#include "core/wire/tls/tls_context.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <pwd.h>
#include <unistd.h>

namespace understudy {

namespace fs = std::filesystem;
using wire::CertificateAuthority;

namespace {

fs::path homeFolder()
{
    if (const char *home = std::getenv("HOME"); home && *home)
        return home;
    const passwd *user = getpwuid(getuid());
    return user && user->pw_dir ? user->pw_dir : "/";
}

/// Whether a certificate must not be written over this: a key is lost for good, and so is any other
/// file that was named by mistake.
bool isWorthKeeping(const fs::path &file)
{
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored))
        return false; // nothing, or a pipe
    const auto content = files::readFile(file, 1'000'000);
    if (!content)
        return true;
    const bool holdsKey = content->find("PRIVATE KEY") != std::string::npos;
    const bool holdsCertificate = content->find("-----BEGIN CERTIFICATE") != std::string::npos;
    return !content->empty() && (holdsKey || !holdsCertificate);
}

Result<CertificateInfo> infoOf(const Result<std::shared_ptr<CertificateAuthority>> &authority)
{
    if (!authority)
        return authority.error();
    return (*authority)->info();
}

} // namespace

fs::path defaultAuthorityFolder()
{
    // Relative paths are to be ignored, says the XDG Base Directory Specification.
    const char *data = std::getenv("XDG_DATA_HOME");
    const fs::path base
        = data && fs::path(data).is_absolute() ? fs::path(data) : homeFolder() / ".local/share";
    return base / "understudy" / "authority";
}

Result<CertificateInfo> showAuthority(const fs::path &folder)
{
    return infoOf(CertificateAuthority::open(folder));
}

Result<CertificateInfo> exportAuthority(const fs::path &folder, const fs::path &target)
{
    const auto authority = CertificateAuthority::open(folder);
    if (!authority)
        return authority.error();
    CertificateInfo info = (*authority)->info();
    std::error_code ignored;
    if (fs::equivalent(target, info.file, ignored))
        return info; // it is there already
    if (isWorthKeeping(target)) {
        return Error{
            ErrorCode::InUse,
            target.string()
                + " is there and holds something else than certificates; give another name",
            {}};
    }
    const auto written = files::writeFile(target, (*authority)->pem());
    if (written) {
        info.file = target;
        return info;
    }
    const std::string reason = written.error().code == ErrorCode::NotFound
                                   ? std::strerror(ENOENT)
                                   : written.error().message;
    return Error{written.error().code, "cannot write " + target.string() + ": " + reason, {}};
}

Result<CertificateInfo> renewAuthority(const fs::path &folder)
{
    return infoOf(CertificateAuthority::renew(folder));
}

Result<CertificateInfo> checkTls(const Tls &tls, const fs::path &folder,
                                 const fs::path &authorityFolder, WallTime now)
{
    std::shared_ptr<CertificateAuthority> authority;
    if (tls.kind == Tls::Kind::SelfSigned) {
        auto found = CertificateAuthority::peek(authorityFolder);
        if (!found)
            return found.error();
        authority = std::move(*found);
    }
    const auto context = wire::TlsContext::create(tls, folder, {}, std::move(authority), now);
    if (!context)
        return context.error();
    return (*context)->info();
}

} // namespace understudy
