// SPDX-License-Identifier: Apache-2.0
#include "core/template/jmes_path.h"

#include "core/base/json_text.h"
#include "core/base/json_type.h"
#include "core/template/jmes_path_ast.h"
#include "core/template/value.h"

#include <algorithm>
#include <cmath>

namespace understudy {

namespace {

using jmes_path::Node;

bool isTrue(const JsonValue &value)
{
    if (const JsonArray *list = value.ifArray())
        return !list->empty();
    if (const JsonObject *object = value.ifObject())
        return !object->empty();
    if (const std::string *text = value.ifString())
        return !text->empty();
    return value.isNumber() || value.isTrue();
}

double numberIn(const JsonValue &value) { return handlebars::Value::ofJson(value).number(); }
JsonValue asNumber(double value) { return JsonNumber{handlebars::numberText(value)}; }

bool isEqual(const JsonValue &a, const JsonValue &b)
{
    return a.isNumber() && b.isNumber() ? numberIn(a) == numberIn(b) : a == b;
}

class Evaluator
{
public:
    std::optional<Error> error;

    JsonValue run(const Node &node, const JsonValue &in)
    {
        // What a node gives on is copied.
        constexpr std::size_t kMostWork = 4'000'000;
        if (error || (m_work += 1 + extentOf(in).values) > kMostWork) {
            if (!error)
                error = Error{ErrorCode::Limit, "the query takes too much work", {}};
            return {};
        }
        switch (node.kind) {
        case Node::Kind::Current:
            return in;
        case Node::Kind::Field: {
            const JsonObject *object = in.ifObject();
            const JsonValue *value = object ? object->find(node.name) : nullptr;
            return value ? *value : JsonValue();
        }
        case Node::Kind::Literal:
            return node.literal;
        case Node::Kind::Sub:
            return run(*node.right, run(*node.left, in));
        case Node::Kind::Index:
            return index(run(*node.left, in), *node.from);
        case Node::Kind::Slice:
            return slice(run(*node.left, in), node);
        case Node::Kind::Flatten:
            return flatten(run(*node.left, in));
        case Node::Kind::Projection:
        case Node::Kind::Values:
        case Node::Kind::Filter:
            return project(node, run(*node.left, in));
        case Node::Kind::Or: {
            JsonValue left = run(*node.left, in);
            return isTrue(left) ? left : run(*node.right, in);
        }
        case Node::Kind::And: {
            JsonValue left = run(*node.left, in);
            return isTrue(left) ? run(*node.right, in) : left;
        }
        case Node::Kind::Not:
            return !isTrue(run(*node.left, in));
        case Node::Kind::Compare:
            return compare(node.name, run(*node.left, in), run(*node.right, in));
        case Node::Kind::List:
        case Node::Kind::Hash:
            return in.isNull() ? JsonValue() : select(node, in);
        case Node::Kind::Call:
            return call(node, in);
        case Node::Kind::Reference:
            return {};
        }
        return {};
    }

private:
    std::size_t m_work = 0;

    static JsonValue index(const JsonValue &in, std::int64_t at)
    {
        const JsonArray *list = in.ifArray();
        if (!list)
            return {};
        const auto size = static_cast<std::int64_t>(list->size());
        const std::int64_t place = at < 0 ? size + at : at;
        return place >= 0 && place < size ? (*list)[static_cast<std::size_t>(place)] : JsonValue();
    }

    static JsonValue slice(const JsonValue &in, const Node &node)
    {
        const JsonArray *list = in.ifArray();
        const std::int64_t step = node.step.value_or(1);
        if (!list || step == 0)
            return {};
        const auto size = static_cast<std::int64_t>(list->size());
        const auto bound = [&](std::optional<std::int64_t> given, std::int64_t otherwise) {
            if (!given)
                return otherwise;
            const std::int64_t at = *given < 0 ? size + *given : *given;
            return step > 0 ? std::clamp<std::int64_t>(at, 0, size)
                            : std::clamp<std::int64_t>(at, -1, size - 1);
        };
        const std::int64_t from = bound(node.from, step > 0 ? 0 : size - 1);
        const std::int64_t to = bound(node.to, step > 0 ? size : -1);
        JsonArray out;
        for (std::int64_t i = from; step > 0 ? i < to : i > to; i += step)
            out.push_back((*list)[static_cast<std::size_t>(i)]);
        return out;
    }

