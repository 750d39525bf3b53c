// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"

#include <filesystem>

namespace understudy::cli {

/// What the program tells its caller. A wrong command line is a Failed, too.
enum ExitCode : int { Done = 0, Failed = 1, CannotListen = 2 };

/// A subcommand: what it takes, and the function that does it.
struct Command
{
    const CommandSpec &spec;
    int (*run)(const Arguments &arguments);
};

/// The folder of the local authority: what `option` says, else the user's own.
std::filesystem::path authorityFolder(const Arguments &arguments, std::string_view option);

/// One per subcommand, each in the file of its name.
Command serveCommand();
Command importCommand();
Command exportCommand();
Command validateCommand();
Command formatsCommand();
Command caCommand();

} // namespace understudy::cli
