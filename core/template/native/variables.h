// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/helper.h"
#include "core/template/render_scope.h"

/// The dialect of the mock file's own templates (format.md, Values that templates know).
namespace understudy::native {

/// A path of the outermost level that begins with `method`, `url`, `path`, `query`, `header`,
/// `cookie`, `form`, `body`, `raw`, `client`, `count`, `violations`, `state`, `bucket` or `env`.
/// Undefined for any other.
handlebars::Value variable(handlebars::RenderScope &scope, std::span<const std::string> path,
                           std::size_t &used);

/// The names that variable() knows, for help and completion.
std::vector<std::string_view> variableNames();

/// The helpers of the peers that do not have the name of a variable.
const handlebars::HelperTable &helperTable();

} // namespace understudy::native
