// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/match/schema/identities.h"
#include "core/match/schema/node.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

/// Keywords that are read alike, with their places in a node and the draft that brought them.
namespace understudy::json_schema {

struct TypeName
{
    std::string_view name;
    unsigned bits;
};
inline constexpr std::array kTypes{
    TypeName{"null", Null},       TypeName{"boolean", Boolean},
    TypeName{"integer", Integer}, TypeName{"number", Number | Integer},
    TypeName{"string", String},   TypeName{"array", Array},
    TypeName{"object", Object}};

/// A keyword whose value is one schema.
struct SchemaKeyword
{
    std::string_view name;
    NodeId Node::*place;
    Draft since;
};
inline constexpr std::array kSchemaKeywords{
    SchemaKeyword{"additionalProperties", &Node::otherProperties, Draft::Four},
    SchemaKeyword{"contains", &Node::contains, Draft::Six},
    SchemaKeyword{"else", &Node::otherwise, Draft::Seven},
    SchemaKeyword{"if", &Node::condition, Draft::Seven},
    SchemaKeyword{"not", &Node::denied, Draft::Four},
    SchemaKeyword{"propertyNames", &Node::names, Draft::Six},
    SchemaKeyword{"then", &Node::then, Draft::Seven},
    SchemaKeyword{"unevaluatedItems", &Node::unevaluatedItems, Draft::Year2019},
    SchemaKeyword{"unevaluatedProperties", &Node::unevaluatedProperties, Draft::Year2019}};

/// A keyword whose value is a count.
struct CountKeyword
{
    std::string_view name;
    Bounds Node::*of;
    std::optional<std::uint64_t> Bounds::*place;
    Draft since;
};
inline constexpr std::array kCountKeywords{
    CountKeyword{"maxContains", &Node::contained, &Bounds::most, Draft::Year2019},
    CountKeyword{"maxItems", &Node::items, &Bounds::most, Draft::Four},
    CountKeyword{"maxLength", &Node::length, &Bounds::most, Draft::Four},
    CountKeyword{"maxProperties", &Node::members, &Bounds::most, Draft::Four},
    CountKeyword{"minContains", &Node::contained, &Bounds::least, Draft::Year2019},
    CountKeyword{"minItems", &Node::items, &Bounds::least, Draft::Four},
    CountKeyword{"minLength", &Node::length, &Bounds::least, Draft::Four},
    CountKeyword{"minProperties", &Node::members, &Bounds::least, Draft::Four}};

} // namespace understudy::json_schema
