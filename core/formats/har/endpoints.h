// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/har/entry.h"

#include <vector>

namespace understudy::formats::har {

/// The endpoints that answer as the recorded server did: one for each method and path, in the order
/// of the first request. Requests that differ in their query or body are told apart by rules; where
/// one was answered differently later on, the answers follow each other. With `waits` they wait as
/// long as the recorded ones did; without, the times are kept beside each answer.
std::vector<Item> makeEndpoints(std::vector<Entry> entries, bool waits, Notes &notes);

} // namespace understudy::formats::har
