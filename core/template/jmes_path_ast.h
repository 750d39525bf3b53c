// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/base/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A JMESPath query after it was read.
namespace understudy::jmes_path {

struct Node
{
    enum class Kind {
        Current,
        Field,
        Index,
        Slice,
        Literal,
        Sub,        ///< left, then right
        Projection, ///< left is a list, right for each of its items
        Values,     ///< the same for the values of an object
        Flatten,
        Filter, ///< left is a list, right decides, `third` for each that stays
        Or,
        And,
        Not,
        Compare,
        List, ///< [a, b]
        Hash, ///< {a: b}
        Call,
        Reference ///< &a
    };
    Kind kind = Kind::Current;
    std::string name; ///< of a field, function or comparison
    JsonValue literal;
    std::optional<std::int64_t> from, to, step;
    std::unique_ptr<Node> left, right, third;
    std::vector<std::pair<std::string, std::unique_ptr<Node>>> parts;
};

using NodePtr = std::unique_ptr<Node>;

inline NodePtr make(Node::Kind kind, NodePtr left = nullptr, NodePtr right = nullptr)
{
    auto node = std::make_unique<Node>();
    node->kind = kind;
    node->left = std::move(left);
    node->right = std::move(right);
    return node;
}

/// Errors: Syntax, with the column.
Result<NodePtr> parse(std::string_view query);

} // namespace understudy::jmes_path
