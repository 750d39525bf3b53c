// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/wiremock/nodes.h"
#include "core/model/server.h"

#include <vector>

namespace understudy::formats::wiremock {

/// The webhooks among `serveEventListeners` and `postServeActions` of a stub, as callbacks
/// (reference/wiremock.md, section 13). Other listeners are Java; they are noted.
std::vector<Callback> translateWebhooks(const Node &stub, StubScope &scope);

} // namespace understudy::formats::wiremock
