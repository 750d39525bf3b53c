// SPDX-License-Identifier: Apache-2.0
#include "core/engine/script_file.h"

#include "core/base/files.h"

namespace understudy {

namespace {

/// More than anybody writes by hand, and little enough to be read at once.
constexpr std::uint64_t kLargestScript = 4U * 1024 * 1024;

} // namespace

ScriptFile::ScriptFile(std::string written, std::filesystem::path folder, bool allowOutside)
    : m_written(std::move(written))
    , m_folder(std::move(folder))
    , m_allowOutside(allowOutside)
{}

Result<std::shared_ptr<const ScriptText>> ScriptFile::current()
{
    const auto failed = [this](const Error &error) {
        return Error{error.code, "the script '" + m_written + "' " + error.message, {}};
    };
    const auto opened = files::openInside(m_folder, m_written, m_allowOutside);
    if (!opened)
        return failed(opened.error());
    const std::string stamp = std::to_string(opened->modifiedSeconds()) + '-'
                              + std::to_string(opened->modifiedNanoseconds()) + '-'
                              + std::to_string(opened->size());
    const std::lock_guard lock(m_mutex);
    if (m_text && m_stamp == stamp)
        return m_text;
    auto content = opened->readAll(kLargestScript);
    if (!content)
        return failed(content.error());
    m_stamp = stamp;
    m_text = std::make_shared<const ScriptText>(ScriptText{m_written, *std::move(content)});
    return m_text;
}

Error noScripting(std::string_view what)
{
    return {ErrorCode::Unsupported,
            std::string(what)
                + " needs JavaScript, which this program was built without (UNDERSTUDY_QT), or "
                  "which it was not given (WorkbenchOptions::scripting)",
            {}};
}

} // namespace understudy
