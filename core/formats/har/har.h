// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

/// HTTP archives (HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/), as browsers and
/// proxies write them.
namespace understudy::formats::har {

/// A log with entries, or a name that ends in `.har`.
bool recognise(const Source &source);

/// A server for each origin (scheme, host, port), the one with the most requests first. Of a file
/// that is broken, the entries that are whole; errors: Syntax where there is none, Invalid for JSON
/// that is no HAR, Limit.
LoadOutcome import(const Source &source);

} // namespace understudy::formats::har
