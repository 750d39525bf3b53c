// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"

namespace understudy::cli {

/// What the program tells its caller. A wrong command line is a Failed, too.
enum ExitCode : int { Done = 0, Failed = 1, CannotListen = 2 };

/// A subcommand: what it takes, and the function that does it.
struct Command
{
    const CommandSpec &spec;
    int (*run)(const Arguments &arguments);
};

/// One per subcommand, each in the file of its name.
Command serveCommand();
Command importCommand();
Command exportCommand();
Command validateCommand();
Command formatsCommand();

} // namespace understudy::cli
