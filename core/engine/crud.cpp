// SPDX-License-Identifier: Apache-2.0
#include "core/engine/crud.h"

#include "core/base/path_text.h"
#include "core/template/value.h"

#include <algorithm>
#include <cmath>

namespace understudy::crud {

namespace {

using handlebars::Value;

constexpr int kCreated = 201;
constexpr int kOk = 200;
constexpr int kNotFound = 404;

const JsonValue *memberAt(const JsonValue &value, const std::string &path)
{
    const JsonValue *at = &value;
    for (const std::string &step : path_text::dotPathSteps(path)) {
        const JsonObject *object = at->ifObject();
        at = object ? object->find(step) : nullptr;
        if (!at)
            return nullptr;
    }
    return at;
}

/// Sets a member, making the objects on the way to it.
JsonValue withMember(JsonValue value, const std::vector<std::string> &steps, std::size_t from,
                     JsonValue member)
{
    if (from == steps.size())
        return member;
    JsonObject object = value.ifObject() ? *value.ifObject() : JsonObject();
    const JsonValue *inner = object.find(steps[from]);
    object.set(steps[from],
               withMember(inner ? *inner : JsonValue(), steps, from + 1, std::move(member)));
    return object;
}

JsonArray::const_iterator findItem(const JsonArray &items, const Operation &operation)
{
    if (operation.position)
        return *operation.position < items.size()
                   ? items.begin() + static_cast<std::ptrdiff_t>(*operation.position)
                   : items.end();
    if (!items.empty() && !items.front().isObject()) {
        const double index = handlebars::numberOf(operation.id);
        const double place = std::isnan(index) ? 0 : std::trunc(index);
        return place >= 0 && place < static_cast<double>(items.size())
                   ? items.begin() + static_cast<std::ptrdiff_t>(place)
                   : items.end();
    }
    return std::find_if(items.begin(), items.end(), [&](const JsonValue &item) {
        const JsonValue *key = memberAt(item, operation.key);
        return key && Value::ofJson(*key).text() == operation.id;
    });
}

/// The number behind the highest one; a fresh id where there is no number.
JsonValue nextKey(const JsonArray &items, const Operation &operation)
{
    if (operation.ownKey)
        return *operation.ownKey;
    std::optional<double> highest;
    for (const JsonValue &item : items) {
        const JsonValue *key = memberAt(item, operation.key);
        if (key && key->isNumber() && std::isfinite(Value::ofJson(*key).number()))
            highest = std::max(highest.value_or(-HUGE_VAL), Value::ofJson(*key).number());
    }
    if (!highest)
        return operation.freshId;
    return JsonNumber{handlebars::numberText(*highest + 1)};
}

JsonValue merged(const JsonValue &into, const JsonValue &from)
{
    const JsonObject *more = from.ifObject();
    if (!into.ifObject())
        return from;
    JsonObject out = *into.ifObject();
    if (more) {
        for (const JsonMember &member : *more)
            out.set(member.name, member.value);
    }
    return out;
}

Answer emptyObject(int status) { return {status, JsonValue(JsonObject()), {}}; }

Error refused(std::string_view why) { return {ErrorCode::Invalid, std::string(why), {}}; }

Result<Answer> changeItem(JsonArray &items, const Operation &operation)
{
    const auto found = findItem(items, operation);
    if (found == items.end())
        return emptyObject(kNotFound);
    JsonValue &item = items[static_cast<std::size_t>(found - items.begin())];
    if (operation.method == "DELETE") {
        items.erase(found);
        return emptyObject(kOk);
    }
    if (operation.body.ifArray())
        return refused("an item takes an object, not a list");
    if (!item.isObject()) {
        item = operation.body;
        return Answer{kOk, item, {}};
    }
    if (operation.method == "PATCH") {
        item = merged(item, operation.body);
        return Answer{kOk, item, {}};
    }
    JsonValue next = operation.body.ifObject() ? operation.body : JsonValue(JsonObject());
    if (!memberAt(next, operation.key)) {
        const JsonValue *held = memberAt(item, operation.key);
        if (held)
            next = withMember(std::move(next), path_text::dotPathSteps(operation.key), 0,
                              JsonValue(*held));
    }
    item = std::move(next);
    return Answer{kOk, item, {}};
}

Result<Answer> changeList(JsonArray &items, const Operation &operation)
{
    if (operation.method == "POST") {
        JsonValue made = operation.body;
        if (made.ifObject() && !memberAt(made, operation.key))
            made = withMember(std::move(made), path_text::dotPathSteps(operation.key), 0,
                              nextKey(items, operation));
        items.push_back(made);
        return Answer{kCreated, std::move(made), {}};
    }
    if (operation.method == "DELETE") {
        items.clear();
        return emptyObject(kOk);
    }
    const JsonArray *more = operation.body.ifArray();
    if (operation.method == "PATCH" && !more)
        return refused("a list takes a list, not an object");
    if (operation.method == "PATCH")
        items.insert(items.end(), more->begin(), more->end());
    return Answer{kOk, std::nullopt, {}};
}

} // namespace

std::optional<Positions> positions(const JsonValue &bucket, const std::string &key)
{
    const JsonArray *items = bucket.ifArray();
    if (!items || items->empty() || !items->front().isObject())
        return std::nullopt;
    Positions out;
    out.reserve(items->size());
    for (std::size_t i = 0; i < items->size(); ++i) {
        if (const JsonValue *value = memberAt((*items)[i], key))
            out.emplace(Value::ofJson(*value).text(), i);
    }
    return out;
}

const JsonValue *itemOf(const JsonValue &bucket, const Operation &operation)
{
    const JsonArray *items = bucket.ifArray();
    if (!items)
        return &bucket;
    const auto found = findItem(*items, operation);
    return found == items->end() ? nullptr : &*found;
}

Result<Answer> change(JsonValue &bucket, const Operation &operation)
{
    JsonArray *items = bucket.ifArray();
    if (items && operation.isItem)
        return changeItem(*items, operation);
    if (items && !(operation.method == "PUT")) {
        auto answer = changeList(*items, operation);
        if (answer && !answer->body)
            answer->body = bucket;
        return answer;
    }
    if (operation.method == "DELETE") {
        bucket = JsonValue(JsonArray());
        return emptyObject(kOk);
    }
    bucket = operation.method == "PATCH" && bucket.ifObject() && operation.body.ifObject()
                 ? merged(bucket, operation.body)
                 : operation.body;
    return Answer{operation.method == "POST" ? kCreated : kOk, bucket, {}};
}

} // namespace understudy::crud
