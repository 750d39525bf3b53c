// SPDX-License-Identifier: Apache-2.0
#include "core/engine/json_server_query.h"

#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/engine/crud_items.h"
#include "core/template/value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace understudy::crud {

namespace {

using handlebars::Value;
using Items = std::vector<const JsonValue *>;

/// What is no name of a member.
constexpr std::array<std::string_view, 12> kOwnParameters{
    "q",      "_start",  "_end",  "_limit", "_page",    "_per_page",
    "_order", "_expand", "_sort", "_embed", "callback", "_"};

/// The first value of a parameter; nullptr where there is none, or an empty one.
const std::string *askedFor(const NamedValues &query, std::string_view name)
{
    const auto found = std::find_if(query.begin(), query.end(),
                                    [&](const auto &parameter) { return parameter.first == name; });
    return found == query.end() || found->second.empty() ? nullptr : &found->second;
}

/// The number that a parameter begins with, 0 for others (ECMA-262 parseInt).
std::int64_t leadingNumber(const std::string *parameter)
{
    constexpr std::int64_t kMost = 1'000'000'000;
    std::string_view text = parameter ? text::trim(*parameter) : std::string_view();
    if (text.starts_with('+'))
        text.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure == std::errc::result_out_of_range)
        value = text.starts_with('-') ? -kMost : kMost;
    return std::clamp(value, -kMost, kMost);
}

/// As JavaScript writes it: numbers not as the file does.
std::string shownText(const Value &value)
{
    return value.isNumber() ? handlebars::numberText(value.number()) : value.text();
}

/// -1, 0 or 1 (ECMA-262 IsLessThan); nothing for what cannot be compared.
std::optional<int> compared(const Value &a, const Value &b)
{
    const auto isText = [](const Value &value) { return !value.isNumber() && !value.ifBool(); };
    if (isText(a) && isText(b))
        return a.text().compare(b.text());
    const double left = a.number();
    const double right = b.number();
    if (std::isnan(left) || std::isnan(right))
        return std::nullopt;
    return left < right ? -1 : left > right ? 1 : 0;
}

/// Whether a value somewhere in it contains `wanted`, which is in lower case.
bool findsText(const JsonValue &value, const std::string &wanted)
{
    if (const JsonArray *list = value.ifArray())
        return std::any_of(list->begin(), list->end(),
                           [&](const JsonValue &one) { return findsText(one, wanted); });
    if (const JsonObject *object = value.ifObject())
        return std::any_of(object->begin(), object->end(),
                           [&](const JsonMember &m) { return findsText(m.value, wanted); });
    const Value plain = Value::ofJson(value);
    return plain.isTruthy() && text::toLower(shownText(plain)).find(wanted) != std::string::npos;
}

/// What all values of one parameter ask of a member.
class MemberFilter
{
public:
    explicit MemberFilter(const std::string &name)
        : m_path(name)
    {
        for (const Suffix &suffix : kSuffixes) {
            if (!name.ends_with(suffix.text))
                continue;
            m_test = suffix.test;
            m_path.resize(name.size() - suffix.text.size());
        }
    }

    Result<void> add(const std::string &wanted)
    {
        m_wanted.push_back(wanted);
        if (m_test != Test::Like)
            return {};
        auto regex = Regex::compile(wanted, Regex::Anchoring::Search, true);
        if (!regex)
            return Error{ErrorCode::Syntax,
                         "the filter '" + m_path
                             + "_like' is no regular expression: " + regex.error().message,
                         {}};
        m_regexes.push_back(*std::move(regex));
        return {};
    }

    /// A member that no item has is no parameter; it may have a suffix.
    bool counts(const JsonArray &items) const
    {
        return m_test != Test::Equal
               || std::any_of(items.begin(), items.end(), [this](const JsonValue &item) {
                      return !memberOf(item, m_path).isUndefined();
                  });
    }

    bool holds(const JsonValue &item) const
    {
        const Value value = memberOf(item, m_path);
        if (value.isMissing())
            return false;
        std::size_t held = 0;
        for (std::size_t i = 0; i < m_wanted.size(); ++i)
            held += holds(value, i) ? 1 : 0;
        return m_test == Test::Differs ? held == m_wanted.size() : held > 0;
    }

private:
    enum class Test { Equal, Differs, AtLeast, AtMost, Like };
    struct Suffix
    {
        std::string_view text;
        Test test;
    };
    static constexpr std::array kSuffixes{
        Suffix{"_ne", Test::Differs}, Suffix{"_gte", Test::AtLeast}, Suffix{"_lte", Test::AtMost},
        Suffix{"_like", Test::Like}};

    bool holds(const Value &value, std::size_t at) const
    {
        const std::string &wanted = m_wanted[at];
        switch (m_test) {
        case Test::Equal:
            return shownText(value) == wanted;
        case Test::Differs:
            return shownText(value) != wanted;
        case Test::AtLeast:
            return compared(value, Value(wanted)).value_or(-1) >= 0;
        case Test::AtMost:
            return compared(value, Value(wanted)).value_or(1) <= 0;
        case Test::Like:
            return m_regexes[at].matches(shownText(value));
        }
        return false;
    }

    std::string m_path;
    Test m_test = Test::Equal;
    std::vector<std::string> m_wanted;
    std::vector<Regex> m_regexes; ///< of Like, one for each
};

