// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"

namespace understudy::wire {
struct FetchedDocument; // core/wire/document_fetch.h
}

namespace understudy::workspace {

/// Reads a document that was fetched as formats::load reads a file. Places in it are those of its
/// URL. Files that it names are not there, which is said once for each server.
formats::LoadOutcome loadFetched(const wire::FetchedDocument &document,
                                 const formats::LoadOptions &options);

} // namespace understudy::workspace
