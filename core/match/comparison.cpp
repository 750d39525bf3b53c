// SPDX-License-Identifier: Apache-2.0
#include "core/match/comparison.h"

#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/base/units.h"
#include "core/http/date.h"

#include <charconv>
#include <cmath>
#include <vector>

namespace understudy {

namespace json = boost::json;

std::optional<double> numberOf(std::string_view text)
{
    text = text::trim(text);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<double> numberOf(const json::value &value)
{
    if (value.is_number())
        return value.to_number<double>();
    if (const json::string *text = value.if_string())
        return numberOf(std::string_view(text->data(), text->size()));
    return std::nullopt;
}

std::string textOf(const json::value &value)
{
    if (const json::string *text = value.if_string())
        return {text->data(), text->size()};
    return writeJson(value);
}

bool equalsValue(std::string_view actual, const json::value &expected)
{
    if (expected.is_number()) {
        const auto number = numberOf(actual);
        return number && *number == expected.to_number<double>();
    }
    return actual == textOf(expected);
}

namespace {

bool equalsArray(const json::array &actual, const json::array &expected, const JsonComparison &how)
{
    if (actual.size() != expected.size())
        return false;
    if (!how.ignoreArrayOrder) {
        for (std::size_t i = 0; i < actual.size(); ++i) {
            if (!equalsJson(actual[i], expected[i], how))
                return false;
        }
        return true;
    }
    // Greedy pairing; exact as long as equality is transitive, which extra fields may break only in
    // contrived cases.
    std::vector<bool> used(actual.size());
    for (const json::value &wanted : expected) {
        std::size_t i = 0;
        while (i < actual.size() && (used[i] || !equalsJson(actual[i], wanted, how)))
            ++i;
        if (i == actual.size())
            return false;
        used[i] = true;
    }
    return true;
}

} // namespace

bool equalsJson(const json::value &actual, const json::value &expected, const JsonComparison &how)
{
    if (expected.is_number())
        return actual.is_number() && actual.to_number<double>() == expected.to_number<double>();
    if (const json::array *wanted = expected.if_array())
        return actual.is_array() && equalsArray(actual.get_array(), *wanted, how);
    if (const json::object *wanted = expected.if_object()) {
        const json::object *have = actual.if_object();
        if (!have || (!how.ignoreExtraFields && have->size() != wanted->size()))
            return false;
        for (const auto &[key, value] : *wanted) {
            const json::value *member = have->if_contains(key);
            if (!member || !equalsJson(*member, value, how))
                return false;
        }
        return true;
    }
    return actual == expected;
}

std::optional<WallTime> momentOf(std::string_view text, WallTime now)
{
    text = text::trim(text);
    if (!text.starts_with("now"))
        return http::parseAnyDate(text);
    text = text::trim(text.substr(3));
    if (text.empty())
        return now;
    const bool minus = text.starts_with('-');
    if (!minus && !text.starts_with('+'))
        return std::nullopt;
    const auto offset = parseDuration(text::trim(text.substr(1)));
    if (!offset)
        return std::nullopt;
    return minus ? now - *offset : now + *offset;
}

} // namespace understudy
