// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"

namespace understudy::formats::bruno {

/// The folder holds bruno.json, and with it a collection; or opencollection.yml, which cannot be
/// read yet.
bool recogniseFolder(const std::filesystem::path &folder);

/// One server with the requests of all .bru files of the folder and below it; its folders are
/// theirs, in the order that Bruno shows. Links are followed nowhere that leads outside. Errors:
/// for each file that cannot be read, while the others are; Unsupported for OpenCollection.
LoadOutcome importFolder(const std::filesystem::path &folder);

/// What is said of a collection, or a file of one, in the YAML of OpenCollection.
Error openCollectionProblem(const std::filesystem::path &file);

} // namespace understudy::formats::bruno
