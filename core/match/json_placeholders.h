// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/base/regex.h"
#include "core/base/result.h"
#include "core/match/operators/operator.h"

#include <map>
#include <optional>
#include <string>

namespace understudy {

/// What texts of an expected JSON value stand for instead of themselves, as JsonUnit writes it:
/// `${json-unit.any-string}`, `any-number`, `any-boolean`, `ignore` (any value), `ignore-element`
/// (it may be missing, too), `regex` with an expression behind it that the whole text must match.
/// Immutable; any thread.
class JsonPlaceholders
{
public:
    /// Errors: Syntax for an expression that is none, with the text it stands in.
    static Result<JsonPlaceholders> compile(const JsonValue &expected);

    /// Nothing where `expected` is a text like any other.
    std::optional<MatchVerdict> accepts(const JsonValue &actual, const std::string &expected,
                                        WorkBudget &budget) const;
    /// The member with this value need not be there.
    static bool mayBeMissing(const JsonValue &expected);

private:
    std::optional<Error> collect(const JsonValue &expected);

    std::map<std::string, Regex, std::less<>> m_patterns; ///< by what stands behind `regex}`
};

} // namespace understudy
