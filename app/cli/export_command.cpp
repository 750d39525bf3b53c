// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/reading_options.h"
#include "core/formats/format.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <optional>

namespace understudy::cli {
namespace {

constexpr std::array exportOptions{
    OptionSpec{"to", "FORMAT", "format to write; 'understudy-cli formats' lists them", 't'},
    OptionSpec{"output", "FILE", "file to write; - is standard output", 'o'},
    OptionSpec{"force", "", "overwrite FILE if it is there"},
    fromOption,
};
constexpr CommandSpec exportSpec{"export", "PATH", "Write a server in another format.",
                                 exportOptions, "Exit code: 0 written, 1 anything else."};

/// Why FILE is not written without being told so; nothing for what is not there and for devices.
std::optional<Error> obstacle(const std::string &file)
{
    std::error_code ignored;
    const auto there = std::filesystem::symlink_status(file, ignored);
    if (std::filesystem::is_symlink(there))
        return Error{
            ErrorCode::InUse, "is a link; --force writes to what it leads to", {file, 0, 0}};
    if (std::filesystem::is_regular_file(there))
        return Error{ErrorCode::InUse, "is already there; --force overwrites it", {file, 0, 0}};
    return std::nullopt;
}

int writeTo(const std::string &file, const std::string &text, bool overwrite)
{
    if (file == "-") {
        const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size()
                             && std::fflush(stdout) == 0;
        return written ? Done : Failed;
    }
    std::error_code ignored;
    if (const auto problem = overwrite ? std::nullopt : obstacle(file)) {
        complain(problem->text());
        return Failed;
    }
    files::WriteOptions options;
    options.onlyNew = !overwrite && !std::filesystem::exists(file, ignored);
    if (const auto written = formats::writeFile(file, text, options); !written) {
        complain(written.error().text());
        return Failed;
    }
    return Done;
}

int runExport(const Arguments &arguments)
{
    const auto format = arguments.text("to");
    const auto output = arguments.text("output");
    if (arguments.operands().size() != 1 || !format || !output)
        return refuse(exportSpec.name, "takes one PATH, -t FORMAT and -o FILE");

    std::error_code ignored;
    if (std::filesystem::is_directory(*output, ignored)) {
        complain(*output + ": is a folder; name the file to write");
        return Failed;
    }
    const std::string &path = arguments.operands().front();
    const formats::LoadOutcome loaded = formats::load(path, readingOptions(arguments));
    complainAll(loaded.errors);
    if (!loaded.ok())
        return Failed;
    if (loaded.servers.size() != 1) {
        complain(path + ": holds " + std::to_string(loaded.servers.size())
                 + " servers, and a file takes one: name the file of the server");
        return Failed;
    }
    complainAll(loaded.servers.front().problems);
    const formats::LoadedServer &server = loaded.servers.front();
    const auto exported = formats::exportServer(server.server, *format, server.folder());
    if (!exported) {
        complain(exported.error().text());
        return Failed;
    }
    complainAll(exported->report);
    return writeTo(*output, exported->text, arguments.has("force"));
}

} // namespace

Command exportCommand() { return {exportSpec, runExport}; }

} // namespace understudy::cli
