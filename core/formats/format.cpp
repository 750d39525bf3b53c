// SPDX-License-Identifier: Apache-2.0
#include "core/formats/format.h"

#include "core/formats/format_table.h"
#include "core/formats/native/native.h"
#include "core/formats/server_id.h"

#include <algorithm>

namespace understudy::formats {

namespace fs = std::filesystem;

namespace {

void append(LoadOutcome &to, LoadOutcome from)
{
    std::move(from.servers.begin(), from.servers.end(), std::back_inserter(to.servers));
    std::move(from.errors.begin(), from.errors.end(), std::back_inserter(to.errors));
}

LoadOutcome loadAs(const Source &source)
{
    const std::string &format = source.options().format;
    if (!format.empty()) {
        const FormatRow *row = findFormat(format);
        if (!row)
            return failed({ErrorCode::NotFound, "there is no format '" + format + "'", {}});
        if (!row->read)
            return failed({ErrorCode::Unsupported,
                           std::string(row->info.name) + " can be written, but not read",
                           {source.file().string(), 0, 0}});
        return row->read(source);
    }
    for (const FormatRow &row : formatTable()) {
        if (row.recognise && row.recognise(source))
            return row.read(source);
    }
    // What nothing else claims is read as a mock file, whose reader says what is wrong.
    return formatTable().front().read(source);
}

LoadOutcome loadRead(const Result<std::string> &text, const fs::path &file,
                     const LoadOptions &options)
{
    if (!text)
        return failed(text.error());
    return loadText(*text, file, options);
}

LoadOutcome loadFolder(const fs::path &folder, const LoadOptions &options)
{
    std::error_code ec;
    std::vector<fs::path> found;
    fs::directory_iterator entry(folder, ec);
    for (; !ec && entry != fs::directory_iterator(); entry.increment(ec)) {
        if (hasMockEnding(entry->path()))
            found.push_back(entry->path());
    }
    if (ec) {
        const bool denied = ec == std::errc::permission_denied;
        return failed({denied ? ErrorCode::Access : ErrorCode::System,
                       "cannot read the folder: "
                           + (denied ? std::string("no rights to do so") : ec.message()),
                       {folder.string(), 0, 0}});
    }
    std::sort(found.begin(), found.end());
    LoadOutcome outcome;
    for (const fs::path &file : found)
        append(outcome,
               loadRead(files::readFileInside(folder, file.filename().native()), file, options));
    return outcome;
}

/// The format of a folder that is one server; null for a folder of files.
const FormatRow *folderFormat(const fs::path &folder, std::string_view format)
{
    for (const FormatRow &row : formatTable()) {
        if (row.readFolder
            && (format.empty() ? row.recogniseFolder(folder) : row.info.id == format))
            return &row;
    }
    return nullptr;
}

/// Where the link `file` leads, if that is outside of the folder it lies in; empty otherwise.
fs::path outsideOf(const fs::path &file)
{
    std::error_code ec;
    if (!fs::is_symlink(fs::symlink_status(file, ec)))
        return {};
    const fs::path target = fs::canonical(file, ec);
    if (ec)
        return {};
    const fs::path folder = fs::canonical(files::folderOf(file), ec);
    const auto [end, ignored]
        = std::mismatch(folder.begin(), folder.end(), target.begin(), target.end());
    return !ec && end == folder.end() ? fs::path() : target;
}

/// Messages quote what they are about. A link that came with a repository must not have them quote
/// a file that nobody meant to show, into the log of a build say.
void concealContent(LoadOutcome &outcome, const fs::path &file)
{
    const fs::path target = outsideOf(file);
    if (outcome.errors.empty() || target.empty())
        return;
    Place where = outcome.errors.front().error.where;
    outcome
        = failed({ErrorCode::Access,
                  "cannot be read; what is wrong is not shown, as it is a link that leads out of "
                  "its folder, to "
                      + target.string() + ": name that file itself to see it",
                  std::move(where)});
}

} // namespace

const std::vector<FormatInfo> &allFormats()
{
    static const std::vector<FormatInfo> formats = [] {
        std::vector<FormatInfo> out;
        for (const FormatRow &row : formatTable()) {
            out.push_back(row.info);
            out.back().canImport = row.read != nullptr;
            out.back().canExport = row.write != nullptr;
        }
        return out;
    }();
    return formats;
}

std::vector<Problem> placeFindings(const LoadedServer &loaded, const std::vector<Finding> &findings)
{
    const std::string file = loaded.file.string();
    std::vector<Place> places(findings.size(), {file, 0, 0});
    if (loaded.format == formatTable().front().info.id && !findings.empty()) {
        if (const Result<std::string> text = readFile(loaded.file))
            places = native::locate(*text, file, findings);
    } else {
        for (std::size_t i = 0; i < findings.size(); ++i) {
            const SourceMark &at = findings[i].origin;
            places[i] = {at.file ? *at.file : file, at.line, at.column};
        }
    }
    std::vector<Problem> problems;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const Finding &finding = findings[i];
        std::string owner = finding.endpointId;
        if (!finding.responseId.empty())
            owner += (owner.empty() ? "" : ", ") + ("response " + finding.responseId);
        // A line says whose it is; without one the name does.
        const bool isPlaced = places[i].line > 0 || owner.empty();
        problems.push_back(
            {finding.severity,
             {ErrorCode::Invalid, isPlaced ? finding.message : owner + ": " + finding.message,
              std::move(places[i])}});
    }
    return problems;
}

LoadOutcome load(const fs::path &path, const LoadOptions &options)
{
    std::error_code ec;
    if (fs::is_directory(path, ec)) {
        const FormatRow *row = folderFormat(path, options.format);
        LoadOutcome outcome = row ? row->readFolder(path) : loadFolder(path, options);
        for (std::size_t i = 0; row && i < outcome.servers.size(); ++i)
            outcome.servers[i].id = serverIdOf(path, i);
        return outcome;
    }
    const Result<std::string> text = readFile(path);
    LoadOutcome outcome = loadRead(text, path, options);
    if (text)
        concealContent(outcome, path);
    return outcome;
}

bool isServerFolder(const fs::path &folder) { return folderFormat(folder, {}) != nullptr; }

LoadOutcome loadText(std::string_view text, const fs::path &name, const LoadOptions &options)
{
    LoadOutcome outcome = loadAs(Source(text, name, options));
    std::size_t place = 0;
    for (LoadedServer &loaded : outcome.servers)
        loaded.id = serverIdOf(name, place++);
    return outcome;
}

Result<Exported> exportServer(const Server &server, std::string_view format, const fs::path &folder)
{
    const FormatRow *row = findFormat(format);
    if (!row)
        return Error{ErrorCode::NotFound, "there is no format '" + std::string(format) + "'", {}};
    if (!row->write)
        return Error{ErrorCode::Unsupported,
                     std::string(row->info.name) + " can be read, but not written by this version",
                     {}};
    return row->write(server, folder);
}

Result<std::string> exportText(const Server &server, std::string_view format)
{
    auto exported = exportServer(server, format);
    if (!exported)
        return exported.error();
    return std::move(exported->text);
}

} // namespace understudy::formats
