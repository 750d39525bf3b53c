// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/base/result.h"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace understudy::formats::mockoon {

/// Parses a whole JSON text (a byte order mark is skipped). Errors: Syntax with line and column (in
/// characters, from 1).
Result<boost::json::value> parseJson(std::string_view text);

/// A part of the environment as the model keeps what it has no key for.
JsonValue kept(const boost::json::value &value);

/// A name in one line: control characters become blanks.
std::string oneLine(std::string name);

} // namespace understudy::formats::mockoon
