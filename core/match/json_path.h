// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/work_budget.h"

#include "core/base/json_value.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace understudy {

namespace json_path {
struct Query;
}

/// A compiled JSONPath query (RFC 9535, all of it; regular expressions after RFC 9485, read by
/// PCRE2). A value: immutable, cheap to copy, usable from any thread.
///
///     const auto path = JsonPath::parse("$.items[?@.qty > 1].name");
///     for (const JsonValue *hit : path->select(document))
///         use(*hit);
class JsonPath
{
public:
    /// How many nodes one evaluation may visit; a query on a document people wrote stays far below
    /// it.
    static constexpr std::uint64_t kMaxWork = 4'000'000;
    /// Longer texts are refused.
    static constexpr std::size_t kMaxLength = 16'384;

    /// Reads a query. Errors say at which column (in characters, from 1) what was expected; code
    /// Syntax, or Limit for a text that is too long or too deeply nested.
    static Result<JsonPath> parse(std::string_view text);

    /// The nodes the query selects, in the order of RFC 9535; pointers into `root`, valid as long
    /// as it is unchanged. The same node may occur several times. Empty, too, if the evaluation
    /// would visit more than kMaxWork nodes.
    std::vector<const JsonValue *> select(const JsonValue &root) const;

    /// The same, but running out of work is an error (Limit) and the bound is the caller's.
    Result<std::vector<const JsonValue *>> trySelect(const JsonValue &root,
                                                     std::uint64_t maxWork = kMaxWork) const;

    /// The same with a budget shared with other matchers.
    Result<std::vector<const JsonValue *>> trySelect(const JsonValue &root,
                                                     WorkBudget &budget) const;

    /// Whether the query can select at most one node ("singular query": only names and indices).
    bool isSingular() const;

    /// The text it was parsed from.
    const std::string &text() const { return m_text; }

    /// Two paths are equal if their texts are.
    bool operator==(const JsonPath &other) const { return m_text == other.m_text; }

private:
    JsonPath(std::string text, std::shared_ptr<const json_path::Query> query);

    std::string m_text;
    std::shared_ptr<const json_path::Query> m_query;
};

} // namespace understudy
