// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/wiremock/nodes.h"
#include "core/model/server.h"

#include <optional>

namespace understudy::formats::wiremock {

/// What a response definition (reference/wiremock.md, section 5.2) makes of a stub.
struct Answer
{
    Response response;
    /// Beside the one of `response`, where the mapping has a fixed delay and a drawn one.
    std::optional<LatencyModel> fixedDelay;
    bool isServed = true; ///< false: it is proxied, which is noted
};

/// `definition` may be null: an empty 200.
Answer translateAnswer(const Node *definition, StubScope &scope);

/// `{"type": "lognormal", …}`; nothing where it is none, which is noted.
std::optional<LatencyModel> translateDelay(const Node &distribution, StubScope &scope);

/// A map of names to a text or a list of texts.
http::HeaderList translateHeaders(const Node &headers, StubScope &scope);

} // namespace understudy::formats::wiremock
