// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/reading_options.h"
#include "core/formats/format.h"
#include "core/wire/document_fetch.h"
#include "core/workspace/broken_rules.h"
#include "core/workspace/fetched_import.h"
#include "core/workspace/import_writer.h"

#include <array>
#include <filesystem>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::array importOptions{
    OptionSpec{"output", "FOLDER", "folder to write into; made if it is not there", 'o'},
    fromOption,
    checkRequestsOption,
    makeBucketsOption,
    recordedLatencyOption,
    OptionSpec{"allow-remote", "", "fetch from other machines, too, where FILE is a URL"},
    OptionSpec{"force", "", "overwrite files that are already in the folder"},
    OptionSpec{"quiet", "", "only errors, no notes on what was understood otherwise", 'q'},
};
constexpr CommandSpec importSpec{
    "import", "FILE...", "Turn files of other tools into mock files, one per server.",
    importOptions,
    "FILE may be the http:// or https:// URL of a document, such as an OpenAPI document, or "
    "/__admin/mappings\n"
    "of a WireMock that runs: of this machine, unless --allow-remote is given.\n"
    "Files that answers are read from are copied along, except what lies outside of FILE's "
    "folder,\n"
    "what would go through a link, and special names: hidden ones, presets.yaml, other mock "
    "files,\n"
    "devices of Windows, control characters, a dot at the end. Files with errors are skipped and\n"
    "named.\n"
    "Exit code: 0 everything written, 1 anything else."};

formats::LoadOutcome readOperand(const std::string &operand, const Arguments &arguments)
{
    if (!wire::isDocumentUrl(operand))
        return formats::load(operand, readingOptions(arguments));
    const bool allowsRemote = arguments.has("allow-remote");
    const auto document = wire::fetchDocument(operand, allowsRemote);
    if (document)
        return workspace::loadFetched(*document, readingOptions(arguments));
    Error error = document.error();
    if (error.code == ErrorCode::Access && !allowsRemote)
        error.message += ": --allow-remote";
    return {{}, {{Severity::Error, std::move(error)}}};
}

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
    workspace::ImportWriter writer(*output, arguments.has("force") ? workspace::Existing::Overwrite
                                                                   : workspace::Existing::Keep);
    const bool quiet = arguments.has("quiet");
    bool allWritten = true;
    for (const std::string &operand : arguments.operands()) {
        formats::LoadOutcome loaded = readOperand(operand, arguments);
        workspace::switchOffBrokenRules(loaded);
        complainAll(loaded.errors);
        allWritten = allWritten && loaded.ok();
        if (loaded.servers.empty() && loaded.ok()) {
            complain(operand + ": there is nothing in it that can be imported"
                     + (std::filesystem::is_directory(operand, failure)
                            ? "; of WireMock name the folder that holds 'mappings'"
                            : ""));
            allWritten = false;
        }
        for (const formats::LoadedServer &server : loaded.servers) {
            complainAll(server.problems, quiet);
            const auto imported = writer.write(server);
            if (!imported) {
                const bool isThere = imported.error().code == ErrorCode::InUse;
                complain(imported.error().text() + (isThere ? "; --force overwrites it" : ""));
                allWritten = false;
                continue;
            }
            printLine("wrote " + imported->file.string());
            for (const Error &error : imported->notCopied)
                complain(error.text());
            allWritten = allWritten && imported->notCopied.empty();
        }
    }
    return allWritten ? Done : Failed;
}

} // namespace

Command importCommand() { return {importSpec, runImport}; }

} // namespace understudy::cli
