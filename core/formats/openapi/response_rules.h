// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/model/rule.h"

#include <string>
#include <string_view>

/// How a client chooses among the documented responses: `Prefer: code=404, example=NAME` (RFC 7240)
/// and `Accept`.
namespace understudy::formats::openapi {

Rule prefersCode(int status);
/// No code but that one is asked for.
Rule prefersNoOtherCode(int status);
Rule prefersExample(std::string_view name);
/// `Prefer: dynamic=true`, as Prism has it.
Rule prefersDynamic();
/// The type is named first in Accept, or is named where `usual`, the type that is sent unasked, and
/// wildcards are not.
Rule accepts(std::string_view type, std::string_view usual);
Rule pathParameterMatches(std::string_view name, std::string regex);

} // namespace understudy::formats::openapi
