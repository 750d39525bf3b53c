// SPDX-License-Identifier: Apache-2.0
// Reading and writing JSON.
#include "core/base/json_text.h"
#include "core/base/path_text.h"
#include "core/match/json_path.h"
#include "core/template/utf16.h"
#include "core/template/wiremock/helpers.h"
#include "core/template/wiremock/values.h"

#include <algorithm>
#include <numeric>

namespace understudy::wiremock {

using handlebars::Helper;
using handlebars::HelperCall;
using handlebars::Value;

namespace {

/// A function of Jayway's JsonPath at the end of a path: "$.a.sum()" is {"$.a", "sum"}.
std::pair<std::string, std::string> withFunction(const std::string &path)
{
    if (!path.ends_with("()"))
        return {path, {}};
    const std::size_t dot = path.rfind('.');
    if (dot == std::string::npos)
        return {path, {}};
    return {path.substr(0, dot), path.substr(dot + 1, path.size() - dot - 3)};
}

/// Of the numbers of a list; nothing where there are none.
std::optional<double> ofNumbers(const JsonArray &list, const std::string &function)
{
    std::vector<double> numbers;
    for (const JsonValue &item : list) {
        if (item.isNumber())
            numbers.push_back(Value::ofJson(item).number());
    }
    if (numbers.empty())
        return std::nullopt;
    const double sum = std::accumulate(numbers.begin(), numbers.end(), 0.0);
    if (function == "sum")
        return sum;
    if (function == "avg")
        return sum / static_cast<double>(numbers.size());
    if (function == "min")
        return *std::min_element(numbers.begin(), numbers.end());
    return *std::max_element(numbers.begin(), numbers.end());
}

/// What a function makes of what a path found; nothing for a function that is not known, or does
/// not take it.
std::optional<Value> applied(const std::string &function, const JsonValue &to)
{
    const JsonArray *list = to.ifArray();
    const JsonObject *object = to.ifObject();
    if (function == "length" || function == "size") {
        if (list || object)
            return Value(list ? list->size() : object->size());
        return to.ifString() ? std::optional(Value(handlebars::utf16Length(*to.ifString())))
                             : std::nullopt;
    }
    if (function == "keys" && object) {
        JsonArray names;
        for (const JsonMember &member : *object)
            names.emplace_back(member.name);
        return Value(std::move(names));
    }
    if (!list)
        return std::nullopt;
    if ((function == "first" || function == "last") && !list->empty())
        return shownAsJson(function == "first" ? list->front() : list->back());
    if (function == "sum" || function == "avg" || function == "min" || function == "max") {
        // A double as Java writes it: 6.0.
        const auto number = ofNumbers(*list, function);
        return number ? std::optional(Value::written(jsonNumber(*number))) : std::nullopt;
    }
    return std::nullopt;
}

Value jsonPath(HelperCall &call)
{
    if (call.size() < 2 || textOf(call[1]).empty())
        return inlineError("The JSONPath cannot be empty");
    const Value &given = call.option("default");
    Value otherwise = given.isUndefined() ? Value("") : given;
    const std::string written = textOf(call[1]);
    const auto [path, function] = withFunction(written);
    const auto rewritten = path_text::toRfcJsonPath(path);
    const auto compiled = rewritten ? JsonPath::parse(*rewritten) : Result<JsonPath>(Error{});
    if (!compiled)
        return inlineError(written + " is not a valid JSONPath expression");
    std::shared_ptr<const JsonValue> document = call[0].shared();
    if (!document) {
        auto parsed = JsonValue::parse(textOf(call[0]));
        if (!parsed)
            return otherwise;
        document = std::make_shared<const JsonValue>(*std::move(parsed));
    }
    const auto hits = compiled->select(*document);
    // What a filter or a search leaves may be an empty list; a way that is not there is nothing.
    const bool mayBeEmpty
        = path.find('?') != std::string::npos || path.find("..") != std::string::npos;
    if (hits.empty() && !mayBeEmpty)
        return otherwise;
    JsonValue found;
    if (compiled->isSingular()) {
        found = call.copied(Value::ofJson(document, *hits.front()));
    } else {
        JsonArray list;
        for (const JsonValue *hit : hits)
            list.push_back(call.copied(Value::ofJson(document, *hit)));
        found = std::move(list);
    }
    if (!function.empty())
        return applied(function, found).value_or(otherwise);
    return found.isNull() ? otherwise : shownAsJson(std::move(found));
}

/// Of a text, or of a block with the name first; into a variable where there is a name.
Value parseJson(HelperCall &call)
{
    if (!call.isBlock() && call.size() == 0)
        return inlineError("Missing required JSON string parameter");
    const std::string text = call.isBlock() ? call.captured() : textOf(call[0]);
    const Value &name = call[call.isBlock() ? 0 : 1];
    const bool isBlank = text.find_first_not_of(" \t\r\n") == std::string::npos;
    auto parsed = isBlank ? Result<JsonValue>(JsonValue(JsonObject())) : JsonValue::parse(text);
    if (!parsed)
        return call.fail("'parseJson': " + parsed.error().message);
    Value made = Value::ofJson(*std::move(parsed));
    return name.isUndefined() ? made : assigned(call, name, std::move(made));
}

Value toJson(HelperCall &call) { return prettyJson(call.copied(call[0])); }

Value formatJson(HelperCall &call)
{
    if (!call.isBlock() && !(call.size() == 1 && call[0].isText()))
        return inlineError("formatJson should take a block of JSON to format or a single parameter "
                           "of type String");
    const std::string format = optionOr(call, "format", "pretty");
    if (format != "pretty" && format != "compact")
        return inlineError("formatJson: format [" + format
                           + "] should be one of [pretty, compact]");
    const auto parsed = JsonValue::parse(call.isBlock() ? call.captured() : call[0].text());
    if (!parsed && format == "compact")
        return inlineError(
            "There was an error parsing the json. Please make sure the json is valid");
    if (!parsed)
        return call.fail("'formatJson': " + parsed.error().message);
    return format == "compact" ? writeJson(*parsed) : prettyJson(*parsed);
}

constexpr std::array kHelpers{
    Helper{"jsonPath", "json path [default=]", "A part of JSON.", jsonPath},
    Helper{"parseJson", "json [variable] | block", "The value that JSON says.", parseJson},
    Helper{"toJson", "value", "A value as JSON.", toJson},
    Helper{"formatJson", "json | block [format=]", "JSON on lines, or compact.", formatJson},
};

} // namespace

std::span<const Helper> jsonHelpers() { return kHelpers; }

} // namespace understudy::wiremock
