// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::cli {

/// One option of a subcommand.
struct OptionSpec
{
    std::string_view name;  ///< without the dashes: "control-port"
    std::string_view value; ///< what the help calls its value: "N"; empty = a switch without value
    std::string_view help;  ///< one line
    char letter = '\0';     ///< short form: 'o' for -o; none if 0
};

/// What the parser and the help know about a subcommand.
struct CommandSpec
{
    std::string_view name;
    std::string_view operands; ///< as the usage line shows them: "PATH..."
    std::string_view summary;  ///< one line
    std::span<const OptionSpec> options;
    std::string_view notes; ///< paragraphs under the options, may be empty
};

/// The words behind a subcommand, sorted. Values are kept as written; the readers below check them.
class Arguments
{
public:
    /// Takes `--name value`, `--name=value`, `-o value`, `-ovalue` and, after `--`, operands only.
    /// `--help` and `-h` are known to every command. Errors: Invalid for an unknown option (with
    /// the nearest known one), a missing or a superfluous value, an option given twice.
    static Result<Arguments> parse(const CommandSpec &spec,
                                   std::span<const std::string_view> words);

    bool has(std::string_view option) const { return m_values.contains(option); }
    std::optional<std::string> text(std::string_view option) const;
    /// A whole number from `least` to `most`; nothing if the option was not given.
    Result<std::optional<std::uint64_t>> number(std::string_view option, std::uint64_t least,
                                                std::uint64_t most) const;
    const std::vector<std::string> &operands() const { return m_operands; }

private:
    std::map<std::string, std::string, std::less<>> m_values;
    std::vector<std::string> m_operands;
};

/// The help page of a subcommand.
std::string helpText(const CommandSpec &spec);

} // namespace understudy::cli
