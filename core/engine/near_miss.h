// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/compiled_server.h"

#include <vector>

namespace understudy {

/// Endpoints whose path or method almost fits a request that nobody answers, nearest first, at most
/// `limit`. Looks at no more than a few thousand endpoints, so that a storm of unmatched requests
/// stays cheap.
std::vector<CandidateTrace> nearMisses(const std::vector<CompiledEndpoint> &endpoints,
                                       const std::vector<std::uint32_t> &otherMethods,
                                       const RequestView &request, std::size_t limit);

/// The body of the default 404: the request and its near misses, as JSON or as text.
std::string describeMisses(const RequestView &request, const std::vector<CandidateTrace> &misses,
                           bool asJson);

} // namespace understudy
