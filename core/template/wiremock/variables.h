// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/template/render_scope.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::wiremock {

/// `request.…` of WireMock's templates (reference/wiremock.md section 9.2), and what helpers gave a
/// name to. `used`: how many parts of the path it took. Undefined for what it does not know.
handlebars::Value variable(handlebars::RenderScope &scope, std::span<const std::string> path,
                           std::size_t &used);
/// "request.url", "request.query" …, for help and completion.
std::vector<std::string> variableNames();

} // namespace understudy::wiremock
