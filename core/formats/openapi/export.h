// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"

namespace understudy::formats::openapi {

/// A server as an OpenAPI 3.1 document in JSON; the same text for the same server. What a document
/// has no word for is in the report. `folder`: where the files of buckets are looked for.
Result<Exported> write(const Server &server, const std::filesystem::path &folder);

} // namespace understudy::formats::openapi
