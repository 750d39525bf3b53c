// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/server.h"

#include <filesystem>

namespace understudy {

/// Where answers of a server may need JavaScript: scripts, helpers of a file, another language of
/// invented data, a method of faker that is not built in. Errs on the safe side.
class ScriptUse
{
public:
    ScriptUse(const Server &server, std::filesystem::path folder);

    /// Body files that are templates are read for that.
    bool of(const Response &response) const;
    bool isInBuckets() const { return m_isInBuckets; }

private:
    std::filesystem::path m_folder;
    bool m_isInTemplates; ///< of any response
    bool m_isInBuckets;   ///< and so everywhere
};

/// Whether a server names files of JavaScript: scripts or helpers.
bool namesScripts(const Server &server);

/// Whether it may need JavaScript at all.
bool needsScripting(const Server &server, const std::filesystem::path &folder);

} // namespace understudy
