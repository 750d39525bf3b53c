// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/model/server.h"

namespace understudy::formats::wiremock {

/// Puts an endpoint's path into a request pattern, with what its parameters have to match.
void placePath(const Server &server, const Endpoint &endpoint, JsonObject &pattern);

} // namespace understudy::formats::wiremock
