// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/runtime/findings.h"

#include <vector>

namespace understudy::workspace {

/// Everything that can be said about a server of a file (findAll), at its lines. The folder that
/// the options name is replaced by the file's. Reads files.
std::vector<Problem> problemsOf(const formats::LoadedServer &loaded, FindingsOptions options);

} // namespace understudy::workspace
