// SPDX-License-Identifier: Apache-2.0
#include "core/wire/tls/trusted_files.h"

#include <unistd.h>

namespace understudy::wire {

Result<void> checkTrust(AuthorityPart part, const std::filesystem::path &path,
                        const struct stat &info, uid_t user)
{
    if (info.st_uid != user && info.st_uid != 0) {
        return Error{
            ErrorCode::Access,
            path.string()
                + " belongs to another user, who can stand in for any server with it; make "
                  "it yours (chown) if you put it there, or give another folder "
                  "(--ca-folder)",
            {}};
    }
    const bool isHandedOut = info.st_uid == 0 && user != 0;
    if (part == AuthorityPart::Folder) {
        const mode_t tooMuch = isHandedOut ? S_IWOTH : S_IWOTH | S_IWGRP;
        if ((info.st_mode & tooMuch) == 0 || (info.st_mode & S_ISVTX) != 0)
            return {};
        return Error{ErrorCode::Access,
                     path.string()
                         + " can be written by others than its owner: who does can put an "
                           "authority of their own there; chmod 700 it if nobody has, or give "
                           "another folder (--ca-folder)",
                     {}};
    }
    const mode_t tooMuch = isHandedOut ? S_IRWXO | S_IWGRP : S_IRWXO | S_IRWXG;
    if ((info.st_mode & tooMuch) == 0)
        return {};
    return Error{ErrorCode::Access,
                 path.string()
                     + " can be read or written by others than its owner: who has it can stand in "
                       "for any server; chmod 600 it if nobody has, or "
                     + kRenew,
                 {}};
}

Result<void> checkTrust(AuthorityPart part, const std::filesystem::path &path)
{
    struct stat info
    {};
    if (::stat(path.c_str(), &info) != 0)
        return {}; // using it says why
    return checkTrust(part, path, info, ::geteuid());
}

} // namespace understudy::wire
