// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <sys/stat.h>
#include <sys/types.h>

/// Whether the folder and the key of an authority are in nobody's hands but their owner's.
namespace understudy::wire {

/// The cure for an authority that cannot be used.
inline constexpr const char *kRenew = "make a new authority with: understudy-cli ca renew";

enum class AuthorityPart {
    Folder, ///< whoever writes into it can put an authority of their own there
    Key     ///< whoever reads it can stand in for every server that clients of the authority trust
};

/// Whether `user` can rely on a file with that owner and mode. It has to be the user's own, or
/// root's, and closed to others: a folder for writing, unless it is sticky (nobody replaces the
/// files of others there), a key for reading, too. What root hands out to a group, as it does with
/// mounted secrets, is its decision. Error: Access, with the cure.
Result<void> checkTrust(AuthorityPart part, const std::filesystem::path &path,
                        const struct stat &info, uid_t user);

/// The same for this process and what lies there now; what is not there is nothing to distrust.
Result<void> checkTrust(AuthorityPart part, const std::filesystem::path &path);

} // namespace understudy::wire
