// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/document.h"

#include <string>

namespace understudy::formats::openapi {

/// A path template whose parameters take only what their schemas say: whole numbers, UUIDs, the
/// values of an enum. What has no such schema is left as it is; the same text where none has one.
std::string narrowPath(Document &document, Element operation, Element pathItem,
                       const std::string &path);

/// A path template without the names of its parameters: equal for paths that answer the same
/// requests.
std::string shapeOfPath(const std::string &path);

} // namespace understudy::formats::openapi
