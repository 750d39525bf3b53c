// SPDX-License-Identifier: Apache-2.0
// What a query makes of a list: search, filters, order, pages (reference/mockoon.md section 4.1).
#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/engine/crud.h"
#include "core/engine/crud_items.h"
#include "core/template/value.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace understudy::crud {

namespace {

using handlebars::Value;

/// A parameter that is given once; nothing otherwise.
std::optional<std::string> parameter(const NamedValues &query, std::string_view name)
{
    std::optional<std::string> found;
    for (const auto &[key, value] : query) {
        if (key != name)
            continue;
        if (found)
            return std::nullopt;
        found = value;
    }
    return found;
}

/// Whether a text or number somewhere in it contains `wanted`, which is in lower case.
bool contains(const JsonValue &value, const std::string &wanted)
{
    if (const JsonArray *list = value.ifArray())
        return std::any_of(list->begin(), list->end(),
                           [&](const JsonValue &item) { return contains(item, wanted); });
    if (const JsonObject *object = value.ifObject())
        return std::any_of(object->begin(), object->end(),
                           [&](const JsonMember &m) { return contains(m.value, wanted); });
    if (!value.isString() && !value.isNumber())
        return false;
    return text::toLower(Value::ofJson(value).text()).find(wanted) != std::string::npos;
}

class Filter
{
public:
    /// Nothing where the parameter is no filter.
    static std::optional<Filter> read(const std::string &name, const std::string &value)
    {
        static constexpr std::array<std::string_view, 9> kOperators{
            "eq", "ne", "gt", "gte", "lt", "lte", "like", "start", "end"};
        const std::size_t at = name.rfind('_');
        if (at == std::string::npos)
            return std::nullopt;
        const std::string op = name.substr(at + 1);
        if (std::find(kOperators.begin(), kOperators.end(), op) == kOperators.end())
            return std::nullopt;
        return Filter(name.substr(0, at), op, value);
    }

    Result<void> compile()
    {
        if (m_op != "like" && m_op != "start" && m_op != "end")
            return {};
        const std::string pattern = m_op == "start" ? "^(?:" + m_value + ")"
                                    : m_op == "end" ? "(?:" + m_value + ")$"
                                                    : m_value;
        auto regex = Regex::compile(pattern, Regex::Anchoring::Search, true);
        if (!regex)
            return Error{ErrorCode::Syntax,
                         "the filter '" + m_path + '_' + m_op
                             + "' is no regular expression: " + regex.error().message,
                         {}};
        m_regex = *std::move(regex);
        return {};
    }

    bool holds(const JsonValue &item) const
    {
        const Value value = memberOf(item, m_path);
        if (m_regex)
            return m_regex->matches(value.isUndefined() ? "undefined" : textOf(value));
        if (m_op == "eq" || m_op == "ne")
            return isEqual(value) == (m_op == "eq");
        return compares(value);
    }

private:
    Filter(std::string path, std::string op, std::string value)
        : m_path(std::move(path))
        , m_op(std::move(op))
        , m_value(std::move(value))
    {}

    static std::string textOf(const Value &value)
    {
        return value.kind() == Value::Kind::Null ? "null"
               : value.isUndefined()             ? "undefined"
                                                 : value.text();
    }

    bool isEqual(const Value &value) const
    {
        if (textOf(value) == m_value)
            return true;
        const double left = value.isText() || value.isNumber() ? value.number() : std::nan("");
        return !m_value.empty() && left == handlebars::numberOf(m_value);
    }

    bool compares(const Value &value) const
    {
        int order = 0;
        if (value.isText()) {
            order = value.text().compare(m_value);
        } else {
            const double left = value.number();
            const double right = handlebars::numberOf(m_value);
            if (value.isUndefined() || std::isnan(left) || std::isnan(right))
                return false;
            order = left < right ? -1 : left > right ? 1 : 0;
        }
        return m_op == "gt"    ? order > 0
               : m_op == "gte" ? order >= 0
               : m_op == "lt"  ? order < 0
                               : order <= 0;
    }

    std::string m_path;
    std::string m_op;
    std::string m_value;
    std::optional<Regex> m_regex;
};

/// Texts whatever their case, numbers by their value; what cannot be compared is equal.
bool isLess(const Value &a, const Value &b)
{
    if (a.isText() && b.isText())
        return text::toLower(a.text()) < text::toLower(b.text());
    return a.number() < b.number();
}

void sort(JsonArray &items, const NamedValues &query)
{
    const auto by = parameter(query, "sort");
    if (!by || by->empty())
        return;
    const bool isDescending = parameter(query, "order").value_or("asc") == "desc";
    const auto keyOf
        = [&](const JsonValue &item) { return memberOf(item, item.isObject() ? *by : ""); };
    std::stable_sort(items.begin(), items.end(), [&](const JsonValue &a, const JsonValue &b) {
        return isDescending ? isLess(keyOf(b), keyOf(a)) : isLess(keyOf(a), keyOf(b));
    });
}

std::int64_t countOf(const NamedValues &query, std::string_view name, std::int64_t otherwise)
{
    const double value = handlebars::numberOf(parameter(query, name).value_or(""));
    constexpr double kMost = 1e9;
    return value >= 1 && value < kMost ? static_cast<std::int64_t>(value) : otherwise;
}

void page(JsonArray &items, const NamedValues &query)
{
    constexpr std::int64_t kDefaultLimit = 10;
    if (!parameter(query, "page") && !parameter(query, "limit"))
        return;
    const std::int64_t limit = countOf(query, "limit", kDefaultLimit);
    const std::int64_t first = (countOf(query, "page", 1) - 1) * limit;
    slice(items, first, first + limit);
}

} // namespace

Result<Answer> list(const JsonValue &bucket, const NamedValues &query)
{
    const JsonArray *all = bucket.ifArray();
    if (!all)
        return Answer{0, bucket, {}};
    std::vector<Filter> filters;
    for (const auto &[name, value] : query) {
        auto filter = Filter::read(name, value);
        if (!filter)
            continue;
        if (auto compiled = filter->compile(); !compiled)
            return compiled.error();
        filters.push_back(*std::move(filter));
    }
    const std::string wanted = text::toLower(parameter(query, "search").value_or(""));
    JsonArray items;
    for (const JsonValue &item : *all) {
        if (!wanted.empty() && !contains(item, wanted))
            continue;
        if (std::all_of(filters.begin(), filters.end(),
                        [&](const Filter &filter) { return filter.holds(item); }))
            items.push_back(item);
    }
    Answer answer;
    answer.headers = {{"X-Total-Count", std::to_string(all->size())},
                      {"X-Filtered-Count", std::to_string(items.size())}};
    sort(items, query);
    page(items, query);
    answer.body = JsonValue(std::move(items));
    return answer;
}

} // namespace understudy::crud
