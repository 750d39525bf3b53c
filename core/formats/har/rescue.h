// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::formats::har {

/// What could be saved of a HAR that is no JSON: cut off, or damaged in between.
struct Rescued
{
    std::string text; ///< a JSON list of the entries that are whole, each at its line and column
    std::size_t entries = 0;
};

/// Finds whole entries, wherever they are. Takes a time that grows with the length of the text
/// alone.
Rescued rescueEntries(std::string_view text);

} // namespace understudy::formats::har
