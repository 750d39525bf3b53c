// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/engine/script_file.h"
#include "core/template/helper.h"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace understudy {

/// The helpers that a server's own file exports (`helpers: FILE`), for the templates of all its
/// dialects. Those that the dialect has come first. Any thread.
class ScriptHelpers
{
public:
    ScriptHelpers(std::string file, std::filesystem::path folder, bool allowOutside,
                  std::shared_ptr<Scripting> scripting);

    handlebars::Value call(handlebars::HelperCall &call);
    /// Names of the functions. Errors: why there are none.
    Result<std::vector<std::string>> names();

private:
    ScriptFile m_file;
    std::shared_ptr<Scripting> m_scripting;
    std::mutex m_mutex;
    std::shared_ptr<const ScriptText> m_read; ///< that `m_names` are of
    Result<std::vector<std::string>> m_names = std::vector<std::string>{};
};

} // namespace understudy
