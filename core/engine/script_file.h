// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/template/scripting.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

namespace understudy {

/// A file of JavaScript that a mock file names, read anew when it has changed. Any thread.
class ScriptFile
{
public:
    ScriptFile(std::string written, std::filesystem::path folder, bool allowOutside);

    const std::string &written() const { return m_written; }
    /// As it is now. Errors: those of opening and reading it, as a sentence.
    Result<std::shared_ptr<const ScriptText>> current();

private:
    const std::string m_written;
    const std::filesystem::path m_folder;
    const bool m_allowOutside;
    std::mutex m_mutex;
    std::string m_stamp; ///< time and size of what `m_text` is
    std::shared_ptr<const ScriptText> m_text;
};

/// Why there is no JavaScript, and what to do.
Error noScripting(std::string_view what);

} // namespace understudy
