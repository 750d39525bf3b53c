// SPDX-License-Identifier: Apache-2.0
#include "core/template/mockoon/query_object.h"

#include "core/http/uri.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace understudy::mockoon {

namespace {

constexpr std::size_t kMaxPairs = 1000;
/// An index beyond it is a name.
constexpr std::size_t kMaxIndex = 20;

using Keys = std::vector<std::string>;

/// `a[b][c]` as "a", "[b]", "[c]"; what is deeper than allowed is one key with its brackets.
Keys keysOf(const std::string &name, int maxDepth)
{
    Keys keys;
    std::size_t at = name.find('[');
    if (at == std::string::npos || name.find(']', at) == std::string::npos)
        return {name};
    if (at > 0)
        keys.push_back(name.substr(0, at));
    for (int depth = 0; depth < maxDepth && at < name.size() && name[at] == '['; ++depth) {
        const std::size_t end = name.find(']', at);
        if (end == std::string::npos)
            break;
        keys.push_back(name.substr(at, end - at + 1));
        at = name.find('[', end);
        if (at == std::string::npos)
            return keys;
    }
    if (at < name.size())
        keys.push_back('[' + name.substr(at) + ']');
    return keys;
}

std::optional<std::size_t> indexOf(std::string_view text)
{
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    const bool isWhole = !text.empty() && error == std::errc() && end == text.data() + text.size();
    if (!isWhole || index > kMaxIndex || (text.size() > 1 && text.front() == '0'))
        return std::nullopt;
    return index;
}

/// One pair as a value of its own: {a: {b: "1"}}. A place of a list that nothing was said about is
/// null; values are never null themselves.
JsonValue nested(const Keys &keys, std::size_t from, JsonValue leaf)
{
    for (std::size_t i = keys.size(); i-- > from;) {
        const std::string &key = keys[i];
        const bool hasBrackets = key.size() > 1 && key.front() == '[' && key.back() == ']';
        const std::string inner = hasBrackets ? key.substr(1, key.size() - 2) : key;
        if (hasBrackets && inner.empty()) {
            if (!leaf.ifArray())
                leaf = JsonArray{std::move(leaf)};
        } else if (const auto index = hasBrackets ? indexOf(inner) : std::nullopt) {
            JsonArray list(*index + 1);
            list[*index] = std::move(leaf);
            leaf = std::move(list);
        } else {
            leaf = JsonObject{{inner, std::move(leaf)}};
        }
    }
    return leaf;
}

JsonObject asObject(const JsonArray &list)
{
    JsonObject object;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!list[i].isNull())
            object.set(std::to_string(i), list[i]);
    }
    return object;
}

JsonValue merged(JsonValue target, JsonValue source)
{
    JsonArray *list = target.ifArray();
    JsonArray *more = source.ifArray();
    if (!source.ifObject() && !more) {
        if (list) {
            list->push_back(std::move(source));
            return target;
        }
        if (JsonObject *object = target.ifObject()) {
            object->set(*source.ifString(), true);
            return target;
        }
        return JsonArray{std::move(target), std::move(source)};
    }
    if (!list && !target.ifObject()) {
        JsonArray out{std::move(target)};
        if (more)
            out.insert(out.end(), more->begin(), more->end());
        else
            out.push_back(std::move(source));
        return out;
    }
    if (list && more) {
        for (std::size_t i = 0; i < more->size(); ++i) {
            if ((*more)[i].isNull())
                continue;
            if (i >= list->size() || (*list)[i].isNull()) {
                if (i >= list->size())
                    list->resize(i + 1);
                (*list)[i] = std::move((*more)[i]);
            } else if ((*list)[i].ifString() || (*more)[i].ifString()) {
                list->push_back(std::move((*more)[i]));
            } else {
                (*list)[i] = merged(std::move((*list)[i]), std::move((*more)[i]));
            }
        }
        return target;
    }
    JsonObject object = list ? asObject(*list) : *target.ifObject();
    const JsonObject added = more ? asObject(*more) : *source.ifObject();
    for (const JsonMember &member : added) {
        const JsonValue *held = object.find(member.name);
        object.set(member.name, held ? merged(*held, member.value) : member.value);
    }
    return object;
}

/// Places of lists that nothing was said about go away.
void compact(JsonValue &value)
{
    if (JsonArray *list = value.ifArray()) {
        std::erase_if(*list, [](const JsonValue &item) { return item.isNull(); });
        for (JsonValue &item : *list)
            compact(item);
    } else if (const JsonObject *object = value.ifObject()) {
        std::vector<JsonMember> members(object->begin(), object->end());
        for (JsonMember &member : members)
            compact(member.value);
        value = JsonObject::of(std::move(members));
    }
}

} // namespace

JsonValue queryObject(std::string_view query, int maxDepth)
{
    // Values of one name come together first.
    std::vector<std::pair<std::string, JsonValue>> pairs;
    std::size_t count = 0;
    for (auto &[name, value] : http::parseQuery(query)) {
        if (name.empty() || ++count > kMaxPairs)
            continue;
        const auto same = std::find_if(pairs.begin(), pairs.end(),
                                       [&, &key = name](const auto &p) { return p.first == key; });
        if (same == pairs.end())
            pairs.emplace_back(name, value);
        else if (JsonArray *list = same->second.ifArray())
            list->push_back(std::move(value));
        else
            same->second = JsonArray{std::move(same->second), std::move(value)};
    }
    JsonValue out = JsonObject();
    for (auto &[name, value] : pairs) {
        const Keys keys = keysOf(name, maxDepth);
        out = merged(std::move(out), nested(keys, 0, std::move(value)));
    }
    compact(out);
    return out;
}

} // namespace understudy::mockoon
