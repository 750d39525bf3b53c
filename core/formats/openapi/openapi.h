// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

namespace understudy::formats::openapi {

/// Whether a text is an OpenAPI document, or Swagger 2.0; a broken one, too, whose error is to be
/// reported with the right expectation.
bool recognise(const Source &source);

/// Reads a document of version 2.0 to 3.2, with the files it refers to. One server, or errors with
/// their place: of its syntax, or Invalid for what is no such document. What is understood
/// otherwise or has no effect here is in the problems of the server.
LoadOutcome import(const Source &source);

} // namespace understudy::formats::openapi
