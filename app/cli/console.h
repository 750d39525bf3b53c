// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string_view>
#include <vector>

/// The two streams of the program. Every line leaves at once, in one piece, from whatever thread.
namespace understudy::cli {

/// To standard output, with a line break. What a terminal would act on is shown instead: names and
/// texts from files cannot forge a line, nor paint the screen.
void printLine(std::string_view line);
/// To standard error, in the same way.
void complain(std::string_view line);
/// Texts of our own of several lines, as they are.
void printText(std::string_view text);
void complainText(std::string_view text);

/// "file:line:column: message" for an error, with "warning:" or "note:" before the message for the
/// others.
std::string problemText(const Problem &problem);

/// How often each severity occurs.
struct ProblemCount
{
    std::size_t errors = 0;
    std::size_t warnings = 0;
};
ProblemCount countProblems(const std::vector<Problem> &problems);

/// Sends every problem to standard error; with `onlyErrors` the others are left out.
void complainAll(const std::vector<Problem> &problems, bool onlyErrors = false);

/// Complains about a wrong use of a subcommand and says where the help is. Returns the exit code.
int refuse(std::string_view command, std::string_view message);

} // namespace understudy::cli
