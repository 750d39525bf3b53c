// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/document.h"
#include "core/model/server.h"

#include <optional>

namespace understudy::formats::openapi {

/// The answer to requests that bring along what none of the operation's security requirements asks
/// for: a 401 as problem+json (RFC 9457), whose rule looks at where a key or token stands, not at
/// what it is. Nothing where everybody is let in.
std::optional<Response> refusalOfStrangers(Document &document, Element operation);

} // namespace understudy::formats::openapi
