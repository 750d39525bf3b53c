// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

/// Bruno: .bru files (https://docs.usebruno.com/bru-lang/overview) and collections that it exports
/// as JSON. Folders of them: folder.h.
namespace understudy::formats::bruno {

/// A text that begins with a block of Bru, or an export of a collection.
bool recognise(const Source &source);

/// One server with the saved examples as answers. Errors: Syntax, with a place; Invalid where there
/// is no request.
LoadOutcome import(const Source &source);

} // namespace understudy::formats::bruno
