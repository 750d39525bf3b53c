// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/folders.h"
#include "core/model/server.h"

#include <vector>

namespace understudy::formats::openapi {

/// Makes buckets of collections: where `GET /users` answers with a list of objects and `GET
/// /users/{id}` is there, too, both and what else stands on these two paths become one endpoint
/// with CRUD, whose bucket begins with the list. What that answers otherwise than described is
/// noted. Those of `server` are added to.
void makeBuckets(Document &document, std::vector<TaggedEndpoint> &endpoints, Server &server);
/// Whether it would make one.
bool canMakeBuckets(const std::vector<TaggedEndpoint> &endpoints);

} // namespace understudy::formats::openapi
