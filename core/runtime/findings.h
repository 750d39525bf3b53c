// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/behaviour/network_profile.h"
#include "core/model/validate.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// Everything that can be said about a document: what the window lists as problems, what
/// `understudy-cli validate` prints and what a server logs when it starts.
///
/// It lies here because it asks the engine and the certificate files, which core/formats and a
/// workspace above it may not; the line and the column of a finding, which only the text of a file
/// can tell, are formats::placeFindings' or formats::native::locate's to add.
namespace understudy {

class Scripting;

struct FindingsOptions
{
    std::filesystem::path folder = "."; ///< of the mock file
    bool allowOutside = false;          ///< body files may lie outside of it
    /// A rule with a broken expression is off and the server runs; it is an error all the same.
    bool toleratesBrokenRules = false;
    std::vector<NetworkProfile> profiles = builtinNetworkProfiles();
    /// Where the authority of `tls: self-signed` lies; empty: in memory. Nothing: certificates are
    /// not looked at.
    std::optional<std::filesystem::path> authorityFolder{};
    WallTime now{}; ///< by which certificates are valid
    /// For what is said about scripts; null: nothing is.
    std::shared_ptr<Scripting> scripting{};
};

/// What validate() and the engine's compiler object to, certificate files that cannot be shown
/// (field "listen.tls"), body files that cannot be sent, keys without effect, endpoints and
/// responses that are never reached. Errors first, then warnings, each in the order of the
/// document. Reads files; as fast as starting the server, so call it on a worker where somebody
/// waits.
std::vector<Finding> findAll(const Server &server, const FindingsOptions &options);

/// The same for a log: a line for each message, with its owner where it has one and the number of
/// places where it has several.
std::vector<std::pair<Severity, std::string>> summary(const Server &server,
                                                      const std::vector<Finding> &findings);

} // namespace understudy
