// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/program.h"

#include <array>
#include <string>
#include <vector>

namespace understudy::cli {
namespace {

// Set once by main, before anything else; the hand-over to the program with Qt needs them.
char **words = nullptr;

std::array<Command, 6> allCommands()
{
    return {serveCommand(),    importCommand(),  exportCommand(),
            validateCommand(), formatsCommand(), caCommand()};
}

std::string overview()
{
    std::string text = "Usage: understudy-cli COMMAND [OPTION]... [OPERAND]...\n"
                       "Mock HTTP servers from files.\n\nCommands:\n";
    for (const Command &command : allCommands()) {
        std::string line = "  " + std::string(command.spec.name);
        line.resize(13, ' ');
        text += line + std::string(command.spec.summary) + "\n";
    }
    text += "\nOptions:\n"
            "  -h, --help     show this text; 'understudy-cli COMMAND --help' for one command\n"
            "  --version      show the version\n\n"
            "Exit code: 0 done, 1 failed or a wrong command line, 2 serve cannot listen on an "
            "address.";
    return text;
}

int unknownCommand(std::string_view name)
{
    std::vector<std::string_view> known;
    for (const Command &command : allCommands())
        known.push_back(command.spec.name);
    std::string message = "understudy-cli: unknown command " + std::string(name);
    if (const std::string nearest = nearestName(name, known); !nearest.empty())
        message += "; did you mean " + nearest + "?";
    complain(message);
    complain("Try 'understudy-cli --help'.");
    return Failed;
}

int runProgram(const std::vector<std::string_view> &words)
{
    if (words.empty()) {
        complainText(overview());
        return Failed;
    }
    const std::string_view first = words.front();
    if (first == "--help" || first == "-h" || first == "help") {
        printText(overview());
        return Done;
    }
    if (first == "--version") {
        printLine("understudy-cli " UNDERSTUDY_VERSION);
        return Done;
    }
    for (const Command &command : allCommands()) {
        if (command.spec.name != first)
            continue;
        const auto arguments = Arguments::parse(command.spec, std::span(words).subspan(1));
        if (!arguments)
            return refuse(first, arguments.error().message);
        if (arguments->has("help")) {
            printText(helpText(command.spec));
            return Done;
        }
        return command.run(*arguments);
    }
    return unknownCommand(first);
}

} // namespace

char **programWords() { return words; }

} // namespace understudy::cli

int main(int count, char **words)
{
    understudy::cli::words = words;
    return understudy::cli::runProgram({words + 1, words + count});
}
