// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/matcher_export.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/base/units.h"
#include "core/formats/as_pattern.h"

#include <array>

namespace understudy::formats::wiremock {

namespace {

/// What may stand before and behind, with line breaks.
constexpr std::string_view kAnyText = "[\\s\\S]*";

std::string valueText(const JsonValue &value)
{
    const std::string *text = value.ifString();
    return text ? *text : writeJson(value);
}

/// The last character stands for itself: an odd number of backslashes is before it.
bool isEscapedAtEnd(std::string_view pattern)
{
    std::size_t backslashes = 0;
    while (backslashes + 1 < pattern.size() && pattern[pattern.size() - 2 - backslashes] == '\\')
        ++backslashes;
    return backslashes % 2 == 1;
}

/// It is one group that begins and ends with it.
bool isOneGroup(std::string_view pattern)
{
    if (!pattern.starts_with("(?:") || !pattern.ends_with(')'))
        return false;
    int depth = 0;
    bool isInClass = false;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '\\')
            ++i;
        else if (c == '[')
            isInClass = true;
        else if (c == ']')
            isInClass = false;
        else if (c == '(' && !isInClass)
            ++depth;
        else if (c == ')' && !isInClass && --depth == 0)
            return i + 1 == pattern.size();
    }
    return false;
}

/// `matches` searches, Java's has to match all: what an import wrote becomes what it was.
std::string javaPattern(std::string_view pattern)
{
    constexpr std::string_view kDots = "(?s)";
    std::string_view inner = pattern;
    if (inner.starts_with(kDots))
        inner.remove_prefix(kDots.size());
    if (inner.starts_with('^') && inner.ends_with("\\z")) {
        inner.remove_prefix(1);
        inner.remove_suffix(2);
        if (isOneGroup(inner))
            inner = inner.substr(3, inner.size() - 4);
        return std::string(inner);
    }
    const bool isWhole = pattern.starts_with('^') && pattern.ends_with('$')
                         && !isEscapedAtEnd(pattern) && pattern.find('|') == std::string_view::npos;
    if (isWhole)
        return std::string(pattern.substr(1, pattern.size() - 2));
    return std::string(kAnyText) + "(?:" + std::string(pattern) + ')' + std::string(kAnyText);
}

JsonArray equalities(const JsonValue &values)
{
    JsonArray out;
    if (const JsonArray *list = values.ifArray()) {
        for (const JsonValue &value : *list)
            out.emplace_back(JsonObject{{"equalTo", valueText(value)}});
    }
    return out;
}

bool isSetIn(const JsonObject &options, std::string_view name)
{
    const JsonValue *value = options.find(name);
    return value && value->isTrue();
}

JsonObject jsonMatcher(const Condition &condition)
{
    JsonObject out{{"equalToJson", condition.value}};
    // null is no operand; a text that holds it is.
    if (condition.value.isNull() || condition.value.isString())
        out.set("equalToJson", writeJson(condition.value));
    if (isSetIn(condition.options, "ignoreArrayOrder"))
        out.set("ignoreArrayOrder", true);
    if (isSetIn(condition.options, "ignoreExtraFields")
        || isSetIn(condition.options, "ignoreExtraItems"))
        out.set("ignoreExtraElements", true);
    return out;
}

/// "now - 2h" as WireMock writes it.
std::string dateText(const JsonValue &value)
{
    std::string text = valueText(value);
    std::string_view rest = text::trim(text);
    if (!rest.starts_with("now"))
        return text;
    rest = text::trim(rest.substr(3));
    if (rest.empty())
        return "now";
    const auto offset = parseDuration(text::trim(rest.substr(1)));
    if (!offset)
        return text;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*offset).count();
    return "now " + std::string(rest.substr(0, 1)) + std::to_string(seconds) + " seconds";
}

std::optional<JsonObject> plainMatcher(const RuleTarget &target, const Condition &condition)
{
    const JsonValue &value = condition.value;
    const bool isOn = !value.isBool() || value.isTrue();
    const bool isBody = target.kind == RuleTarget::Kind::Body;
    switch (condition.op) {
    case RuleOperator::Equals:
        return JsonObject{{"equalTo", valueText(value)}};
    case RuleOperator::EqualsIgnoreCase:
        return JsonObject{{"equalTo", valueText(value)}, {"caseInsensitive", true}};
    case RuleOperator::Contains:
        return JsonObject{{"contains", valueText(value)}};
    case RuleOperator::StartsWith:
        return JsonObject{{"matches", asPattern(valueText(value)) + std::string(kAnyText)}};
    case RuleOperator::EndsWith:
        return JsonObject{{"matches", std::string(kAnyText) + asPattern(valueText(value))}};
    case RuleOperator::Matches:
        return JsonObject{{"matches", javaPattern(valueText(value))}};
    case RuleOperator::Absent: {
        JsonObject absent{{"absent", true}};
        return isOn ? absent : negationOf(std::move(absent));
    }
    case RuleOperator::Empty: {
        // An empty body counts as none there.
        JsonObject empty = isBody ? JsonObject{{"absent", true}} : JsonObject{{"equalTo", ""}};
        return isOn ? empty : negationOf(std::move(empty));
    }
    case RuleOperator::OneOf: {
        JsonArray choices = equalities(value);
        if (choices.size() == 1)
            return *choices.front().ifObject();
        return JsonObject{{"or", std::move(choices)}};
    }
    case RuleOperator::Before:
        return JsonObject{{"before", dateText(value)}};
    case RuleOperator::After:
        return JsonObject{{"after", dateText(value)}};
    case RuleOperator::SameTime:
        return JsonObject{{"equalToDateTime", dateText(value)}};
    case RuleOperator::Json:
        return jsonMatcher(condition);
    case RuleOperator::JsonPath:
        return JsonObject{{"matchesJsonPath", valueText(value)}};
    case RuleOperator::JsonSchema:
        return JsonObject{{"matchesJsonSchema", value}};
    case RuleOperator::Xml:
        return JsonObject{{"equalToXml", valueText(value)}};
    case RuleOperator::XPath: {
        JsonObject out{{"matchesXPath", valueText(value)}};
        if (const JsonValue *namespaces = condition.options.find("namespaces"))
            out.set("xPathNamespaces", *namespaces);
        return out;
    }
    case RuleOperator::Binary:
        return JsonObject{{"binaryEqualTo", valueText(value)}};
    case RuleOperator::HasExactly:
        return JsonObject{{"hasExactly", equalities(value)}};
    case RuleOperator::Includes:
        return JsonObject{{"includes", equalities(value)}};
    case RuleOperator::Less:
    case RuleOperator::LessOrEqual:
    case RuleOperator::Greater:
    case RuleOperator::GreaterOrEqual:
        break; // WireMock 4 only
    }
    return std::nullopt;
}

} // namespace

JsonObject negationOf(JsonObject matcher)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kOpposites{
        {{"contains", "doesNotContain"}, {"matches", "doesNotMatch"}}};
    if (const JsonValue *inner = matcher.find("not"); inner && inner->isObject())
        return *inner->ifObject();
    for (const auto &[plain, opposite] : kOpposites) {
        if (const JsonValue *value = matcher.find(plain))
            return JsonObject{{std::string(opposite), *value}};
    }
    return JsonObject{{"not", std::move(matcher)}};
}

std::optional<JsonObject> matcherOf(const RuleTarget &target, const Condition &condition)
{
    auto matcher = plainMatcher(target, condition);
    if (matcher && condition.negated)
        return negationOf(*std::move(matcher));
    return matcher;
}

} // namespace understudy::formats::wiremock
