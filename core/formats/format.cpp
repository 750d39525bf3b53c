// SPDX-License-Identifier: Apache-2.0
#include "core/formats/format.h"

#include "core/base/text.h"
#include "core/formats/mockoon/json_text.h"
#include "core/formats/mockoon/mockoon.h"
#include "core/formats/native/native.h"
#include "core/formats/server_id.h"
#include "core/model/edit.h"

#include <algorithm>

namespace understudy::formats {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kNative = "native";
constexpr std::string_view kMockoon = "mockoon";

LoadOutcome failed(Error error)
{
    LoadOutcome outcome;
    outcome.errors.push_back({Severity::Error, std::move(error)});
    return outcome;
}

LoadOutcome loadNative(std::string_view text, const fs::path &file)
{
    native::ReadOutcome read = native::read(text, file.string());
    LoadOutcome outcome;
    if (!read.ok()) {
        outcome.errors = std::move(read.problems);
        return outcome;
    }
    outcome.servers.push_back({std::move(read.server), kNative, file, std::move(read.problems)});
    return outcome;
}

/// The format that a text is in. What nothing else claims is read as a mock file, whose reader says
/// what is wrong.
std::string_view formatOf(std::string_view text, const fs::path &file)
{
    if (!hasMockEnding(file) && mockoon::recognise(text))
        return kMockoon;
    return kNative;
}

bool hasText(const boost::json::object &object, std::string_view key, std::string_view part = {})
{
    const boost::json::value *value = object.if_contains(key);
    return value && value->is_string()
           && std::string_view(value->get_string()).find(part) != std::string_view::npos;
}

bool hasKind(const boost::json::object &object, std::string_view key, boost::json::kind kind)
{
    const boost::json::value *value = object.if_contains(key);
    return value && value->kind() == kind;
}

/// What other tools write that cannot be read here yet, by name; empty for everything else. Only
/// marks that a mock file cannot have count.
std::string_view foreignFormatOf(std::string_view text)
{
    using boost::json::kind;
    constexpr std::string_view kOpenApi = "OpenAPI documents";
    const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first != std::string_view::npos && text[first] == '{') {
        const auto value = mockoon::parseJson(text);
        const boost::json::object *object = value ? value->if_object() : nullptr;
        if (!object || object->contains("understudy"))
            return {};
        if (hasText(*object, "openapi") || hasText(*object, "swagger"))
            return kOpenApi;
        if (hasKind(*object, "info", kind::object) && hasKind(*object, "item", kind::array))
            return "Postman collections";
        const boost::json::value *log = object->if_contains("log");
        if (log && log->is_object() && hasKind(log->get_object(), "entries", kind::array))
            return "HAR files";
        if (hasKind(*object, "mappings", kind::array)
            || (hasKind(*object, "request", kind::object)
                && hasKind(*object, "response", kind::object)))
            return "WireMock mappings";
        return {};
    }
    for (std::string_view line : text::split(text, '\n')) {
        if (line.starts_with("understudy:"))
            return {};
        if (line.starts_with("openapi:") || line.starts_with("swagger:"))
            return kOpenApi;
    }
    return {};
}

void append(LoadOutcome &to, LoadOutcome from)
{
    std::move(from.servers.begin(), from.servers.end(), std::back_inserter(to.servers));
    std::move(from.errors.begin(), from.errors.end(), std::back_inserter(to.errors));
}

LoadOutcome loadAs(std::string_view text, const fs::path &name, std::string_view format)
{
    const std::string_view chosen = format.empty() ? formatOf(text, name) : format;
    if (chosen == kNative && format.empty()) {
        if (const std::string_view foreign = foreignFormatOf(text); !foreign.empty())
            return failed({ErrorCode::Unsupported,
                           std::string(foreign) + " cannot be imported yet",
                           {name.string(), 0, 0}});
    }
    if (chosen == kNative)
        return loadNative(text, name);
    if (chosen == kMockoon)
        return mockoon::import(text, name);
    return failed({ErrorCode::NotFound, "there is no format '" + std::string(chosen) + "'", {}});
}

LoadOutcome loadRead(const Result<std::string> &text, const fs::path &file, std::string_view format)
{
    if (!text)
        return failed(text.error());
    return loadText(*text, file, format);
}

LoadOutcome loadFolder(const fs::path &folder, std::string_view format)
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
               loadRead(files::readFileInside(folder, file.filename().native()), file, format));
    return outcome;
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
    static const std::vector<FormatInfo> formats{
        {kNative, "Understudy mock file", "*.mock.yaml, *.mock.yml, *.mock.json", true, true},
        {kMockoon, "Mockoon environment", "*.json", true, false},
    };
    return formats;
}

std::vector<Problem> placeFindings(const LoadedServer &loaded, const std::vector<Finding> &findings)
{
    const std::string file = loaded.file.string();
    std::vector<Place> places(findings.size(), {file, 0, 0});
    if (loaded.format == kNative && !findings.empty()) {
        if (const Result<std::string> text = readFile(loaded.file))
            places = native::locate(*text, file, findings);
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

LoadOutcome load(const fs::path &path, std::string_view format)
{
    std::error_code ec;
    if (fs::is_directory(path, ec))
        return loadFolder(path, format);
    const Result<std::string> text = readFile(path);
    LoadOutcome outcome = loadRead(text, path, format);
    if (text)
        concealContent(outcome, path);
    return outcome;
}

LoadOutcome loadText(std::string_view text, const fs::path &name, std::string_view format)
{
    LoadOutcome outcome = loadAs(text, name, format);
    std::size_t place = 0;
    for (LoadedServer &loaded : outcome.servers)
        loaded.id = serverIdOf(name, place++);
    return outcome;
}

Result<std::string> exportText(const Server &server, std::string_view format)
{
    for (const FormatInfo &info : allFormats()) {
        if (info.id != format)
            continue;
        if (!info.canExport) {
            return Error{ErrorCode::Unsupported,
                         std::string(info.name) + " can be read, but not written by this version",
                         {}};
        }
        Server copy = server;
        assignIds(copy);
        return native::write(copy);
    }
    return Error{ErrorCode::NotFound, "there is no format '" + std::string(format) + "'", {}};
}

} // namespace understudy::formats
