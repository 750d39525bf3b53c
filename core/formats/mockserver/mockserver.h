// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

/// MockServer's expectations: one, or a list of them as its initialisation JSON and its API have
/// them. Behaviour after MockServer 5.15.
namespace understudy::formats::mockserver {

bool recognise(const Source &source);
/// One server with an endpoint for each expectation, those of a higher priority first.
LoadOutcome import(const Source &source);

} // namespace understudy::formats::mockserver
