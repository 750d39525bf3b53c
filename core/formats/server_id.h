// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace understudy::formats {

/// The file is one of ours by its name: *.mock.yaml, *.mock.yml or *.mock.json.
bool hasMockEnding(const std::filesystem::path &file);

/// The id of the server in a file: the file's name without its ending, "shop" for shop.mock.yaml.
/// Whoever serves the file gives it this id, so that the same seed draws the same in every program,
/// and a server that is renamed in its file goes on drawing as before. `place` counts the servers
/// of a file that holds many, from 0: "shop-2" for 1.
std::string serverIdOf(const std::filesystem::path &file, std::size_t place = 0);

} // namespace understudy::formats
