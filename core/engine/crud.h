// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/http/header_list.h"
#include "core/match/request_view.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

/// The nine operations on a bucket that an endpoint with `crud` answers (reference/mockoon.md
/// section 4). Pure: a bucket and a request give an answer and another bucket.
namespace understudy::crud {

struct Operation
{
    std::string_view method;
    bool isItem = false;    ///< the path names one item
    std::string id;         ///< of it, as the path has it
    std::string key = "id"; ///< where an item has its id, a dot path
    /// Where the item is, as `positions` has it, or kNowhere; nothing: it is searched for.
    std::optional<std::size_t> position;
    JsonValue body;                  ///< of the request
    std::optional<JsonValue> ownKey; ///< for a new item, where the bucket makes keys itself
    std::string freshId;             ///< for an item where no number can follow
};

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

/// The places of the items of a bucket by the texts of their keys, the first of each; nothing for a
/// bucket whose items have none.
using Positions = std::unordered_map<std::string, std::size_t>;
std::optional<Positions> positions(const JsonValue &bucket, const std::string &key);

struct Answer
{
    int status = 0;                ///< 0: the response's own
    std::optional<JsonValue> body; ///< nothing: an empty one
    http::HeaderList headers{};
};

/// GET of the whole bucket: searched, filtered, sorted and paged as the query asks. Errors: Syntax
/// for a filter that is no regular expression.
Result<Answer> list(const JsonValue &bucket, const NamedValues &query);
/// GET of one item: the one that an operation is about; null if there is none. For a bucket that is
/// no list: all of it.
const JsonValue *itemOf(const JsonValue &bucket, const Operation &operation);
/// POST, PUT, PATCH and DELETE. Errors: Invalid for a body that the bucket cannot take.
Result<Answer> change(JsonValue &bucket, const Operation &operation);

} // namespace understudy::crud
