// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/console.h"
#include "core/base/files.h"
#include "core/base/text.h"
#include "core/formats/format.h"
#include "core/workspace/named_files.h"

#include <array>
#include <filesystem>
#include <set>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::array importOptions{
    OptionSpec{"output", "FOLDER", "folder to write into; made if it is not there", 'o'},
    OptionSpec{"from", "FORMAT", "format of every FILE; recognised by its content otherwise"},
    OptionSpec{"force", "", "overwrite files that are already in the folder"},
    OptionSpec{"quiet", "", "only errors, no notes on what was understood otherwise", 'q'},
};
constexpr CommandSpec importSpec{
    "import", "FILE...", "Turn files of other tools into mock files, one per server.",
    importOptions,
    "Files that answers are read from are copied along, except what lies outside of FILE's "
    "folder,\n"
    "what would go through a link, and special names: hidden ones, presets.yaml, other mock "
    "files,\n"
    "devices of Windows, control characters, a dot at the end. Files with errors are skipped and\n"
    "named.\n"
    "Exit code: 0 everything written, 1 anything else."};

/// Longer ones are hard to read, and file systems take 255 bytes with the endings.
constexpr std::size_t longestStem = 100;

/// "Shop API (v2)" -> "shop-api-v2": the server's name as the beginning of a file name, cut at a
/// word where it is too long.
std::string fileStem(std::string_view name)
{
    std::string stem = text::slug(name);
    if (stem.size() > longestStem) {
        const std::size_t word = stem.rfind('-', longestStem);
        stem.resize(word == std::string::npos || word < longestStem / 2 ? longestStem : word);
    }
    while (!stem.empty() && stem.back() == '-')
        stem.pop_back();
    if (stem.empty())
        return "server";
    return files::nameProblem(stem).empty() ? stem : "server-" + stem;
}

/// Writes servers into one folder, each under a name of its own.
class Writer
{
public:
    Writer(fs::path folder, bool overwrite)
        : m_folder(std::move(folder))
        , m_overwrite(overwrite)
    {}

    Result<fs::path> write(const formats::LoadedServer &loaded)
    {
        const auto text = formats::exportText(loaded.server, "native");
        if (!text)
            return text.error();
        const fs::path file = freeName(loaded.server.name);
        std::error_code ignored;
        const fs::file_status there = fs::symlink_status(file, ignored);
        if (fs::is_symlink(there)) {
            return Error{ErrorCode::Invalid,
                         "is a link, which an import does not write through",
                         {file.string(), 0, 0}};
        }
        if (!m_overwrite && fs::exists(there)) {
            return Error{
                ErrorCode::InUse, "is already there; --force overwrites it", {file.string(), 0, 0}};
        }
        // Other names of a file that is there keep what they have.
        if (const auto written = files::writeFile(file, *text, {{}, !m_overwrite, true}); !written)
            return written.error();
        return file;
    }

    /// Copies along what the server names; what could not be copied.
    std::vector<Error> copyFiles(const formats::LoadedServer &loaded) const
    {
        return workspace::copyNamedFiles(loaded.server, loaded.file.parent_path(), m_folder,
                                         m_overwrite ? workspace::Existing::Overwrite
                                                     : workspace::Existing::Keep);
    }

private:
    fs::path freeName(const std::string &serverName)
    {
        const std::string stem = fileStem(serverName);
        std::string name = stem;
        for (int number = 2; !m_used.insert(name).second; ++number)
            name = stem + "-" + std::to_string(number);
        return m_folder / (name + ".mock.yaml");
    }

    fs::path m_folder;
    bool m_overwrite;
    std::set<std::string> m_used;
};

int runImport(const Arguments &arguments)
{
    const auto output = arguments.text("output");
    if (arguments.operands().empty() || !output)
        return refuse(importSpec.name, "takes at least one FILE and -o FOLDER");
    std::error_code failure;
    fs::create_directories(*output, failure);
    if (failure) {
        complain(*output + ": " + failure.message());
        return Failed;
    }
    Writer writer(*output, arguments.has("force"));
    const bool quiet = arguments.has("quiet");
    bool allWritten = true;
    for (const std::string &operand : arguments.operands()) {
        const formats::LoadOutcome loaded
            = formats::load(operand, arguments.text("from").value_or(""));
        complainAll(loaded.errors);
        allWritten = allWritten && loaded.ok();
        for (const formats::LoadedServer &server : loaded.servers) {
            complainAll(server.problems, quiet);
            const auto written = writer.write(server);
            if (written) {
                printLine("wrote " + written->string());
                for (const Error &error : writer.copyFiles(server)) {
                    complain(error.text());
                    allWritten = false;
                }
            } else {
                complain(written.error().text());
                allWritten = false;
            }
        }
    }
    return allWritten ? Done : Failed;
}

} // namespace

Command importCommand() { return {importSpec, runImport}; }

} // namespace understudy::cli