Result<std::vector<MemberFilter>> filtersIn(const NamedValues &query, const JsonArray &items)
{
    std::vector<MemberFilter> out;
    std::vector<std::string> names;
    for (const auto &[name, value] : query) {
        if (name.empty()
            || std::find(kOwnParameters.begin(), kOwnParameters.end(), name)
                   != kOwnParameters.end())
            continue;
        auto known = std::find(names.begin(), names.end(), name);
        if (known == names.end()) {
            MemberFilter filter(name);
            if (!filter.counts(items))
                continue;
            out.push_back(std::move(filter));
            known = names.insert(names.end(), name);
        }
        if (auto added = out[static_cast<std::size_t>(known - names.begin())].add(value); !added)
            return added.error();
    }
    return out;
}

/// One name of `_sort` and its direction.
struct SortKey
{
    std::string path;
    bool isDescending = false;
};

std::vector<SortKey> sortKeys(const NamedValues &query)
{
    const std::string *sort = askedFor(query, "_sort");
    if (!sort)
        return {};
    const std::string *order = askedFor(query, "_order");
    const auto names = text::split(*sort, ',');
    const auto orders = text::split(order ? std::string_view(*order) : std::string_view(), ',');
    std::vector<SortKey> out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string asked
            = i < orders.size() ? text::toLower(std::string(orders[i])) : std::string();
        SortKey key{std::string(names[i]), asked == "desc"};
        // The form of version 1.
        if (key.path.starts_with('-')) {
            key.path.erase(0, 1);
            key.isDescending |= asked.empty();
        }
        out.push_back(std::move(key));
    }
    return out;
}

/// As lodash orders: null behind all values, and behind it what is missing.
int order(const Value &a, const Value &b)
{
    const auto rankOf = [](const Value &value) {
        return value.isUndefined() ? 2 : value.isMissing() ? 1 : 0;
    };
    const int ranks = rankOf(a) - rankOf(b);
    return ranks != 0 || rankOf(a) != 0 ? ranks : compared(a, b).value_or(0);
}

void sortItems(Items &items, const std::vector<SortKey> &keys)
{
    struct Row
    {
        const JsonValue *item;
        std::vector<Value> values;
    };
    std::vector<Row> rows;
    for (const JsonValue *item : items) {
        Row &row = rows.emplace_back(Row{item, {}});
        for (const SortKey &key : keys)
            row.values.push_back(memberOf(*item, key.path));
    }
    std::stable_sort(rows.begin(), rows.end(), [&](const Row &a, const Row &b) {
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const int found = order(a.values[i], b.values[i]);
            if (found != 0)
                return keys[i].isDescending ? found > 0 : found < 0;
        }
        return false;
    });
    std::transform(rows.begin(), rows.end(), items.begin(),
                   [](const Row &row) { return row.item; });
}

/// `_page` with `_limit` (or version 1's `_per_page`), `_start` and `_end`, or `_start` and
/// `_limit`; false where none of them is asked for.
bool cut(JsonArray &items, const NamedValues &query)
{
    constexpr std::int64_t kDefaultLimit = 10;
    const std::string *limit = askedFor(query, "_limit");
    const std::string *perPage = askedFor(query, "_per_page");
    const std::int64_t start = leadingNumber(askedFor(query, "_start"));
    const std::string *page = askedFor(query, "_page");
    if (page || perPage) {
        const std::int64_t asked = leadingNumber(limit ? limit : perPage);
        const std::int64_t size = asked != 0 ? asked : kDefaultLimit;
        const std::int64_t number = std::max<std::int64_t>(leadingNumber(page), 1);
        slice(items, (number - 1) * size, number * size);
    } else if (const std::string *end = askedFor(query, "_end")) {
        slice(items, start, leadingNumber(end));
    } else if (limit) {
        slice(items, start, start + leadingNumber(limit));
    } else {
        return false;
    }
    return true;
}

} // namespace

Result<Answer> listAsJsonServer(const JsonValue &bucket, const NamedValues &query)
{
    const JsonArray *items = bucket.ifArray();
    if (!items)
        return list(bucket, {});
    const auto filters = filtersIn(query, *items);
    if (!filters)
        return filters.error();
    const std::string *search = askedFor(query, "q");
    const std::string wanted = search ? text::toLower(*search) : std::string();
    Items found;
    for (const JsonValue &item : *items) {
        if ((wanted.empty() || findsText(item, wanted))
            && std::all_of(filters->begin(), filters->end(),
                           [&](const MemberFilter &filter) { return filter.holds(item); }))
            found.push_back(&item);
    }
    if (const auto keys = sortKeys(query); !keys.empty())
        sortItems(found, keys);
    JsonArray sent;
    for (const JsonValue *item : found)
        sent.push_back(*item);
    Answer answer;
    if (cut(sent, query))
        answer.headers = {{"X-Total-Count", std::to_string(found.size())}};
    answer.body = JsonValue(std::move(sent));
    return answer;
}

void adaptToJsonServer(Operation &operation, const JsonValue &bucket)
{
    const JsonArray *items = bucket.ifArray();
    if (!items)
        return;
    if (operation.isItem && (items->empty() || !items->front().isObject()))
        operation.position = kNowhere;
    JsonObject *body = operation.body.ifObject();
    if (operation.isItem && body && body->contains(operation.key)) {
        const JsonValue *item = itemOf(bucket, operation);
        const JsonObject *held = item ? item->ifObject() : nullptr;
        if (const JsonValue *key = held ? held->find(operation.key) : nullptr)
            body->set(operation.key, *key);
    }
    if (items->empty() && operation.method == "POST")
        operation.ownKey = JsonValue(1);
}

} // namespace understudy::crud
