// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/wiremock/answer_export.h"

namespace understudy::formats::wiremock {

/// Latency, throttle and faults of a response and of what it stands in, as far as WireMock has
/// words for them; the others are noted.
void placeBehaviour(const Response &response, ResponseScope &scope, JsonObject &definition);

} // namespace understudy::formats::wiremock
