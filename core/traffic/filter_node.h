// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/traffic/filter.h"

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace understudy {

/// One node of a parsed filter: a term, or other nodes combined. Immutable once parsed.
struct TrafficFilter::Node
{
    using Test = std::function<bool(const Exchange &, const FilterContext &)>;
    enum class Kind { Term, All, Any, Not };

    Kind kind = Kind::Term;
    Test test; ///< of a Term
    std::vector<std::shared_ptr<const Node>> children;
    bool readsBodies = false; ///< it or a node below it
    bool readsClock = false;

    bool holds(const Exchange &exchange, const FilterContext &context) const;
};

namespace filter {

using NodePtr = std::shared_ptr<const TrafficFilter::Node>;

/// A node that asks `test`.
inline NodePtr term(TrafficFilter::Node::Test test, bool readsBodies = false)
{
    auto node = std::make_shared<TrafficFilter::Node>();
    node->test = std::move(test);
    node->readsBodies = readsBodies;
    return node;
}

/// One of the values behind `key:`, without its quotes.
struct Value
{
    std::string text;
    bool isQuoted = false;
    std::size_t column = 0; ///< from 1, in the whole filter
};

/// Whether `name` begins a typed term; letter case does not matter.
bool isKey(std::string_view name);
/// The key that a mistyped name probably meant; empty if none is near.
std::string nearestKey(std::string_view name);
/// Whether `,` and `|` separate values behind this key.
bool takesList(std::string_view key);
/// Whether a value in slashes is a regular expression behind this key.
bool takesRegex(std::string_view key);

/// The node of `key:values`. `values` is never empty and none of them is.
Result<NodePtr> makeTerm(std::string_view key, const std::vector<Value> &values);
/// A word, phrase or, with `isRegex`, an expression over what a row shows.
Result<NodePtr> makeWord(std::string_view text, bool isRegex, bool ignoreCase, std::size_t column);

Error syntaxError(std::string message, std::size_t column);
Error unfinished(std::string message, std::size_t column);

} // namespace filter
} // namespace understudy
