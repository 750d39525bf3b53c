// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

/// Exports of Insomnia: version 4, and the files of version 5.
namespace understudy::formats::insomnia {

/// An export, of whatever version.
bool recognise(const Source &source);

/// A server for each workspace: an endpoint for each request, which is answered with an empty 200,
/// and for each route of a mock server, with its answer. Errors: Syntax and Limit of the text,
/// Unsupported for exports before version 3, Invalid where there is no request.
LoadOutcome import(const Source &source);

} // namespace understudy::formats::insomnia
