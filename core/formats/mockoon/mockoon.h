// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/format.h"

#include <string_view>
#include <vector>

/// Mockoon environments, file levels up to 33 (and the older list export). Behaviour after
/// Mockoon 9.9.
namespace understudy::formats::mockoon {

/// Whether a JSON text looks like an environment or a list export.
bool recognise(std::string_view text);

/// Reads every environment in the text. What cannot be expressed or is not served yet is a note in
/// the server's problems, never dropped in silence. Text that is not JSON, or not Mockoon's, is an
/// error.
LoadOutcome import(std::string_view text, const std::filesystem::path &file);

} // namespace understudy::formats::mockoon
