// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

/// Comparing what a request holds, which is text, with what a rule says, which is a YAML value.
namespace understudy {

/// A whole text as a finite decimal number.
std::optional<double> numberOf(std::string_view text);
std::optional<double> numberOf(const boost::json::value &value);

/// A JSON value as a rule shows and compares it: texts bare, everything else as compact JSON.
std::string textOf(const boost::json::value &value);

/// Texts are compared byte for byte; against a number or a boolean a text holds if it reads as the
/// same one.
bool equalsValue(std::string_view actual, const boost::json::value &expected);

struct JsonComparison
{
    bool ignoreArrayOrder = false;
    bool ignoreExtraFields
        = false; ///< the actual value may have members that the expected one has not
};

/// JSON equality: member order never counts, numbers by value.
bool equalsJson(const boost::json::value &actual, const boost::json::value &expected,
                const JsonComparison &how);

/// A moment as a rule writes it: a date (http::parseAnyDate), or `now` with an optional offset
/// ("now + 2h", "now -30m").
std::optional<WallTime> momentOf(std::string_view text, WallTime now);

} // namespace understudy
