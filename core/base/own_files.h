// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

/// How the files are called that Understudy itself reads.
namespace understudy::files {

inline constexpr std::array<std::string_view, 3> kMockEndings{".mock.yaml", ".mock.yml",
                                                              ".mock.json"};
/// The networks and faults of a workspace, in its folder.
inline constexpr std::string_view kPresetsFile = "presets.yaml";

} // namespace understudy::files
