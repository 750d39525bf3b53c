// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/formats/yaml/node.h"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::curl {

/// A simple command of a shell.
struct ShellCommand
{
    std::vector<std::string> words;
    yaml::Mark at;
};

/// Splits a text as bash does, as far as quoting goes: '…', "…", $'…', backslashes, comments, and
/// the signs that end a command. Redirections are left out, variables and patterns stay as they
/// stand. A prompt `$ ` in front of a command is left out. Errors: Syntax for a quote that is not
/// closed, at the quote.
Result<std::vector<ShellCommand>> splitCommands(std::string_view text, const std::string &file);

} // namespace understudy::formats::curl
