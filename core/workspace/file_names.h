// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace understudy::workspace {

/// "Shop API (v2)" -> "shop-api-v2", "Café" -> "cafe": a server's name as the beginning of the name
/// of its file, and so as its id. Cut at a word where it is too long; "server" where nothing is
/// left, and never a name that systems keep for themselves.
std::string mockFileStem(std::string_view serverName);

/// The first of "shop", "shop-2", "shop-3", … that `isTaken` does not refuse.
std::string freeMockFileStem(std::string_view serverName,
                             const std::function<bool(const std::string &stem)> &isTaken);

/// FOLDER/shop.mock.yaml.
std::filesystem::path mockFile(const std::filesystem::path &folder, std::string_view stem);

} // namespace understudy::workspace
