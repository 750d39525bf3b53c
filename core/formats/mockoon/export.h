// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"

#include <filesystem>

namespace understudy::formats::mockoon {

/// A server as an environment of level 33 (reference/mockoon.md, section 1.13). Body files keep
/// their paths, which count from where the environment lies. Ids are the same for the same server.
Result<Exported> write(const Server &server, const std::filesystem::path &folder);

} // namespace understudy::formats::mockoon
