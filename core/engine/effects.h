// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/server.h"

#include <string>
#include <vector>

namespace understudy {

/// The keys that a document uses and that have no effect in this version, one sentence per key with
/// the number of places:
/// "'callbacks' has no effect yet (3 responses)". Said once, when a server starts.
std::vector<std::string> keysWithoutEffect(const Server &server);

} // namespace understudy
