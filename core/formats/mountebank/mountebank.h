// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

/// Imposters of mountebank: `{"imposters": […]}`, as `mb save` writes it and `mb --configfile`
/// reads it, or a single one. Behaviour after mountebank 2.9, watched and from its source.
namespace understudy::formats::mountebank {

bool recognise(const Source &source);
/// A server for each imposter of http and https; others are noted. Errors: Syntax and Limit, and
/// Invalid where there is no such imposter.
LoadOutcome import(const Source &source);

} // namespace understudy::formats::mountebank
