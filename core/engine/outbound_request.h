// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/http/header_list.h"
#include "core/model/server.h"

#include <optional>
#include <string>

namespace understudy {

/// A request that goes out because of an answer, as it is sent.
struct OutboundRequest
{
    Duration after{}; ///< from the end of the answer
    std::string method;
    std::string url; ///< absolute, http or https
    http::HeaderList headers;
    std::string body;
    int retries = 0;               ///< further tries, where there was no answer or one of 5xx
    Duration backoff{};            ///< before the first of them; each time twice as long
    std::optional<Signature> sign; ///< with `secret`; the header is made when it is sent
    std::string error;             ///< why it cannot be sent; empty if it can
};

} // namespace understudy
