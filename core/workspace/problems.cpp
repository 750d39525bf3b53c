// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/problems.h"

#include <utility>

namespace understudy::workspace {

std::vector<Problem> problemsOf(const formats::LoadedServer &loaded, FindingsOptions options)
{
    options.folder = folderOfFile(loaded.file);
    return formats::placeFindings(loaded, findAll(loaded.server, options));
}

std::filesystem::path folderOfFile(const std::filesystem::path &file)
{
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

} // namespace understudy::workspace
