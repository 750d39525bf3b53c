// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/curl/shell_words.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace understudy::formats::curl {

/// The values that a script gives to variables, as far as they stand there. One text.
class ShellValues
{
public:
    /// Takes the assignments in front of a command, or of `export`, and leaves out the words of the
    /// shell there: `if`, `time`. What is left may have no words.
    ShellCommand take(ShellCommand command);
    /// `$NAME` and `${NAME}` with their values. The others stay, and are remembered.
    std::string filled(std::string_view text);

    const std::set<std::string> &unknown() const { return m_unknown; }

private:
    bool assign(std::string_view word);

    std::map<std::string, std::string, std::less<>> m_values;
    std::set<std::string> m_unknown;
};

/// Whether the first command of a text is curl, behind comments, a prompt and what scripts begin
/// with: `set -e`, `NAME=value`, `cd folder`.
bool beginsWithCurl(std::string_view text);
/// `#!/bin/sh`, of whatever shell.
bool namesShell(std::string_view text);
/// curl, /usr/bin/curl, curl.exe.
bool isCurl(std::string_view word);

} // namespace understudy::formats::curl
