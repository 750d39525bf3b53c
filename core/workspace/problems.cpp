// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/problems.h"

#include "core/base/files.h"

#include <utility>

namespace understudy::workspace {

std::vector<Problem> problemsOf(const formats::LoadedServer &loaded, FindingsOptions options)
{
    options.folder = loaded.folder();
    // As it is served: see ServedWorkspace.
    options.toleratesBrokenRules = options.toleratesBrokenRules || loaded.format != "native";
    return formats::placeFindings(loaded, findAll(loaded.server, options));
}

} // namespace understudy::workspace
