// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"

namespace understudy::formats::bruno {

/// The folder holds bruno.json, and with it a collection.
bool recogniseFolder(const std::filesystem::path &folder);

/// One server with the requests of all .bru files of the folder and below it; its folders are
/// theirs, in the order that Bruno shows. Links are followed nowhere that leads outside. Errors:
/// for each file that cannot be read, while the others are.
LoadOutcome importFolder(const std::filesystem::path &folder);

} // namespace understudy::formats::bruno
