// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/document.h"
#include "core/model/server.h"

#include <string>
#include <vector>

namespace understudy::formats::openapi {

/// An endpoint and the tag it is filed under; empty: under none.
struct TaggedEndpoint
{
    Endpoint endpoint;
    std::string tag;
};

/// Folders in the order of the document's tags, below their `parent` (version 3.2), then those that
/// are only used, then the endpoints without a tag. Folders that would be empty are left out.
std::vector<Item> intoFolders(Document &document, std::vector<TaggedEndpoint> endpoints);

} // namespace understudy::formats::openapi