    static JsonValue flatten(const JsonValue &in)
    {
        const JsonArray *list = in.ifArray();
        if (!list)
            return {};
        JsonArray out;
        for (const JsonValue &item : *list) {
            if (const JsonArray *inner = item.ifArray())
                out.insert(out.end(), inner->begin(), inner->end());
            else
                out.push_back(item);
        }
        return out;
    }

    JsonValue project(const Node &node, const JsonValue &in)
    {
        JsonArray items;
        if (node.kind == Node::Kind::Values) {
            const JsonObject *object = in.ifObject();
            if (!object)
                return {};
            for (const JsonMember &member : *object)
                items.push_back(member.value);
        } else if (const JsonArray *list = in.ifArray()) {
            items = *list;
        } else {
            return {};
        }
        const bool isFilter = node.kind == Node::Kind::Filter;
        const Node &each = isFilter ? *node.third : *node.right;
        JsonArray out;
        for (const JsonValue &item : items) {
            if (isFilter && !isTrue(run(*node.right, item)))
                continue;
            if (JsonValue value = run(each, item); !value.isNull())
                out.push_back(std::move(value));
        }
        return out;
    }

    static JsonValue compare(const std::string &sign, const JsonValue &a, const JsonValue &b)
    {
        if (sign == "==" || sign == "!=")
            return isEqual(a, b) == (sign == "==");
        if (!a.isNumber() || !b.isNumber())
            return {};
        const double left = numberIn(a);
        const double right = numberIn(b);
        return sign == "<"    ? left < right
               : sign == "<=" ? left <= right
               : sign == ">"  ? left > right
                              : left >= right;
    }

    JsonValue select(const Node &node, const JsonValue &in)
    {
        if (node.kind == Node::Kind::List) {
            JsonArray out;
            for (const auto &[key, part] : node.parts)
                out.push_back(run(*part, in));
            return out;
        }
        JsonObject out;
        for (const auto &[key, part] : node.parts)
            out.set(key, run(*part, in));
        return out;
    }

    JsonValue fail(std::string message)
    {
        if (!error)
            error = Error{ErrorCode::Invalid, std::move(message), {}};
        return {};
    }

    JsonValue call(const Node &node, const JsonValue &in)
    {
        std::vector<JsonValue> a;
        for (const auto &[key, part] : node.parts)
            a.push_back(run(*part, in));
        if (a.empty())
            return fail("'" + node.name + "' takes an argument");
        const std::string &name = node.name;
        const JsonValue &first = a.front();
        if (const auto value = ofAnything(name, a))
            return *value;
        if (const JsonArray *list = first.ifArray()) {
            if (const auto value = ofList(name, *list, a))
                return *value;
        }
        if (const JsonObject *object = first.ifObject()) {
            if (const auto value = ofObject(name, *object, a))
                return *value;
        }
        if (const std::string *text = first.ifString()) {
            if (const auto value = ofText(name, *text, a))
                return *value;
        }
        if (first.isNumber()) {
            const double number = numberIn(first);
            if (name == "abs")
                return asNumber(std::fabs(number));
            if (name == "ceil")
                return asNumber(std::ceil(number));
            if (name == "floor")
                return asNumber(std::floor(number));
        }
        return fail("there is no function '" + name + "' for these arguments");
    }

    static std::optional<JsonValue> ofAnything(const std::string &name,
                                               const std::vector<JsonValue> &a)
    {
        const JsonValue &first = a.front();
        if (name == "type")
            return JsonValue(jsonTypeOf(first));
        if (name == "to_string")
            return JsonValue(first.ifString() ? *first.ifString() : writeJson(first));
        if (name == "to_array")
            return first.isArray() ? first : JsonValue(JsonArray{first});
        if (name == "to_number") {
            if (first.isNumber())
                return first;
            const double number
                = first.isString() ? handlebars::numberOf(*first.ifString()) : std::nan("");
            return std::isnan(number) ? JsonValue() : asNumber(number);
        }
        if (name == "not_null") {
            const auto found = std::find_if(a.begin(), a.end(),
                                            [](const JsonValue &value) { return !value.isNull(); });
            return found == a.end() ? JsonValue() : *found;
        }
        return std::nullopt;
    }

