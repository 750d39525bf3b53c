// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/server.h"

#include <string_view>

namespace understudy::formats::openapi {

/// An answer that refuses a request: a problem+json (RFC 9457) with a list of what the request
/// failed of the rules under `none`, by which it is chosen.
Response problemAnswer(int status, std::string_view title, std::string_view detail);

} // namespace understudy::formats::openapi
