// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

/// Contracts of Pact, specifications 2 to 4. Behaviour after pact-stub-server 0.7.
namespace understudy::formats::pact {

bool recognise(const Source &source);
/// One server, named after the provider, with an endpoint for each method and path.
LoadOutcome import(const Source &source);

} // namespace understudy::formats::pact
