// SPDX-License-Identifier: Apache-2.0
#include "core/workspace/import_writer.h"

#include "core/workspace/file_names.h"

#include <utility>

namespace understudy::workspace {

namespace fs = std::filesystem;

ImportWriter::ImportWriter(fs::path folder, Existing existing)
    : m_folder(std::move(folder))
    , m_existing(existing)
{}

Result<Imported> ImportWriter::write(const formats::LoadedServer &loaded)
{
    const auto text = formats::exportText(loaded.server, "native");
    if (!text)
        return text.error();
    const std::string stem = freeMockFileStem(
        loaded.server.name, [this](const std::string &name) { return m_used.contains(name); });
    m_used.insert(stem);
    const bool overwrites = m_existing == Existing::Overwrite;
    Imported imported{mockFile(m_folder, stem), {}};
    std::error_code ignored;
    if (fs::is_symlink(fs::symlink_status(imported.file, ignored)))
        return Error{ErrorCode::Invalid,
                     "is a link, which an import does not write through",
                     {imported.file.string(), 0, 0}};
    // Other names of a file that is there keep what they have.
    if (const auto written = files::writeFile(imported.file, *text, {{}, !overwrites, true});
        !written)
        return written.error();
    imported.notCopied = copyNamedFiles(loaded.server, loaded.folder(), m_folder, m_existing);
    return imported;
}

} // namespace understudy::workspace
