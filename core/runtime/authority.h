// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/model/certificate_info.h"
#include "core/model/server.h"

#include <filesystem>

/// The local certificate authority that signs the certificates of `tls: self-signed`, and checks of
/// certificate files: what `understudy-cli ca` and the desktop's page show. The functions read and
/// write files and may be called from any thread.
namespace understudy {

/// Where the authority lies if nobody says otherwise: `understudy/authority` in the user's data
/// folder ($XDG_DATA_HOME, else ~/.local/share).
std::filesystem::path defaultAuthorityFolder();

/// The authority in `folder`; made there if there is none. Errors: Access or System; Invalid when
/// its files do not fit together; an authority that has expired is returned all the same.
Result<CertificateInfo> showAuthority(const std::filesystem::path &folder);
/// Writes the authority's certificate (PEM, without its key) to `target`, for browsers and clients
/// to trust. Errors: InUse where that is a file which holds anything but certificates, a key first
/// of all; those of files::writeFile.
Result<CertificateInfo> exportAuthority(const std::filesystem::path &folder,
                                        const std::filesystem::path &target);
/// Replaces the authority by a new one. Clients have to trust it anew; running servers use it from
/// their next start.
Result<CertificateInfo> renewAuthority(const std::filesystem::path &folder);

/// What a server with this TLS setting would show: reads the files, checks that key and
/// certificate belong together, the passphrase, the dates. `folder` is the mock file's. Errors name
/// the file and the cure: NotFound, Access, Invalid.
Result<CertificateInfo> checkTls(const Tls &tls, const std::filesystem::path &folder,
                                 const std::filesystem::path &authorityFolder, WallTime now);

} // namespace understudy
