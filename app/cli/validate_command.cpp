// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/reading_options.h"
#include "app/cli/scripting.h"
#include "core/base/files.h"
#include "core/engine/scripting_needs.h"
#include "core/formats/format.h"
#include "core/formats/presets.h"
#include "core/workspace/problems.h"

#include <array>
#include <set>

namespace understudy::cli {
namespace {

constexpr std::array validateOptions{
    fromOption,
    OptionSpec{"ca-folder", "DIR", "the local authority of tls: self-signed lies in DIR"},
    OptionSpec{"quiet", "", "only errors, no warnings, notes and summary", 'q'},
};
constexpr CommandSpec validateSpec{
    "validate", "PATH...",
    "Check files and folders; print every problem as file:line:column: message.", validateOptions,
    "Exit code: 0 no errors, 1 errors or a wrong command line."};

/// Findings are this command's result: they go to standard output.
void print(const std::vector<Problem> &problems, bool onlyErrors)
{
    for (const Problem &problem : problems) {
        if (!onlyErrors || problem.severity == Severity::Error)
            printLine(problemText(problem));
    }
}

std::filesystem::path folderOf(const std::filesystem::path &path)
{
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return path;
    return files::folderOf(path);
}

using Outcomes = std::vector<std::pair<std::string, formats::LoadOutcome>>;

/// Reads the scripts that servers name; null where there are none. May replace the program, so
/// nothing is printed before.
std::shared_ptr<Scripting> scriptingFor(const Outcomes &all)
{
    const bool isNeeded = std::ranges::any_of(all, [](const auto &outcome) {
        return std::ranges::any_of(outcome.second.servers, [](const formats::LoadedServer &one) {
            return namesScripts(one.server);
        });
    });
    if (!isNeeded)
        return nullptr;
    if (const auto prepared = prepareScripting(); !prepared)
        complain(prepared.error().text());
    return makeScripting();
}

int runValidate(const Arguments &arguments)
{
    if (arguments.operands().empty())
        return refuse(validateSpec.name, "needs at least one PATH");
    const bool quiet = arguments.has("quiet");
    ProblemCount total;
    std::size_t servers = 0;
    const auto account = [&](const std::vector<Problem> &problems) {
        print(problems, quiet);
        const ProblemCount count = countProblems(problems);
        total.errors += count.errors;
        total.warnings += count.warnings;
    };
    Outcomes all;
    for (const std::string &path : arguments.operands())
        all.emplace_back(path, formats::load(path, readingOptions(arguments)));
    const std::shared_ptr<Scripting> scripting = scriptingFor(all);
    std::set<std::filesystem::path> folders; // whose presets have been looked at
    for (const auto &[path, loaded] : all) {
        const auto folder = folderOf(path);
        const formats::PresetsRead presets = formats::loadPresets(folder);
        if (folders.insert(folder).second)
            account(presets.problems);
        account(loaded.errors);
        for (const formats::LoadedServer &server : loaded.servers) {
            account(server.problems);
            FindingsOptions options;
            options.profiles = presets.presets.networks;
            options.authorityFolder = authorityFolder(arguments, "ca-folder");
            options.now = std::chrono::system_clock::now();
            options.scripting = scripting;
            account(workspace::problemsOf(server, std::move(options)));
        }
        if (loaded.servers.empty() && loaded.errors.empty()) {
            account({{Severity::Error,
                      {ErrorCode::NotFound, "there is no mock file in it", {path, 0, 0}}}});
        }
        servers += loaded.servers.size();
    }
    if (!quiet) {
        complain(std::to_string(servers) + (servers == 1 ? " server, " : " servers, ")
                 + std::to_string(total.errors) + " errors, " + std::to_string(total.warnings)
                 + " warnings");
    }
    return total.errors == 0 ? Done : Failed;
}

} // namespace

Command validateCommand() { return {validateSpec, runValidate}; }

} // namespace understudy::cli
