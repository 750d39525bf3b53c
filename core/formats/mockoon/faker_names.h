// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace understudy::formats::mockoon {

/// A template of a file below level 29 with the names that faker has had since version 8, inside of
/// `{{…}}` that call it (reference/mockoon.md section 6.9).
std::string withTodaysFakerNames(std::string text);

} // namespace understudy::formats::mockoon
