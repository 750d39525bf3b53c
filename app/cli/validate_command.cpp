// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/console.h"
#include "core/formats/format.h"

#include <array>

namespace understudy::cli {
namespace {

constexpr std::array options{
    OptionSpec{"from", "FORMAT", "format of every PATH; recognised by its content otherwise"},
    OptionSpec{"quiet", "", "only errors, no warnings, notes and summary", 'q'},
};
constexpr CommandSpec spec{
    "validate", "PATH...",
    "Check files and folders; print every problem as file:line:column: message.", options,
    "Exit code: 0 no errors, 1 errors or a wrong command line."};

/// Findings are this command's result: they go to standard output.
void print(const std::vector<Problem> &problems, bool onlyErrors)
{
    for (const Problem &problem : problems) {
        if (!onlyErrors || problem.severity == Severity::Error)
            printLine(problemText(problem));
    }
}

int run(const Arguments &arguments)
{
    if (arguments.operands().empty())
        return refuse(spec.name, "needs at least one PATH");
    const bool quiet = arguments.has("quiet");
    ProblemCount total;
    std::size_t servers = 0;
    const auto account = [&](const std::vector<Problem> &problems) {
        print(problems, quiet);
        const ProblemCount count = countProblems(problems);
        total.errors += count.errors;
        total.warnings += count.warnings;
    };
    for (const std::string &path : arguments.operands()) {
        const formats::LoadOutcome loaded
            = formats::load(path, arguments.text("from").value_or(""));
        account(loaded.errors);
        for (const formats::LoadedServer &server : loaded.servers)
            account(server.problems);
        servers += loaded.servers.size();
    }
    if (!quiet) {
        complain(std::to_string(servers) + " servers, " + std::to_string(total.errors) + " errors, "
                 + std::to_string(total.warnings) + " warnings");
    }
    return total.errors == 0 ? Done : Failed;
}

} // namespace

Command validateCommand() { return {spec, run}; }

} // namespace understudy::cli
