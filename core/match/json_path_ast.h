// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The parsed form of a JSONPath query (RFC 9535 section 2). Internal to core/match; immutable once
/// parsed.
namespace understudy::json_path {

class Pattern;
struct Logical;

struct NameSelector
{
    std::string name;
};
struct WildcardSelector
{};
struct IndexSelector
{
    std::int64_t index = 0;
};
struct SliceSelector
{
    std::optional<std::int64_t> start;
    std::optional<std::int64_t> end;
    std::int64_t step = 1;
};
struct FilterSelector
{
    std::shared_ptr<const Logical> condition;
};
using Selector
    = std::variant<NameSelector, WildcardSelector, IndexSelector, SliceSelector, FilterSelector>;

struct Segment
{
    bool descendant = false;
    std::vector<Selector> selectors;
};

struct Query
{
    bool fromRoot = true; ///< `$`, else `@`
    bool singular = true;
    std::vector<Segment> segments;
};

enum class Function { Length, Count, Value, Match, Search };

struct Call;
/// What can stand at either side of a comparison or as an argument.
using Operand = std::variant<JsonValue, Query, std::shared_ptr<const Call>>;

struct Call
{
    Function function = Function::Length;
    std::vector<Operand> arguments;
    std::shared_ptr<const Pattern>
        pattern; ///< of match and search whose second argument is a literal
};

enum class Comparison { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

/// A node of a filter's expression. `children` belongs to Or, And and Not; `left` to Compare,
/// Exists (a Query) and Test (a Call that yields true or false); `right` to Compare.
struct Logical
{
    enum class Kind { Or, And, Not, Compare, Exists, Test };
    Kind kind = Kind::Or;
    std::vector<std::shared_ptr<const Logical>> children;
    Operand left;
    Operand right;
    Comparison comparison = Comparison::Equal;
};

} // namespace understudy::json_path
