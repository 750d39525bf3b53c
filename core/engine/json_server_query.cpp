// SPDX-License-Identifier: Apache-2.0
#include "core/engine/json_server_query.h"

#include "core/base/path_text.h"
#include "core/base/text.h"
#include "core/template/value.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace understudy::crud {

namespace {

struct ParameterName
{
    std::string_view theirs;
    std::string_view ours;
};

constexpr std::array kParameterNames{
    ParameterName{"q", "search"},
    ParameterName{"_page", "page"},
    ParameterName{"_per_page", "limit"},
};

const std::string *firstOf(const NamedValues &query, std::string_view name)
{
    for (const auto &[key, value] : query) {
        if (key == name)
            return &value;
    }
    return nullptr;
}

bool hasMember(const JsonValue &item, const std::string &path)
{
    const JsonValue *at = &item;
    for (const std::string &step : path_text::dotPathSteps(path)) {
        const JsonObject *object = at->ifObject();
        at = object ? object->find(step) : nullptr;
        if (!at)
            return false;
    }
    return true;
}

/// One of several values: an expression that each of them matches.
std::string oneOfThese(const NamedValues &query, std::string_view name)
{
    std::string out;
    for (const auto &[key, value] : query) {
        if (key == name && value.find("\\E") == std::string::npos)
            out += (out.empty() ? "" : "|") + ("\\Q" + value + "\\E");
    }
    return "^(?:" + out + ")$";
}

/// Filters on members.
void addFilters(const NamedValues &query, const JsonArray &items, NamedValues &out)
{
    for (auto one = query.begin(); one != query.end(); ++one) {
        const auto &[name, value] = *one;
        const bool isFilter = name.ends_with("_gte") || name.ends_with("_lte")
                              || name.ends_with("_ne") || name.ends_with("_like");
        if (isFilter) {
            out.emplace_back(name, value);
            continue;
        }
        const std::string &wanted = name;
        const auto isIt = [&](const auto &parameter) { return parameter.first == wanted; };
        const bool isMember
            = !name.empty() && name != "q" && !name.starts_with('_')
              && std::any_of(items.begin(), items.end(),
                             [&](const JsonValue &item) { return hasMember(item, wanted); });
        if (!isMember || std::any_of(query.begin(), one, isIt))
            continue;
        if (std::any_of(std::next(one), query.end(), isIt))
            out.emplace_back(name + "_like", oneOfThese(query, name));
        else
            out.emplace_back(name + "_eq", value);
    }
}

/// `_sort=-views` is the form of version 1.
void addOrder(const NamedValues &query, NamedValues &out)
{
    const std::string *sort = firstOf(query, "_sort");
    if (!sort)
        return;
    std::string by = sort->substr(0, sort->find(','));
    const bool isDescending = by.starts_with('-');
    if (isDescending)
        by.erase(0, 1);
    out.emplace_back("sort", by);
    const std::string *order = firstOf(query, "_order");
    const std::string asked = order ? text::toLower(order->substr(0, order->find(','))) : "";
    if (asked == "desc" || (isDescending && asked.empty()))
        out.emplace_back("order", "desc");
}

std::size_t placeOf(const NamedValues &query, std::string_view name, std::size_t otherwise)
{
    const std::string *text = firstOf(query, name);
    const double value = text ? std::trunc(handlebars::numberOf(*text)) : std::nan("");
    constexpr double kMost = 1e9;
    return value >= 0 && value < kMost ? static_cast<std::size_t>(value) : otherwise;
}

/// `_start` and `_end`, or `_start` and `_limit`.
void cut(JsonArray &items, const NamedValues &query)
{
    const std::size_t first = std::min(placeOf(query, "_start", 0), items.size());
    std::size_t last = items.size();
    if (firstOf(query, "_end"))
        last = placeOf(query, "_end", 0);
    else if (firstOf(query, "_limit"))
        last = first + placeOf(query, "_limit", 0);
    last = std::clamp(last, first, items.size());
    items = JsonArray(items.begin() + static_cast<std::ptrdiff_t>(first),
                      items.begin() + static_cast<std::ptrdiff_t>(last));
}

} // namespace

Result<Answer> listAsJsonServer(const JsonValue &bucket, const NamedValues &query)
{
    const JsonArray *items = bucket.ifArray();
    if (!items)
        return list(bucket, {});
    NamedValues ours;
    for (const ParameterName &name : kParameterNames) {
        if (const std::string *value = firstOf(query, name.theirs))
            ours.emplace_back(name.ours, *value);
    }
    const bool isPaged = firstOf(query, "_page") || firstOf(query, "_per_page");
    if (const std::string *limit = firstOf(query, "_limit"); limit && isPaged)
        ours.emplace_back("limit", *limit);
    addOrder(query, ours);
    addFilters(query, *items, ours);
    auto answer = list(bucket, ours);
    if (!answer)
        return answer;
    // It counts what was found there.
    if (const http::HeaderField *count = http::findHeader(answer->headers, "X-Filtered-Count"))
        answer->headers = {{"X-Total-Count", std::string(count->value)}};
    JsonArray *found = answer->body ? answer->body->ifArray() : nullptr;
    if (found && !isPaged && (firstOf(query, "_end") || firstOf(query, "_limit")))
        cut(*found, query);
    return answer;
}

void adaptToJsonServer(Operation &operation, const JsonValue &bucket)
{
    const JsonArray *items = bucket.ifArray();
    JsonObject *body = operation.body.ifObject();
    if (items && operation.isItem && body && body->contains(operation.key)) {
        const JsonValue *item = itemOf(bucket, operation);
        const JsonObject *held = item ? item->ifObject() : nullptr;
        if (const JsonValue *key = held ? held->find(operation.key) : nullptr)
            body->set(operation.key, *key);
    }
    if (items && items->empty() && operation.method == "POST")
        operation.ownKey = JsonValue(1);
}

} // namespace understudy::crud
