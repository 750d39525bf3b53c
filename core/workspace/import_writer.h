// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/format.h"
#include "core/workspace/named_files.h"

#include <filesystem>
#include <set>
#include <string>

namespace understudy::workspace {

/// What became of a server that was to be imported.
struct Imported
{
    std::filesystem::path file;   ///< the mock file that was written
    std::vector<Error> notCopied; ///< files that it names and that could not be copied along
};

/// Writes servers of other tools' files into a folder, each into a mock file named after it, with
/// the files that their answers are read from. One thread.
class ImportWriter
{
public:
    ImportWriter(std::filesystem::path folder, Existing existing);

    /// Errors: InUse for a mock file that is there and not to be overwritten, Invalid for a link,
    /// those of files::writeFile. Nothing was written then.
    Result<Imported> write(const formats::LoadedServer &loaded);

private:
    std::filesystem::path m_folder;
    Existing m_existing;
    std::set<std::string> m_used; ///< names that this import has given
};

} // namespace understudy::workspace
