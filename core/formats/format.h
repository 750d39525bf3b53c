// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/files.h"
#include "core/base/result.h"
#include "core/model/server.h"
#include "core/model/validate.h"

#include <array>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats {

/// A file format as `understudy-cli formats` lists it.
struct FormatInfo
{
    std::string_view id;    ///< "native", "mockoon"
    std::string_view name;  ///< "Understudy mock file"
    std::string_view files; ///< "*.mock.yaml, *.mock.json"
    std::string_view kept;  ///< what comes through: "everything"
    bool canImport = false;
    bool canExport = false;
};

const std::vector<FormatInfo> &allFormats();

/// How files are read: what their content leaves open, and what a format offers beside what it
/// always does. What a format has not got has no effect there.
struct LoadOptions
{
    std::string format{};         ///< id; empty: recognised by content
    bool checkRequests = false;   ///< requests that the description does not allow are refused
    bool makeBuckets = false;     ///< collections with items become buckets with CRUD
    bool dynamicAnswers = false;  ///< `Prefer: dynamic=true` gets data that is invented anew
    bool recordedLatency = false; ///< answers wait as long as those that were recorded

    bool operator==(const LoadOptions &) const = default;
};

/// What LoadOptions lets choose, by the names under which a mock file remembers it.
struct LoadChoice
{
    std::string_view name;
    bool LoadOptions::*isChosen;
};
inline constexpr std::array kLoadChoices{
    LoadChoice{"checkRequests", &LoadOptions::checkRequests},
    LoadChoice{"makeBuckets", &LoadOptions::makeBuckets},
    LoadChoice{"dynamicAnswers", &LoadOptions::dynamicAnswers},
    LoadChoice{"recordedLatency", &LoadOptions::recordedLatency},
};

/// A server read from a file, in whatever format.
struct LoadedServer
{
    Server server;
    std::string_view format;    ///< id of the format it was read from
    std::filesystem::path file; ///< what was read
    /// Notes and warnings: what was understood otherwise, what is not served.
    std::vector<Problem> problems;
    std::string id{};      ///< what Workbench::add takes, from the file's name: see server_id.h
    LoadOptions offered{}; ///< what this file could be read with, whether it was or not
    std::filesystem::path root{}; ///< what files it names are relative to, where not file's folder

    std::filesystem::path folder() const { return root.empty() ? files::folderOf(file) : root; }
};

/// What could be read from some paths, and what could not: a broken file never hides the others.
struct LoadOutcome
{
    std::vector<LoadedServer> servers;
    std::vector<Problem> errors;
    bool ok() const { return errors.empty(); }
};

/// What was found out about a server later on, as errors of its file: with line and column where it
/// is a mock file, which is read again for that, or where the import knew it.
std::vector<Problem> placeFindings(const LoadedServer &loaded,
                                   const std::vector<Finding> &findings);

/// Reads a file, or every mock file directly in a folder (format.md: sub-folders are not searched).
/// Ids are assigned. Never throws; errors carry the file's path as given, line and column.
LoadOutcome load(const std::filesystem::path &path, const LoadOptions &options = {});

/// Whether another tool keeps one server in that folder, as WireMock does with `mappings`.
bool isServerFolder(const std::filesystem::path &folder);

/// The same for a text that is already in memory; `name` is used in messages and, for format
/// detection, its ending.
LoadOutcome loadText(std::string_view text, const std::filesystem::path &name,
                     const LoadOptions &options = {});

/// A server as another format has it.
struct Exported
{
    std::string text;
    std::vector<Problem> report; ///< what is said otherwise there, and what it has no word for
};

/// `folder`: where the files that the server names are looked for. Errors: NotFound for an unknown
/// format, Unsupported for one that cannot be written.
Result<Exported> exportServer(const Server &server, std::string_view format,
                              const std::filesystem::path &folder = {});
/// The text alone.
Result<std::string> exportText(const Server &server, std::string_view format);

using files::readFile;
using files::writeFile;

} // namespace understudy::formats
