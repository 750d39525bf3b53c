// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/native/lines.h"
#include "core/formats/native/merge.h"

#include <optional>
#include <string>

namespace understudy::formats::native {

/// A copy on one line, for where the text had one line.
yaml::Node flowed(yaml::Node node);

/// What stands in the place of a changed `{…}` or `[…]` afterwards, still as one: where only values
/// change, only they do, and spacing, comments and line breaks stay; else it is written anew on one
/// line, with what is kept as it was spelled. Nothing if it would become a long line.
std::optional<std::string> flowText(const Lines &lines, const Change &change);

} // namespace understudy::formats::native
