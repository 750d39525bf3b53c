// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::postman {

/// The path of an endpoint as the segments of a Postman URL.
struct ExportPath
{
    std::vector<std::string> segments;
    std::vector<std::string> parameters; ///< names of the `:name` segments
    std::vector<std::string> loose;      ///< parts of the path that say more than a `:name` can
};

/// Nothing for a regular expression, or a path that cannot be parsed.
std::optional<ExportPath> exportPath(std::string_view path);

} // namespace understudy::formats::postman
