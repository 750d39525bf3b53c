// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/match/json_path_ast.h"

#include <string_view>

namespace understudy::json_path {

/// Parses the grammar of RFC 9535 with its rules of well-typedness (section 2.4.3). `text` is valid
/// UTF-8. Recursion is bounded. Errors: Syntax with the column in the message and in `where`; Limit
/// for too deep a nesting.
Result<Query> parseQuery(std::string_view text);

} // namespace understudy::json_path
