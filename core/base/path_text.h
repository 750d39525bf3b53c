// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The ways in which other tools name something inside a JSON value, as text.
namespace understudy::path_text {

/// The steps of `a.b\.c.0`: "a", "b.c", "0".
std::vector<std::string> dotPathSteps(std::string_view path);

/// Those steps from `first` on as a JSONPath. A number may be an index or a name, so both are asked
/// for: `['0',0]`.
std::string jsonPathOf(const std::vector<std::string> &steps, std::size_t first = 0);

/// A JSONPath of JavaScript's dialect (jsonpath-plus) as RFC 9535 has it; nothing where it uses
/// what the RFC lacks.
std::optional<std::string> toRfcJsonPath(std::string_view path);

} // namespace understudy::path_text
