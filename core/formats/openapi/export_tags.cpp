// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/export_tags.h"

#include <algorithm>

namespace understudy::formats::openapi {

std::string ExportTags::tagOf(const std::vector<const Folder *> &folders)
{
    if (folders.empty())
        return {};
    if (const auto known = m_tags.find(folders.back()); known != m_tags.end())
        return known->second;
    const auto isTaken = [&](const std::string &name) {
        return name.empty() || std::find(m_order.begin(), m_order.end(), name) != m_order.end();
    };
    std::string path;
    for (const Folder *folder : folders)
        path += (path.empty() ? "" : " / ") + folder->name;
    std::string tag = folders.back()->name;
    if (isTaken(tag))
        tag = path.empty() ? "Folder" : path;
    const std::string plain = tag;
    for (int n = 2; isTaken(tag); ++n)
        tag = plain + " " + std::to_string(n);
    m_order.push_back(tag);
    m_tags.emplace(folders.back(), tag);
    return tag;
}

JsonArray ExportTags::json() const
{
    JsonArray out;
    for (const std::string &tag : m_order)
        out.emplace_back(JsonObject{{"name", tag}});
    return out;
}

} // namespace understudy::formats::openapi
