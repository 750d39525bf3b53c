// SPDX-License-Identifier: Apache-2.0
#include "core/match/json_placeholders.h"

namespace understudy {

namespace {

/// What stands in `${json-unit.…}` or `#{json-unit.…}`, and the text behind it; empty for others.
std::pair<std::string_view, std::string_view> placeholderIn(std::string_view text)
{
    constexpr std::string_view kMark = "{json-unit.";
    if (text.size() < kMark.size() + 2 || (text[0] != '$' && text[0] != '#')
        || text.substr(1, kMark.size()) != kMark)
        return {};
    const std::string_view rest = text.substr(1 + kMark.size());
    const std::size_t close = rest.find('}');
    if (close == std::string_view::npos)
        return {};
    return {rest.substr(0, close), rest.substr(close + 1)};
}

constexpr std::string_view kRegex = "regex";
constexpr std::string_view kIgnoreElement = "ignore-element";

} // namespace

Result<JsonPlaceholders> JsonPlaceholders::compile(const JsonValue &expected)
{
    JsonPlaceholders out;
    if (auto error = out.collect(expected))
        return *std::move(error);
    return out;
}

std::optional<Error> JsonPlaceholders::collect(const JsonValue &expected)
{
    if (const JsonArray *items = expected.ifArray()) {
        for (const JsonValue &item : *items) {
            if (auto error = collect(item))
                return error;
        }
    } else if (const JsonObject *members = expected.ifObject()) {
        for (const JsonMember &member : *members) {
            if (auto error = collect(member.value))
                return error;
        }
    } else if (const std::string *text = expected.ifString()) {
        const auto [name, rest] = placeholderIn(*text);
        if (name != kRegex || m_patterns.contains(rest))
            return std::nullopt;
        auto regex = Regex::compile(rest, Regex::Anchoring::Whole);
        if (!regex) {
            Error error = regex.error();
            error.message = *text + ": " + error.message;
            return error;
        }
        m_patterns.emplace(rest, *std::move(regex));
    }
    return std::nullopt;
}

std::optional<MatchVerdict> JsonPlaceholders::accepts(const JsonValue &actual,
                                                      const std::string &expected,
                                                      WorkBudget &budget) const
{
    const auto [name, rest] = placeholderIn(expected);
    if (name == "ignore" || name == kIgnoreElement)
        return MatchVerdict::Yes;
    if (name == "any-string")
        return verdictOf(actual.isString());
    if (name == "any-number")
        return verdictOf(actual.isNumber());
    if (name == "any-boolean")
        return verdictOf(actual.isBool());
    if (name != kRegex)
        return std::nullopt;
    const std::string *text = actual.ifString();
    const auto pattern = m_patterns.find(rest);
    if (!text || pattern == m_patterns.end())
        return MatchVerdict::No;
    return pattern->second.match(*text, budget);
}

bool JsonPlaceholders::mayBeMissing(const JsonValue &expected)
{
    const std::string *text = expected.ifString();
    return text && placeholderIn(*text).first == kIgnoreElement;
}

} // namespace understudy
