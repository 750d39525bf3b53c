// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/base/decimal.h"

#include "core/base/json_value.h"
#include "core/base/work_budget.h"

#include <optional>
#include <string>
#include <string_view>

/// Comparing what a request holds, which is text, with what a rule says, which is a YAML value.
namespace understudy {

/// A whole text, blanks at its ends aside, as a number: exactly, whatever its length.
std::optional<Decimal> numberOf(std::string_view text);
/// Of a number, or of a text that reads as one.
std::optional<Decimal> numberIn(const JsonValue &value);

/// A JSON value as a rule shows and compares it: texts bare, everything else as compact JSON.
std::string textOf(const JsonValue &value);

/// A JSON value in a message: texts in quotes, long ones cut.
std::string shownJson(const JsonValue &value);

/// Texts are compared byte for byte; against a number or a boolean a text holds if it reads as the
/// same one. `isNumber` says that the actual value is a number in JSON: how it was written does not
/// count then (12.90 equals '12.9').
bool equalsValue(std::string_view actual, const JsonValue &expected, bool isNumber = false);
/// About what that costs, in units of a WorkBudget.
std::uint64_t workOfEqualsValue(std::string_view actual, const JsonValue &expected, bool isNumber);

class JsonPlaceholders;

struct JsonComparison
{
    bool ignoreArrayOrder = false;
    bool ignoreExtraFields
        = false; ///< the actual value may have members that the expected one has not
    /// The actual lists may be longer: at their end, or anywhere where the order does not count.
    bool ignoreExtraItems = false;
    const JsonPlaceholders *placeholders = nullptr; ///< null: every text stands for itself
    /// What equals one value need not equal another that does.
    bool isLoose() const { return ignoreExtraFields || ignoreExtraItems || placeholders; }
};

/// JSON equality: member order never counts, numbers by their exact value. Undecided where `budget`
/// is spent first; pairing the items of long lists whatever their order can take that much.
MatchVerdict equalsJson(const JsonValue &actual, const JsonValue &expected,
                        const JsonComparison &how, WorkBudget &budget);

/// A moment as a rule writes it: a date (http::parseAnyDate), or `now` with an optional offset
/// ("now + 2h", "now -30m").
std::optional<WallTime> momentOf(std::string_view text, WallTime now);

} // namespace understudy
