// SPDX-License-Identifier: Apache-2.0
// Lists, objects, JSON and tokens.
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/template/jmes_path.h"
#include "core/template/mockoon/helpers.h"
#include "core/template/mockoon/request_values.h"
#include "core/template/utf16.h"

#include <algorithm>
#include <cmath>

namespace understudy::mockoon {

using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Value;

namespace {

constexpr int kIndent = 2;

JsonValue jsonOf(const Value &value) { return value.json().value_or(JsonValue()); }

Value array(HelperCall &call)
{
    JsonArray out;
    for (const Value &value : call.arguments())
        out.push_back(call.copied(value));
    return Value(std::move(out));
}

Value object(HelperCall &call)
{
    JsonObject out;
    for (const auto &[key, value] : call.hash()) {
        if (!value.isUndefined())
            out.set(key, call.copied(value));
    }
    return Value(std::move(out));
}

Value objectMerge(HelperCall &call)
{
    JsonObject out;
    for (const Value &value : call.arguments()) {
        const JsonValue one = value.ifObject() ? call.copied(value) : JsonValue(JsonObject());
        if (call.hasFailed())
            return {};
        for (const JsonMember &member : *one.ifObject())
            out.set(member.name, member.value);
    }
    return Value(std::move(out));
}

Value stringify(HelperCall &call)
{
    if (call[0].kind() == Value::Kind::Json)
        return writeJson(jsonOf(call[0]), kIndent);
    return call[0].isSafe() ? Value(text::quoteJson(call[0].text())) : call[0];
}

Value jsonParse(HelperCall &call)
{
    auto parsed = JsonValue::parse(call[0].text());
    return parsed ? Value::ofJson(asJavaScript(*std::move(parsed))) : Value();
}

Value foundOr(const Value &found, const Value &otherwise)
{
    if (!found.isUndefined())
        return found;
    return otherwise.isUndefined() ? Value("") : otherwise;
}

Value objectPath(HelperCall &call) { return foundOr(lookUpDots(call[0], call[1].text()), call[2]); }

Value jsonPath(HelperCall &call)
{
    return foundOr(lookUpJsonPath(call[0], call[1].text()), call[2]);
}

Value jmesPath(HelperCall &call)
{
    const auto document = call[0].shared();
    const auto found = selectJmesPath(document ? *document : jsonOf(call[0]), call[1].text());
    const bool isFound = found && !found->isNull();
    return foundOr(isFound ? Value::ofJson(*found) : Value(), call[2]);
}

Value join(HelperCall &call)
{
    const JsonArray *list = call[0].ifList();
    if (!list)
        return call[0];
    const std::string between = call[1].isText() ? call[1].text() : ", ";
    std::string out;
    for (std::size_t i = 0; i < list->size() && call.fits(out.size()); ++i) {
        if (i > 0)
            out += between;
        Value::ofJson((*list)[i]).appendTo(out);
    }
    return out;
}

std::size_t clamped(const Value &value, std::size_t size, std::size_t otherwise)
{
    if (value.isUndefined())
        return otherwise;
    const double number = value.number();
    const double index = std::isnan(number) ? 0 : std::trunc(number);
    const auto most = static_cast<double>(size);
    return static_cast<std::size_t>(index < 0 ? std::max(most + index, 0.0)
                                              : std::min(index, most));
}

Value slice(HelperCall &call)
{
    const JsonArray *list = call[0].ifList();
    if (!list)
        return "";
    const std::size_t from = clamped(call[1], list->size(), 0);
    const std::size_t to = std::max(from, clamped(call[2], list->size(), list->size()));
    JsonArray out;
    for (std::size_t i = from; i < to && !call.hasFailed(); ++i)
        out.push_back(call.copied(call[0].part((*list)[i])));
    return Value(std::move(out));
}

Value reverse(HelperCall &call)
{
    if (!call[0].ifList())
        return "";
    JsonArray out = call.copiedList(call[0]);
    std::reverse(out.begin(), out.end());
    return Value(std::move(out));
}

/// Letters before their case, as a dictionary has them; lower case first.
int compareTexts(const std::string &a, const std::string &b)
{
    const std::string left = text::toLower(text::withoutAccents(a));
    const std::string right = text::toLower(text::withoutAccents(b));
    if (left != right)
        return left < right ? -1 : 1;
    // The same letters: those without accents first, then those in lower case.
    const int accents = text::toLower(a).compare(text::toLower(b));
    return accents != 0 ? accents : b.compare(a);
}

bool isLess(const JsonValue &a, const JsonValue &b, bool asNumbers)
{
    if (asNumbers)
        return Value::ofJson(a).number() < Value::ofJson(b).number();
    return compareTexts(Value::ofJson(a).text(), Value::ofJson(b).text()) < 0;
}

Value sort(HelperCall &call)
{
    const JsonArray *list = call[0].ifList();
    if (!list)
        return "";
    if (list->empty() || list->front().isObject())
        return call[0];
    JsonArray out = call.copiedList(call[0]);
    const bool isDescending = call[1].text() == "desc";
    const bool asNumbers = list->front().isNumber();
    std::stable_sort(out.begin(), out.end(), [&](const JsonValue &a, const JsonValue &b) {
        return isDescending ? isLess(b, a, asNumbers) : isLess(a, b, asNumbers);
    });
    return Value(std::move(out));
}

Value sortBy(HelperCall &call)
{
    const JsonArray *list = call[0].ifList();
    if (!list || list->empty())
        return call[0];
    const std::string key = call[1].text();
    const auto keyOf = [&key](const JsonValue &item) {
        const JsonValue *value = item.ifObject() ? item.ifObject()->find(key) : nullptr;
        return value ? *value : JsonValue();
    };
    JsonArray out = call.copiedList(call[0]);
    const bool isDescending = call[2].text() == "desc";
    const bool asNumbers = keyOf(list->front()).isNumber();
    std::stable_sort(out.begin(), out.end(), [&](const JsonValue &a, const JsonValue &b) {
        return isDescending ? isLess(keyOf(b), keyOf(a), asNumbers)
                            : isLess(keyOf(a), keyOf(b), asNumbers);
    });
    return Value(std::move(out));
}

/// Whether an item meets a condition: an object its members, a list of conditions all of them (or
/// one of them, a level further down), anything else is equal.
bool meets(const JsonValue &item, const JsonValue &condition, bool all)
{
    if (const JsonArray *list = condition.ifArray()) {
        const auto one = [&](const JsonValue &inner) { return meets(item, inner, !all); };
        return all ? std::all_of(list->begin(), list->end(), one)
                   : std::any_of(list->begin(), list->end(), one);
    }
    if (const JsonObject *members = condition.ifObject()) {
        const JsonObject *own = item.ifObject();
        return own && std::all_of(members->begin(), members->end(), [&](const JsonMember &member) {
                   const JsonValue *value = own->find(member.name);
                   return value && meets(*value, member.value, true);
               });
    }
    return item == condition;
}

bool isWanted(HelperCall &call, const JsonValue &item)
{
    const auto conditions = call.arguments().subspan(1);
    return conditions.empty()
           || std::any_of(conditions.begin(), conditions.end(), [&](const Value &condition) {
                  return meets(item, jsonOf(condition), true);
              });
}

Value filter(HelperCall &call)
{
    const JsonArray *list = call[0].ifList();
    if (!list)
        return "";
    JsonArray out;
    for (const JsonValue &item : *list) {
        if (isWanted(call, item))
            out.push_back(call.copied(call[0].part(item)));
    }
    return Value(std::move(out));
}

Value find(HelperCall &call)
{
    const JsonArray *list = call[0].ifList();
    if (!list)
        return "";
    const auto found = std::find_if(list->begin(), list->end(),
                                    [&](const JsonValue &item) { return isWanted(call, item); });
    return found == list->end() ? Value() : call[0].part(*found);
}

Value oneOf(HelperCall &call)
{
    const JsonArray *list = call[0].ifList();
    if (!call.scope() || call.size() == 0 || (list && list->empty()))
        return {};
    if (!list)
        return call[static_cast<std::size_t>(
            call.scope()->random(0, static_cast<std::int64_t>(call.size()) - 1))];
    const auto index = static_cast<std::size_t>(
        call.scope()->random(0, static_cast<std::int64_t>(list->size()) - 1));
    Value chosen = call[0].part((*list)[index]);
    return call[1].isTruthy() ? Value::safe(compactJson(chosen)) : chosen;
}

Value someOf(HelperCall &call)
{
    const JsonArray *list = call[0].ifList();
    if (!list || !call.scope())
        return "";
    JsonArray out = *list;
    for (std::size_t i = out.size(); i > 1; --i)
        std::swap(out[i - 1], out[static_cast<std::size_t>(
                                  call.scope()->random(0, static_cast<std::int64_t>(i) - 1))]);
    const auto count = call.scope()->random(handlebars::wholeNumber(call[1].number()),
                                            handlebars::wholeNumber(call[2].number()));
    out.resize(std::min(out.size(), static_cast<std::size_t>(std::max<std::int64_t>(count, 0))));
    Value chosen(std::move(out));
    return call[3].isTruthy() ? Value(compactJson(chosen)) : Value(chosen.text());
}

Value tokenPart(HelperCall &call, std::size_t index)
{
    std::string token = call[0].text();
    if (token.starts_with("Bearer "))
        token.erase(0, std::string_view("Bearer ").size());
    const auto parts = text::split(token, '.');
    if (index >= parts.size())
        return {};
    const auto bytes = text::decodeBase64Url(parts[index]);
    auto json = bytes ? JsonValue::parse(*bytes) : Result<JsonValue>(Error{});
    if (!json)
        return {};
    const Value part = Value::ofJson(asJavaScript(*std::move(json)));
    return call[1].text().empty() ? part : part.member(call[1].text());
}

Value jwtPayload(HelperCall &call) { return tokenPart(call, 1); }
Value jwtHeader(HelperCall &call) { return tokenPart(call, 0); }

constexpr std::array kHelpers{
    Helper{"array", "a b…", "A list of its arguments.", array},
    Helper{"object", "key=value…", "An object of its arguments.", object},
    Helper{"objectMerge", "object…", "Objects as one; later ones win.", objectMerge},
    Helper{"stringify", "value", "A list or an object as JSON, on lines of its own.", stringify},
    Helper{"jsonParse", "text", "The value that a JSON text says.", jsonParse},
    Helper{"objectPath", "value path [default]", "A part of a value, by a dot path.", objectPath},
    Helper{"jsonPath", "value path [default]", "A part of a value, by a JSONPath.", jsonPath},
    Helper{"jmesPath", "value path [default]", "A part of a value, by a JMESPath.", jmesPath},
    Helper{"join", "list [separator]", "The items of a list as one text.", join},
    Helper{"slice", "list [from] [to]", "A part of a list.", slice},
    Helper{"reverse", "list", "A list the other way round.", reverse},
    Helper{"sort", "list [order]", "A list of numbers or texts in order.", sort},
    Helper{"sortBy", "list key [order]", "A list of objects in the order of a member.", sortBy},
    Helper{"filter", "list condition…", "The items that meet one of the conditions.", filter},
    Helper{"find", "list condition…", "The first item that meets one of the conditions.", find},
    Helper{"oneOf", "list [stringify] | a b…", "One item, drawn.", oneOf},
    Helper{"someOf", "list least most [stringify]", "Some items, drawn.", someOf},
    Helper{"jwtPayload", "token [key]", "The claims of a token, not verified.", jwtPayload},
    Helper{"jwtHeader", "token [key]", "The header of a token.", jwtHeader},
};

} // namespace

std::span<const Helper> listHelpers() { return kHelpers; }

} // namespace understudy::mockoon