    static std::optional<JsonValue> ofList(const std::string &name, const JsonArray &list,
                                           const std::vector<JsonValue> &a)
    {
        const auto less = [](const JsonValue &x, const JsonValue &y) {
            return x.isNumber() && y.isNumber()
                       ? numberIn(x) < numberIn(y)
                       : handlebars::Value::ofJson(x).text() < handlebars::Value::ofJson(y).text();
        };
        if (name == "length")
            return JsonValue(list.size());
        if (name == "contains")
            return JsonValue(a.size() > 1
                             && std::any_of(list.begin(), list.end(), [&](const JsonValue &item) {
                                    return isEqual(item, a[1]);
                                }));
        if (name == "sum" || name == "avg") {
            double total = 0;
            for (const JsonValue &item : list)
                total += numberIn(item);
            if (name == "avg" && list.empty())
                return JsonValue();
            return asNumber(name == "avg" ? total / static_cast<double>(list.size()) : total);
        }
        if ((name == "max" || name == "min") && list.empty())
            return JsonValue();
        if (name == "max")
            return *std::max_element(list.begin(), list.end(), less);
        if (name == "min")
            return *std::min_element(list.begin(), list.end(), less);
        if (name == "reverse")
            return JsonValue(JsonArray(list.rbegin(), list.rend()));
        if (name == "sort") {
            JsonArray sorted = list;
            std::stable_sort(sorted.begin(), sorted.end(), less);
            return JsonValue(std::move(sorted));
        }
        return std::nullopt;
    }

    static std::optional<JsonValue> ofObject(const std::string &name, const JsonObject &object,
                                             const std::vector<JsonValue> &a)
    {
        if (name == "length")
            return JsonValue(object.size());
        if (name == "keys" || name == "values") {
            JsonArray out;
            for (const JsonMember &member : object)
                out.push_back(name == "keys" ? JsonValue(member.name) : member.value);
            return JsonValue(std::move(out));
        }
        if (name == "merge") {
            JsonObject out = object;
            for (std::size_t i = 1; i < a.size(); ++i) {
                for (const JsonMember &member : a[i].ifObject() ? *a[i].ifObject() : JsonObject())
                    out.set(member.name, member.value);
            }
            return JsonValue(std::move(out));
        }
        return std::nullopt;
    }

    static std::optional<JsonValue> ofText(const std::string &name, const std::string &text,
                                           const std::vector<JsonValue> &a)
    {
        if (name == "length")
            return JsonValue(*handlebars::Value(text).member("length").ifNumber());
        if (name == "reverse")
            return JsonValue(std::string(text.rbegin(), text.rend()));
        if (a.size() < 2)
            return std::nullopt;
        if (const std::string *other = a[1].ifString()) {
            if (name == "contains")
                return JsonValue(text.find(*other) != std::string::npos);
            if (name == "starts_with")
                return JsonValue(text.starts_with(*other));
            if (name == "ends_with")
                return JsonValue(text.ends_with(*other));
        }
        const JsonArray *list = a[1].ifArray();
        if (name == "join" && list) {
            std::string out;
            for (std::size_t i = 0; i < list->size(); ++i)
                out += (i > 0 ? text : "") + handlebars::Value::ofJson((*list)[i]).text();
            return JsonValue(std::move(out));
        }
        return std::nullopt;
    }
};

} // namespace

Result<JsonValue> selectJmesPath(const JsonValue &document, std::string_view query)
{
    const auto node = jmes_path::parse(query);
    if (!node)
        return node.error();
    Evaluator evaluator;
    JsonValue found = evaluator.run(**node, document);
    if (evaluator.error)
        return *evaluator.error;
    return found;
}

} // namespace understudy
