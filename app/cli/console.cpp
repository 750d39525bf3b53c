// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include "app/cli/command.h"
#include "core/base/shell.h"

#include <cstdio>
#include <string>

namespace understudy::cli {
namespace {

void writeLine(std::FILE *stream, std::string_view line)
{
    const std::string whole = std::string(line) + "\n";
    std::fwrite(whole.data(), 1, whole.size(), stream);
    std::fflush(stream);
}

} // namespace

void printLine(std::string_view line) { writeLine(stdout, shell::printable(line)); }

void complain(std::string_view line) { writeLine(stderr, shell::printable(line)); }

void printText(std::string_view text) { writeLine(stdout, text); }

void complainText(std::string_view text) { writeLine(stderr, text); }

std::string problemText(const Problem &problem)
{
    Error error = problem.error;
    if (problem.severity != Severity::Error)
        error.message.insert(0, problem.severity == Severity::Warning ? "warning: " : "note: ");
    return error.text();
}

ProblemCount countProblems(const std::vector<Problem> &problems)
{
    ProblemCount count;
    for (const Problem &problem : problems) {
        count.errors += problem.severity == Severity::Error;
        count.warnings += problem.severity == Severity::Warning;
    }
    return count;
}

void complainAll(const std::vector<Problem> &problems, bool onlyErrors)
{
    for (const Problem &problem : problems) {
        if (!onlyErrors || problem.severity == Severity::Error)
            complain(problemText(problem));
    }
}

int refuse(std::string_view command, std::string_view message)
{
    complain("understudy-cli " + std::string(command) + ": " + std::string(message));
    complain("Try 'understudy-cli " + std::string(command) + " --help'.");
    return Failed;
}

} // namespace understudy::cli
