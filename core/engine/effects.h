// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/validate.h"

#include <vector>

namespace understudy {

/// The keys that a document uses and that have no effect in this version, a warning for each place:
/// "'callbacks' has no effect in this version".
std::vector<Finding> keysWithoutEffect(const Server &server);

} // namespace understudy
