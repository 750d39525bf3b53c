// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/reading_options.h"
#include "core/formats/format.h"
#include "core/wire/document_fetch.h"
#include "core/workspace/fetched_import.h"
#include "core/workspace/import_reader.h"
#include "core/workspace/import_update.h"
#include "core/workspace/import_writer.h"

#include <array>
#include <filesystem>
#include <functional>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::array importOptions{
    OptionSpec{"output", "FOLDER", "folder to write into; made if it is not there", 'o'},
    fromOption,
    checkRequestsOption,
    makeBucketsOption,
    dynamicOption,
    recordedLatencyOption,
    OptionSpec{"allow-remote", "", "fetch from other machines, too, where FILE is a URL"},
    OptionSpec{"merge", "", "bring mock files of an earlier import up to date; edits stay"},
    OptionSpec{"force", "", "overwrite files that are already in the folder; with --merge: edits"},
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
    "With --merge a mock file that was imported from a file of FILE's name takes over what has\n"
    "changed in FILE since; what was edited in it stays, and is named where FILE has changed, "
    "too.\n"
    "Exit code: 0 everything written, 1 anything else."};

bool complainOfCopies(const std::vector<Error> &notCopied)
{
    for (const Error &error : notCopied)
        complain(error.text());
    return notCopied.empty();
}

/// False if something could not be written.
bool merge(workspace::EarlierImport &earlier, const formats::LoadedServer &loaded, bool force)
{
    const std::string file = earlier.path.string();
    const workspace::ImportUpdate update(*earlier.file.saved, loaded.server);
    std::vector<bool> accepted;
    for (const workspace::ImportChange &change : update.changes()) {
        accepted.push_back(force || !change.isEdited);
        printLine(file + ": " + textOf(change)
                  + (accepted.back() ? "" : "; kept as it was edited (--force takes it over)"));
    }
    auto merged = update.merged(accepted);
    if (!merged) {
        complain(file + ": " + merged.error().message);
        return false;
    }
    if (*merged == *earlier.file.saved) {
        printLine(file + " is up to date");
    } else {
        const auto saved
            = earlier.file.save(earlier.path, std::make_shared<const Server>(std::move(*merged)));
        if (!saved || *saved != workspace::MockFile::Saved::Yes) {
            complain(saved ? file + ": has changed meanwhile; try again" : saved.error().text());
            return false;
        }
        printLine("updated " + file);
    }
    return complainOfCopies(workspace::copyNamedFiles(
        loaded.server, loaded.folder(), earlier.path.parent_path(),
        force ? workspace::Existing::Overwrite : workspace::Existing::Keep));
}

/// False if something could not be written.
bool write(workspace::ImportWriter &writer, const formats::LoadedServer &loaded, bool merges)
{
    const auto imported = writer.write(loaded);
    if (!imported) {
        const bool isThere = imported.error().code == ErrorCode::InUse;
        const char *cure
            = merges ? ", and was not made by an import of this document, or cannot be read; move "
                       "it, or overwrite it with --force and without --merge"
                     : "; --force overwrites it, --merge keeps what was edited in it";
        complain(imported.error().text() + (isThere ? cure : ""));
        return false;
    }
    printLine("wrote " + imported->file.string());
    return complainOfCopies(imported->notCopied);
}

/// Reads FILE, in whatever way it is asked to.
using Reader = std::function<formats::LoadOutcome(const formats::LoadOptions &)>;

Result<Reader> readerOf(const std::string &operand, const Arguments &arguments)
{
    if (!wire::isDocumentUrl(operand))
        return Reader([operand](const formats::LoadOptions &options) {
            return workspace::forImport(formats::load(operand, options), options);
        });
    const bool allowsRemote = arguments.has("allow-remote");
    auto document = wire::fetchDocument(operand, allowsRemote);
    if (document)
        return Reader([fetched = *std::move(document)](const formats::LoadOptions &options) {
            return workspace::forImport(workspace::loadFetched(fetched, options), options);
        });
    Error error = document.error();
    if (error.code == ErrorCode::Access && !allowsRemote)
        error.message += ": --allow-remote";
    return error;
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
    const bool merges = arguments.has("merge");
    const bool force = arguments.has("force");
    workspace::ImportWriter writer(*output, force && !merges ? workspace::Existing::Overwrite
                                                             : workspace::Existing::Keep);
    std::vector<workspace::EarlierImport> earlier;
    if (merges)
        earlier = workspace::earlierImports(*output);
    std::vector<workspace::ImportStamp> stamps;
    stamps.reserve(earlier.size());
    for (const workspace::EarlierImport &one : earlier)
        stamps.push_back(one.stamp);
    const bool quiet = arguments.has("quiet");
    bool allWritten = true;
    for (const std::string &operand : arguments.operands()) {
        const auto reader = readerOf(operand, arguments);
        if (!reader) {
            complain(reader.error().text());
            allWritten = false;
            continue;
        }
        const workspace::KnownImport known
            = workspace::readKnown(*reader, readingOptions(arguments), stamps);
        const formats::LoadOutcome &loaded = known.outcome;
        complainAll(loaded.errors);
        allWritten = allWritten && loaded.ok();
        if (loaded.servers.empty() && loaded.ok()) {
            complain(operand + ": there is nothing in it that can be imported"
                     + (std::filesystem::is_directory(operand, failure)
                            ? "; of WireMock name the folder that holds 'mappings'"
                            : ""));
            allWritten = false;
        }
        for (std::size_t i = 0; i < loaded.servers.size(); ++i) {
            const formats::LoadedServer &server = loaded.servers[i];
            complainAll(server.problems, quiet);
            for (const std::size_t place : known.earlier[i])
                allWritten = merge(earlier[place], server, force) && allWritten;
            if (known.earlier[i].empty())
                allWritten = write(writer, server, merges) && allWritten;
        }
    }
    return allWritten ? Done : Failed;
}

} // namespace

Command importCommand() { return {importSpec, runImport}; }

} // namespace understudy::cli
