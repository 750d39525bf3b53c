// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/source.h"

#include <filesystem>

/// WireMock's mappings: a stub, several of them in `mappings` or in a list, or a root folder with
/// `mappings` and `__files`. Behaviour after WireMock 3.13 (reference/wiremock.md).
namespace understudy::formats::wiremock {

bool recognise(const Source &source);
/// One server with an endpoint for each stub. Bodies in files are looked for below `__files` beside
/// the folder of mappings that the file lies in.
LoadOutcome import(const Source &source);

/// It has a folder `mappings` with a JSON file in it.
bool recogniseFolder(const std::filesystem::path &folder);
/// Every `*.json` below `mappings`, in the order of their paths, as one server.
LoadOutcome importFolder(const std::filesystem::path &folder);

} // namespace understudy::formats::wiremock
