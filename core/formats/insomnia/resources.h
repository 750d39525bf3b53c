// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/formats/yaml/node.h"

#include <filesystem>

namespace understudy::formats::insomnia {

/// An export of version 3 or 4: a flat list `resources`, which name each other by `parentId`. A
/// server for each workspace. Errors: Invalid where there is no request.
LoadOutcome importResources(const yaml::Node &root, const std::filesystem::path &file);

/// A file of version 5: nested. One server. Errors: Invalid where there is no request.
LoadOutcome importNested(const yaml::Node &root, const std::filesystem::path &file);

} // namespace understudy::formats::insomnia
