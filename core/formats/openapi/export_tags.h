// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/model/server.h"

#include <map>
#include <string>
#include <vector>

namespace understudy::formats::openapi {

/// Folders as tags: each has one, called as itself or, where that name is taken, with the names of
/// the folders around it.
class ExportTags
{
public:
    /// Of the innermost folder; empty without folders.
    std::string tagOf(const std::vector<const Folder *> &folders);
    /// The `tags` of the document, in the order in which they were asked for.
    JsonArray json() const;

private:
    std::map<const Folder *, std::string> m_tags;
    std::vector<std::string> m_order;
};

} // namespace understudy::formats::openapi
