// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"

#include <boost/json/value.hpp>

#include <string>

namespace understudy {

/// A number as people write it: the shortest decimal text that reads back the same, with a point or
/// an exponent ("12.9", "1.0", "1.0e+300"). What is not finite becomes "null", as JSON has nothing
/// for it.
std::string jsonNumber(double value);

/// Compact JSON, members in their order, numbers as they were written.
std::string writeJson(const JsonValue &value);
/// On several lines, `indent` blanks a level, without a line break at the end. Empty lists and
/// objects stay on one line.
std::string writeJson(const JsonValue &value, int indent);

/// The same of Boost's values, for what the program makes itself. Unlike Boost.JSON's serializer,
/// which writes 12.9 as 1.29E1.
std::string writeJson(const boost::json::value &value);

} // namespace understudy
