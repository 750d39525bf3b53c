// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

/// What is printed on a terminal or pasted into a shell: the one place that makes bytes from files
/// and clients harmless there.
namespace understudy::shell {

/// `text` as one word of a POSIX shell, in single quotes; in $'…' where there are bytes that a
/// terminal or a paste would act on: control bytes, what is not UTF-8, marks that turn the reading
/// direction.
std::string quote(std::string_view text);
/// The same, without quotes where none are needed.
std::string word(std::string_view text);

/// `text` as it may be shown on one line of a terminal: a line break is `\n`, an escape byte
/// `\x1b`, and so on for everything that quote() escapes. Tabs stay. A backslash stays what it is:
/// this is for people, not for reading back.
std::string printable(std::string_view text);

/// `curl -i …` that sends this method to this URL, whatever they hold.
std::string curlCommand(std::string_view method, std::string_view url);
/// A URL as an operand of curl: never an option.
std::string curlOperand(std::string_view url);

} // namespace understudy::shell
