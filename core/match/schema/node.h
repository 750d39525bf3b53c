// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/decimal.h"
#include "core/base/json_value.h"
#include "core/base/regex.h"
#include "core/match/schema/formats.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What a schema is compiled to: nodes that name each other by their numbers.
namespace understudy::json_schema {

using NodeId = std::uint32_t;
constexpr NodeId kNone = static_cast<NodeId>(-1);

/// Kinds of values, as bits; an Integer is a Number without a fraction.
enum Type : unsigned {
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
};

struct Bounds
{
    std::optional<std::uint64_t> least;
    std::optional<std::uint64_t> most;
};

/// One schema or subschema. What is kNone or empty is not asked for.
struct Node
{
    std::optional<bool> always; ///< a schema that is true or false

    unsigned types = 0; ///< of Type; 0: any
    std::string typeText;
    std::optional<JsonArray> choices;
    std::optional<JsonValue> constant;

    std::optional<Decimal> minimum;
    std::optional<Decimal> maximum;
    std::optional<Decimal> exclusiveMinimum;
    std::optional<Decimal> exclusiveMaximum;
    std::optional<Decimal> multipleOf;

    Bounds length; ///< in characters
    std::optional<Regex> pattern;
    const Format *format = nullptr;

    Bounds items;
    bool isUnique = false;
    std::vector<NodeId> firstItems;
    NodeId otherItems = kNone;
    NodeId contains = kNone;
    Bounds contained;
    NodeId unevaluatedItems = kNone;

    Bounds members;
    std::vector<std::string> required;
    std::map<std::string, NodeId, std::less<>> properties;
    std::vector<std::pair<Regex, NodeId>> patternProperties;
    NodeId otherProperties = kNone;
    NodeId unevaluatedProperties = kNone;
    NodeId names = kNone;
    std::vector<std::pair<std::string, std::vector<std::string>>> dependentRequired;
    std::vector<std::pair<std::string, NodeId>> dependentSchemas;

    std::vector<NodeId> allOf; ///< and what $ref leads to
    std::vector<NodeId> anyOf;
    std::vector<NodeId> oneOf;
    NodeId denied = kNone;
    NodeId condition = kNone;
    NodeId then = kNone;
    NodeId otherwise = kNone;
    /// What $dynamicRef leads to, unless a schema further outside gives `dynamicName` to a place of
    /// its own.
    NodeId dynamicReference = kNone;
    std::optional<std::string> dynamicName;

    std::uint32_t resource = 0; ///< the schema with an identity of its own in which it stands
};

struct Schema
{
    std::vector<Node> nodes; ///< the first one is the whole
    /// For each resource, the places that its dynamic anchors name.
    std::vector<std::map<std::string, NodeId, std::less<>>> dynamicAnchors;
    std::vector<std::string> unknownFormats;
    bool tracksEvaluated = false; ///< some node asks what no other one looked at
};

} // namespace understudy::json_schema
