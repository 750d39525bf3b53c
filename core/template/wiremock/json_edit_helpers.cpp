// SPDX-License-Identifier: Apache-2.0
// JSON made of other JSON.
#include "core/base/json_text.h"
#include "core/base/path_text.h"
#include "core/match/json_path.h"
#include "core/template/wiremock/helpers.h"
#include "core/template/wiremock/values.h"

#include <cmath>
#include <unordered_set>

namespace understudy::wiremock {

using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Value;

namespace {

std::string inBrackets(const std::string &text) { return " ('" + text + "')"; }

void merge(JsonObject &into, const JsonObject &other, bool removesNulls)
{
    for (const JsonMember &member : other) {
        if (removesNulls && member.value.isNull()) {
            into.erase(member.name);
            continue;
        }
        const JsonValue *own = into.find(member.name);
        if (own && own->ifObject() && member.value.ifObject()) {
            JsonObject inner = *own->ifObject();
            merge(inner, *member.value.ifObject(), removesNulls);
            into.set(member.name, std::move(inner));
        } else {
            into.set(member.name, member.value);
        }
    }
}

Value jsonMerge(HelperCall &call)
{
    if (!call[0].isText())
        return inlineError("Base JSON parameter must be a string");
    const std::string base = call[0].text();
    const auto into = JsonValue::parse(base);
    if (!into)
        return inlineError("Base JSON is not valid JSON" + inBrackets(base));
    if (!into->ifObject())
        return inlineError("Base JSON is not a JSON object" + inBrackets(base));
    const auto other = textOrBlock(call, 1);
    if (!other)
        return inlineError("JSON to merge must be a string");
    const auto with = JsonValue::parse(*other);
    if (!with)
        return inlineError("JSON to merge is not valid JSON" + inBrackets(*other));
    if (!with->ifObject())
        return inlineError("JSON to merge is not a JSON object" + inBrackets(*other));
    JsonObject out = *into->ifObject();
    merge(out, *with->ifObject(), call.option("removeNulls").isTruthy());
    return writeJson(out);
}

using Places = std::unordered_set<const JsonValue *>;

bool isAmong(const Places &places, const JsonValue &node) { return places.contains(&node); }

JsonValue without(const JsonValue &value, const Places &places)
{
    if (const JsonArray *list = value.ifArray()) {
        JsonArray out;
        for (const JsonValue &item : *list) {
            if (!isAmong(places, item))
                out.push_back(without(item, places));
        }
        return out;
    }
    const JsonObject *object = value.ifObject();
    if (!object)
        return value;
    std::vector<JsonMember> members;
    for (const JsonMember &member : *object) {
        if (!isAmong(places, member.value))
            members.push_back({member.name, without(member.value, places)});
    }
    return JsonObject::of(std::move(members));
}

JsonValue withReplaced(const JsonValue &value, const JsonValue *place, const JsonValue &by)
{
    if (&value == place)
        return by;
    if (const JsonArray *list = value.ifArray()) {
        JsonArray out;
        for (const JsonValue &item : *list)
            out.push_back(withReplaced(item, place, by));
        return out;
    }
    const JsonObject *object = value.ifObject();
    if (!object)
        return value;
    std::vector<JsonMember> members;
    for (const JsonMember &member : *object)
        members.push_back({member.name, withReplaced(member.value, place, by)});
    return JsonObject::of(std::move(members));
}

Result<JsonPath> pathOf(const std::string &text)
{
    const auto rewritten = path_text::toRfcJsonPath(text);
    return rewritten ? JsonPath::parse(*rewritten) : Result<JsonPath>(Error{});
}

Value jsonRemove(HelperCall &call)
{
    if (!call[0].isText())
        return inlineError("Input JSON must be a string");
    if (call.size() != 2)
        return inlineError("A single JSONPath expression parameter must be supplied");
    if (!call[1].isText())
        return inlineError("JSONPath parameter must be a string");
    const std::string path = call[1].text();
    const auto document = JsonValue::parse(call[0].text());
    if (!document)
        return inlineError("Input JSON string is not valid JSON" + inBrackets(call[0].text()));
    const auto compiled = pathOf(path);
    if (!compiled)
        return inlineError("JSONPath parameter is not a valid JSONPath expression"
                           + inBrackets(path));
    const auto hits = compiled->select(*document);
    const Places places(hits.begin(), hits.end());
    if (isAmong(places, *document))
        return inlineError("Delete operation cannot be applied to JSONPath expression"
                           + inBrackets(path));
    return writeJson(without(*document, places));
}

/// How many items `maxItems` leaves; nothing where it is no such number.
std::optional<std::size_t> mostItems(const Value &given)
{
    const double number = given.number();
    return number > 0 && number == std::trunc(number)
               ? std::optional(static_cast<std::size_t>(handlebars::wholeNumber(number)))
               : std::nullopt;
}

/// The item, or with `flatten` the items of it, behind the others; then the first go.
JsonArray added(JsonArray list, const JsonValue &item, bool flattens, std::size_t most)
{
    if (flattens && item.ifArray())
        list.insert(list.end(), item.ifArray()->begin(), item.ifArray()->end());
    else
        list.push_back(item);
    if (list.size() > most)
        list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(most));
    return list;
}

Value jsonArrayAdd(HelperCall &call)
{
    if (!call[0].isText())
        return inlineError("Base JSON must be a string");
    const std::string base = call[0].text();
    const auto document = JsonValue::parse(base);
    if (!document)
        return inlineError("Base JSON is not valid JSON" + inBrackets(base));
    const auto itemText = textOrBlock(call, 1);
    if (!itemText)
        return inlineError("Item-to-add JSON must be a string");
    const auto item = JsonValue::parse(*itemText);
    if (!item)
        return inlineError("Item-to-add JSON is not valid JSON" + inBrackets(*itemText));
    const Value &flatten = call.option("flatten");
    if (!flatten.isUndefined() && !flatten.ifBool())
        return inlineError("flatten option must be a boolean");
    const Value &maxItems = call.option("maxItems");
    if (!maxItems.isUndefined() && !maxItems.isNumber())
        return inlineError("maxItems option must be an integer");
    const auto most
        = maxItems.isUndefined() ? std::optional<std::size_t>(SIZE_MAX) : mostItems(maxItems);
    if (!most)
        return inlineError("maxItems option integer must be positive");
    const Value &path = call.option("jsonPath");
    const JsonValue *place = &*document;
    if (!path.isUndefined()) {
        if (!path.isText())
            return inlineError("jsonPath option must be a string");
        const auto compiled = pathOf(path.text());
        if (!compiled)
            return inlineError("jsonPath option is not valid JSONPath expression"
                               + inBrackets(path.text()));
        const auto hits = compiled->select(*document);
        place = hits.empty() ? nullptr : hits.front();
    }
    if (!place || !place->ifArray())
        return inlineError(path.isUndefined() ? "Target JSON is not a JSON array" + inBrackets(base)
                                              : "Target JSON is not a JSON array (root: '" + base
                                                    + "', jsonPath: '" + path.text() + "')");
    return writeJson(
        withReplaced(*document, place, added(*place->ifArray(), *item, flatten.isTruthy(), *most)));
}

constexpr std::array kHelpers{
    Helper{"jsonMerge", "json other | block [removeNulls=]", "Two objects as one, deeply.",
           jsonMerge},
    Helper{"jsonRemove", "json path", "JSON without what a path finds.", jsonRemove},
    Helper{"jsonArrayAdd", "json item | block [flatten=] [maxItems=] [jsonPath=]",
           "A list of JSON with one item more.", jsonArrayAdd},
};

} // namespace

std::span<const Helper> jsonEditHelpers() { return kHelpers; }

} // namespace understudy::wiremock
