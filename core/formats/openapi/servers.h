// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/openapi/document.h"

#include <string>
#include <vector>

namespace understudy::formats::openapi {

/// The base paths at which an operation answers, each once, without a slash at the end: those of
/// its own servers, or its path's, or the document's; `basePath` in version 2.0. One at least,
/// four at most.
std::vector<std::string> basePathsOf(Document &document, Element operation, Element pathItem);

} // namespace understudy::formats::openapi
