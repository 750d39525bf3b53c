// SPDX-License-Identifier: Apache-2.0
#include "core/formats/server_id.h"

#include "core/base/own_files.h"

#include <algorithm>
#include <string_view>

namespace understudy::formats {

bool hasMockEnding(const std::filesystem::path &file)
{
    const std::string name = file.filename().string();
    return std::ranges::any_of(files::kMockEndings,
                               [&](std::string_view ending) { return name.ends_with(ending); });
}

std::string serverIdOf(const std::filesystem::path &file, std::size_t place)
{
    std::string id = file.filename().string();
    for (const std::string_view ending : files::kMockEndings) {
        if (id.ends_with(ending)) {
            id.resize(id.size() - ending.size());
            break;
        }
    }
    if (id == file.filename().string())
        id = file.stem().string();
    if (place > 0)
        id += '-' + std::to_string(place + 1);
    return id;
}

} // namespace understudy::formats
