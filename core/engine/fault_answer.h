// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/behaviour/rate_limiter.h"
#include "core/engine/answer_builder.h"
#include "core/http/request.h"
#include "core/model/behaviour.h"

#include <optional>
#include <string>

namespace understudy {

/// The answer that a fault sends instead of the response: status, rate-limit, redirect-loop,
/// expect-refuse. Nothing for the kinds that keep the response, and for a loop that has come to its
/// end. `effect` gets the words for the record.
std::optional<http::Response> faultAnswer(const Fault &fault, const std::optional<Quota> &quota,
                                          const http::RequestHead &request,
                                          const http::HeaderList &serverHeaders,
                                          std::string &effect);

/// RateLimit-Limit, -Remaining and -Reset (IETF draft httpapi-ratelimit-headers-03), each with
/// CR LF.
std::string quotaHeaders(const Quota &quota);

} // namespace understudy
