// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/media.h"
#include "core/model/server.h"

namespace understudy::formats::openapi {

/// Puts an endpoint for each operation of the document into `server`, in folders by their first
/// tag, and gives it the base paths that all of them have. Where they differ, each has an endpoint
/// for each of its own. Returns whether there are collections that buckets can be made of.
bool addOperations(const MakingOf &with, Server &server);

} // namespace understudy::formats::openapi
