// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/workspace/import_stamp.h"

#include <map>
#include <set>
#include <string>
#include <vector>

/// What of a document, of its last import and of a mock file is the same thing, though ids and
/// places may have moved.
namespace understudy::workspace {

/// Which of the servers that were imported before each offered one is, by their places in
/// `earlier`: those of the same document and name, or else one at the same place in it that has an
/// endpoint of the same id and no other to be. Several where a mock file was copied.
std::vector<std::vector<std::size_t>> matchServers(const std::vector<ImportStamp> &earlier,
                                                   const std::vector<ImportStamp> &offered);

/// What an endpoint or a response is known by.
struct Fingerprint
{
    std::string id;
    KeyHashes keys;
    std::map<std::string, KeyHashes, std::less<>> responses; ///< of an endpoint
};

/// The ids of those in `before` that those in `now` are, by the ids of these. First what says the
/// very same, then what answers the same requests (methods, path and rules of an endpoint; status
/// and rules of a response), then what has the same id.
std::map<std::string, std::string, std::less<>> pairIds(const std::vector<Fingerprint> &before,
                                                        const std::vector<Fingerprint> &now);

/// The endpoints of a canonical tree in their order, and those of a stamp.
std::vector<Fingerprint> fingerprintsOf(const formats::yaml::Node &server);
std::vector<Fingerprint> fingerprintsOf(const ImportStamp &stamp);
/// The responses of an endpoint.
std::vector<Fingerprint> responsesOf(const Fingerprint &endpoint);

/// `id`, or the first of "id-2", "id-3", … that is not taken; it is from then on.
std::string freeId(const std::string &id, std::set<std::string, std::less<>> &taken);

} // namespace understudy::workspace
