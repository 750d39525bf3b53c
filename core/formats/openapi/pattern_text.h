// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::formats::openapi {

/// A text that a regular expression most likely matches: classes, quantifiers, groups and
/// alternatives are followed, look-around and back references are not. `more`: how often what may
/// repeat is repeated beyond what it must, `variant` chooses alternatives and characters. Nothing
/// for what is not understood, and for texts longer than 10,000 bytes. The caller checks the text.
std::optional<std::string> textOfPattern(std::string_view pattern, std::size_t more,
                                         std::size_t variant);

} // namespace understudy::formats::openapi
