// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/media.h"
#include "core/formats/openapi/path_links.h"
#include "core/model/server.h"

#include <string>
#include <vector>

namespace understudy::formats::openapi {

/// The documented responses of an operation. The first is sent unasked: the lowest success, or else
/// what is there. Clients get the others by `Prefer: code=404`, `Prefer: example=NAME` and
/// `Accept`. At least one.
std::vector<Response> responsesOf(const MakingOf &with, const OperationPlace &place,
                                  const std::string &subject);

} // namespace understudy::formats::openapi
