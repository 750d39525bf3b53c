// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mountebank/condition_export.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/formats/as_pattern.h"
#include "core/formats/mountebank/js_pattern.h"
#include "core/formats/path_regex.h"
#include "core/http/uri.h"

#include <algorithm>

namespace understudy::formats::mountebank {

namespace {

using Kind = RuleTarget::Kind;

bool isOfAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// How a target is called: a field of the request, and what selects in it.
struct Place
{
    std::string_view field;
    std::string name;                     ///< in query, headers or form
    std::optional<JsonMember> selector{}; ///< beside the operator
};

std::optional<Place> placeOf(const RuleTarget &target)
{
    switch (target.kind) {
    case Kind::Method:
        return Place{"method", {}};
    case Kind::Path:
        return Place{"path", {}};
    case Kind::Query:
        return Place{"query", target.name};
    case Kind::Header:
        return Place{"headers", target.name};
    case Kind::Form:
        return Place{"form", target.name};
    case Kind::Body:
        return Place{"body", {}};
    case Kind::BodyJsonPath:
        return Place{"body", {}, JsonMember{"jsonpath", JsonObject{{"selector", target.name}}}};
    case Kind::BodyXPath:
        return Place{"body", {}, JsonMember{"xpath", JsonObject{{"selector", target.name}}}};
    default:
        return std::nullopt;
    }
}

bool differsByCase(const JsonValue &value)
{
    if (value.isNumber() || value.isBool())
        return false;
    const std::string *text = value.ifString();
    return !text || text::toLower(*text) != text::toUpper(*text) || !isOfAscii(*text);
}

JsonObject asking(std::string_view operation, const Place &place, JsonValue value,
                  bool caseSensitive)
{
    const bool isSensitive = caseSensitive && differsByCase(value);
    JsonValue inner = place.name.empty() ? std::move(value)
                                         : JsonValue(JsonObject{{place.name, std::move(value)}});
    JsonObject out{
        {std::string(operation), JsonObject{{std::string(place.field), std::move(inner)}}}};
    if (place.selector)
        out.set(place.selector->name, place.selector->value);
    if (isSensitive)
        out.set("caseSensitive", true);
    // It would count for the names of headers as well.
    if (isSensitive && place.field == "headers")
        out.set("keyCaseSensitive", false);
    return out;
}

JsonArray textsOf(const JsonValue &values)
{
    JsonArray out;
    for (const JsonValue &value : values.ifArray() ? *values.ifArray() : JsonArray())
        out.emplace_back(plainText(value));
    return out;
}

bool isOption(const Condition &condition, std::string_view name)
{
    const JsonValue *value = condition.options.find(name);
    return value && value->isTrue();
}

std::optional<JsonObject> jsonPredicate(const Place &place, const Condition &condition)
{
    if (isOption(condition, "placeholders") || !place.name.empty() || place.field != "body")
        return std::nullopt;
    const JsonValue &value = condition.value;
    if (!value.isArray() && !value.isObject())
        return asking("equals", place, plainText(value), true);
    const bool isPart
        = isOption(condition, "ignoreExtraFields") || isOption(condition, "ignoreExtraItems");
    return asking(isPart ? "equals" : "deepEquals", place, value, true);
}

std::optional<JsonObject> expressionPredicate(const Place &place, const Condition &condition)
{
    const auto pattern = toJsPattern(plainText(condition.value));
    if (!pattern)
        return std::nullopt;
    return asking("matches", place,
                  place.field == "path" ? onSentPath(pattern->text) : pattern->text,
                  !pattern->ignoreCase);
}

/// That a JSONPath or an XPath finds something in the body.
std::optional<JsonObject> foundPredicate(const Place &place, std::string_view how,
                                         const Condition &condition)
{
    if (place.field != "body" || place.selector)
        return std::nullopt;
    JsonObject config{{"selector", plainText(condition.value)}};
    if (const JsonValue *names = condition.options.find("namespaces"))
        config.set("ns", *names);
    Place selected = place;
    selected.selector = JsonMember{std::string(how), std::move(config)};
    return asking("exists", selected, true, true);
}

std::optional<JsonObject> plainPredicate(const Place &place, const Condition &condition)
{
    const JsonValue &value = condition.value;
    const bool isOn = !value.isBool() || value.isTrue();
    switch (condition.op) {
    case RuleOperator::Equals:
        return asking("equals", place, value.isNumber() ? value : JsonValue(plainText(value)),
                      true);
    case RuleOperator::EqualsIgnoreCase:
        return asking("equals", place, plainText(value), false);
    case RuleOperator::Contains:
        return asking("contains", place, plainText(value), true);
    case RuleOperator::StartsWith:
        return asking("startsWith", place, plainText(value), true);
    case RuleOperator::EndsWith:
        return asking("endsWith", place, plainText(value), true);
    case RuleOperator::Matches:
        return expressionPredicate(place, condition);
    case RuleOperator::Absent:
    case RuleOperator::Empty:
        return asking("exists", place, !isOn, false);
    case RuleOperator::OneOf: {
        JsonArray choices;
        for (JsonValue &text : textsOf(value))
            choices.emplace_back(asking("equals", place, std::move(text), true));
        return combined("or", std::move(choices));
    }
    case RuleOperator::HasExactly:
        if (!place.selector)
            return std::nullopt;
        return asking("deepEquals", place, textsOf(value), true);
    case RuleOperator::Includes: {
        JsonArray all;
        for (JsonValue &text : textsOf(value))
            all.emplace_back(asking("equals", place, std::move(text), true));
        return combined("and", std::move(all));
    }
    case RuleOperator::Json:
        return jsonPredicate(place, condition);
    case RuleOperator::JsonPath:
        return foundPredicate(place, "jsonpath", condition);
    case RuleOperator::XPath:
        return foundPredicate(place, "xpath", condition);
    default:
        return std::nullopt;
    }
}

/// Path and query as they are sent, where a rule names all of them.
std::optional<JsonObject> urlPredicate(const Condition &condition)
{
    if (condition.op != RuleOperator::Equals)
        return std::nullopt;
    const std::string url = plainText(condition.value);
    const std::size_t question = std::min(url.find('?'), url.size());
    JsonObject query;
    if (question < url.size()) {
        for (const auto &[name, value] :
             http::parseQuery(std::string_view(url).substr(question + 1)))
            query.set(name, value);
    }
    JsonObject path = asking("equals", {"path", {}}, url.substr(0, question), true);
    JsonObject rest = asking("deepEquals", {"query", {}}, std::move(query), true);
    return JsonObject{{"and", JsonArray{std::move(path), std::move(rest)}}};
}

/// One field of a joined header.
std::optional<JsonObject> cookiePredicate(const RuleTarget &target, const Condition &condition)
{
    const Place header{"headers", "Cookie"};
    const std::string begin = "(?:^|;\\s*)" + asPattern(target.name) + '=';
    if (condition.op == RuleOperator::Equals)
        return asking("matches", header, begin + asPattern(plainText(condition.value)) + "(?:;|$)",
                      true);
    if (condition.op != RuleOperator::Absent)
        return std::nullopt;
    JsonObject there = asking("matches", header, begin, true);
    return condition.value.isBool() && !condition.value.isTrue() ? there
                                                                 : oppositeOf(std::move(there));
}

/// Paths are compared as they were sent there.
Condition asSentPath(const Condition &condition)
{
    Condition out = condition;
    const std::string *text = condition.value.ifString();
    std::string sent;
    const auto parts = text::split(text ? std::string_view(*text) : std::string_view(), '/');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::string one = asSent(parts[i]);
        // A slash that is data is written like that here as well.
        for (std::size_t at = one.find("%252F"); at != std::string::npos; at = one.find("%252F"))
            one.erase(at + 1, 2);
        sent += (i == 0 ? "" : "/") + one;
    }
    if (text)
        out.value = std::move(sent);
    return out;
}

/// Sockets for both versions of IP show an address of version 4 with more in front.
std::optional<JsonObject> clientPredicate(const Condition &condition)
{
    const std::string text = plainText(condition.value);
    const Place ip{"ip", {}};
    switch (condition.op) {
    case RuleOperator::Equals:
    case RuleOperator::EqualsIgnoreCase:
        return asking("matches", ip, "^(?:::ffff:)?" + asPattern(text) + '$', false);
    case RuleOperator::StartsWith:
        return asking("matches", ip, "^(?:::ffff:)?" + asPattern(text), false);
    case RuleOperator::EndsWith:
        return asking("endsWith", ip, text, false);
    case RuleOperator::Contains:
        return asking("contains", ip, text, false);
    default:
        return std::nullopt;
    }
}

std::optional<JsonObject> hostPredicate(const Condition &condition)
{
    if (condition.op != RuleOperator::Equals && condition.op != RuleOperator::EqualsIgnoreCase)
        return std::nullopt;
    return asking("matches", {"headers", "Host"},
                  '^' + asPattern(plainText(condition.value)) + "(?::\\d+)?$", false);
}

} // namespace

