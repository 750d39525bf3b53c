// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// What readers of files say in more than one place, with the cure.
namespace understudy::formats::yaml {

std::string tooDeep(std::size_t levels);
std::string tooManyValues(std::size_t values);

struct BrokenEscape
{
    std::size_t at = 0; ///< of the backslash
    std::string message;
};

/// What is wrong with the escape `\u` or `\U` that a reader stumbled over near `offset`: half of a
/// character (a surrogate alone), two halves where the language does not join them (YAML does not,
/// JSON does, so that there it is the first that is alone), or no character at all. Nothing where
/// it is something else.
std::optional<BrokenEscape> brokenEscape(std::string_view text, std::size_t offset, bool isJson);

} // namespace understudy::formats::yaml
