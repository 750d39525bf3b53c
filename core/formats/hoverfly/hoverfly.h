// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

/// Simulations of Hoverfly, schemas v3 to v5. Behaviour after Hoverfly 1.10 with its strongest
/// match.
namespace understudy::formats::hoverfly {

bool recognise(const Source &source);
/// A server for each destination that is named exactly; one where none is.
LoadOutcome import(const Source &source);

} // namespace understudy::formats::hoverfly