std::string plainText(const JsonValue &value)
{
    const std::string *text = value.ifString();
    return text ? *text : writeJson(value);
}

JsonObject oppositeOf(JsonObject predicate)
{
    if (const JsonValue *inner = predicate.find("not"); inner && inner->isObject())
        return *inner->ifObject();
    return JsonObject{{"not", std::move(predicate)}};
}

JsonObject combined(std::string_view how, JsonArray predicates)
{
    if (predicates.size() == 1)
        return *predicates.front().ifObject();
    return JsonObject{{std::string(how), std::move(predicates)}};
}

std::optional<JsonObject> conditionPredicate(const RuleTarget &target, const Condition &condition)
{
    switch (target.kind) {
    case Kind::Url:
        if (condition.op == RuleOperator::Matches
            && plainText(condition.value).ends_with("^[^?]*\\??\\z"))
            return asking("deepEquals", {"query", {}}, JsonObject(), false);
        return urlPredicate(condition);
    case Kind::Cookie:
        return cookiePredicate(target, condition);
    case Kind::Client:
        return clientPredicate(condition);
    case Kind::Host:
        return hostPredicate(condition);
    default:
        break;
    }
    const auto place = placeOf(target);
    if (!place)
        return std::nullopt;
    const bool isPattern = condition.op == RuleOperator::Matches;
    return target.kind == Kind::Path && !isPattern ? plainPredicate(*place, asSentPath(condition))
                                                   : plainPredicate(*place, condition);
}

} // namespace understudy::formats::mountebank
