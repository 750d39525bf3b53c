// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/native/native.h"
#include "core/model/edit.h"
#include "tests/formats/mockoon_environment.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

/// Files of Mockoon and what an import understands of them.
namespace understudy::test {

/// Every file `*.json` under `folder`, in the order of their names.
inline std::vector<std::filesystem::path> filesBelow(const std::filesystem::path &folder)
{
    std::vector<std::filesystem::path> out;
    std::error_code ignored;
    for (const std::filesystem::directory_entry &entry :
         std::filesystem::recursive_directory_iterator(folder, ignored)) {
        if (entry.path().extension() == ".json")
            out.push_back(entry.path());
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// Imports the one environment of a file; an error fails the test.
inline formats::LoadedServer importFile(const std::filesystem::path &path)
{
    const auto text = formats::readFile(path);
    formats::LoadOutcome outcome
        = text ? formats::mockoon::import(*text, path) : formats::LoadOutcome{};
    for (const Problem &error : outcome.errors)
        ADD_FAILURE() << error.error.text();
    if (outcome.servers.size() != 1) {
        ADD_FAILURE() << path << ": one server expected";
        return {};
    }
    return std::move(outcome.servers.front());
}

/// What an import understood. A change of understanding changes a row below.
struct Counts
{
    int endpoints = 0;
    int disabled = 0;
    int responses = 0;
    int notServed = 0; ///< warnings: kept without effect
    int changed = 0;   ///< notes: understood in another way
    bool operator==(const Counts &) const = default;
};

inline std::ostream &operator<<(std::ostream &out, const Counts &c)
{
    return out << '{' << c.endpoints << ", " << c.disabled << ", " << c.responses << ", "
               << c.notServed << ", " << c.changed << '}';
}

inline Counts countsOf(const formats::LoadedServer &loaded)
{
    Counts out;
    forEachEndpoint(loaded.server, [&](const EndpointVisit &visit) {
        ++out.endpoints;
        out.disabled += visit.enabled ? 0 : 1;
        out.responses += static_cast<int>(visit.endpoint.responses.size());
    });
    for (const Problem &problem : loaded.problems)
        ++(problem.severity == Severity::Warning ? out.notServed : out.changed);
    return out;
}

/// Holds what was understood of each file below `folder` against `expected`.
inline void checkCounts(const std::filesystem::path &folder,
                        const std::map<std::string, Counts> &expected)
{
    std::map<std::string, Counts> found;
    for (const std::filesystem::path &file : filesBelow(folder))
        found[std::filesystem::relative(file, folder).string()] = countsOf(importFile(file));
    ASSERT_FALSE(found.empty()) << folder;
    for (const auto &[name, counts] : found) {
        if (!expected.contains(name)) {
            ADD_FAILURE() << "no row for {\"" << name << "\", " << counts << "},";
            continue;
        }
        EXPECT_EQ(counts, expected.at(name)) << name;
    }
    EXPECT_EQ(found.size(), expected.size());
}

/// Every file below `folder` makes a server without findings that compiles, and that a mock file
/// keeps as it is.
inline void checkServersOf(const std::filesystem::path &folder)
{
    for (const std::filesystem::path &file : filesBelow(folder)) {
        const Server server = importFile(file).server;
        for (const Finding &finding : validate(server))
            ADD_FAILURE() << file << ": " << finding.endpointId << ": " << finding.message;
        CompileOptions options;
        options.folder = file.parent_path();
        options.allowOutside = true;
        const auto compiled
            = CompiledServer::compile(server, std::make_shared<ServerMemory>(), options);
        EXPECT_TRUE(compiled.hasValue())
            << file << ": " << (compiled ? "" : compiled.error().text());
        const formats::native::ReadOutcome read
            = formats::native::read(formats::native::write(server), "written.mock.yaml");
        for (const Problem &problem : read.problems)
            ADD_FAILURE() << file << ": " << problem.error.text();
        EXPECT_TRUE(read.server == server) << file;
    }
}

} // namespace understudy::test
