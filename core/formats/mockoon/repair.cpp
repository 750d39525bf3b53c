// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/repair.h"

#include "core/base/text.h"

#include <boost/json/serialize.hpp>

#include <charconv>
#include <cmath>
#include <optional>

namespace understudy::formats::mockoon {

namespace json = boost::json;

namespace {

// Enough to recognise a value in a message.
constexpr std::size_t kShownBytes = 60;

std::optional<double> asNumber(const json::value &value)
{
    switch (value.kind()) {
    case json::kind::int64:
        return static_cast<double>(value.get_int64());
    case json::kind::uint64:
        return static_cast<double>(value.get_uint64());
    case json::kind::double_:
        return value.get_double();
    case json::kind::string: {
        const std::string_view text = value.get_string();
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc{} || end != text.data() + text.size())
            return std::nullopt;
        return number;
    }
    default:
        return std::nullopt;
    }
}

} // namespace

void ObjectReader::repaired(std::string_view key, const json::value &found,
                            const std::string &used) const
{
    std::string shown = json::serialize(found);
    if (shown.size() > kShownBytes)
        shown = "what stands there";
    m_notes.changed(m_subject,
                    "'" + std::string(key) + "' cannot be " + shown + "; " + used + " is used");
}

std::string ObjectReader::text(std::string_view key, std::string_view fallback) const
{
    const json::value *value = m_object.if_contains(key);
    if (!value || value->is_null())
        return std::string(fallback);
    if (const json::string *text = value->if_string())
        return std::string(*text);
    repaired(key, *value, fallback.empty() ? "an empty text" : "'" + std::string(fallback) + "'");
    return std::string(fallback);
}

std::int64_t ObjectReader::number(std::string_view key, std::int64_t fallback, std::int64_t from,
                                  std::int64_t to) const
{
    const json::value *value = m_object.if_contains(key);
    if (!value || value->is_null())
        return fallback;
    const auto number = asNumber(*value);
    const bool isPossible = number && std::trunc(*number) == *number
                            && *number >= static_cast<double>(from)
                            && *number <= static_cast<double>(to);
    // A number that is written as text is that number; older levels wrote it so.
    if (!isPossible)
        repaired(key, *value,
                 std::to_string(isPossible ? static_cast<std::int64_t>(*number) : fallback));
    return isPossible ? static_cast<std::int64_t>(*number) : fallback;
}

bool ObjectReader::flag(std::string_view key, bool fallback) const
{
    const json::value *value = m_object.if_contains(key);
    if (!value || value->is_null())
        return fallback;
    if (const bool *flag = value->if_bool())
        return *flag;
    repaired(key, *value, fallback ? "true" : "false");
    return fallback;
}

std::string ObjectReader::choice(std::string_view key, std::string_view fallback,
                                 std::initializer_list<std::string_view> known) const
{
    const json::value *value = m_object.if_contains(key);
    if (!value || value->is_null())
        return std::string(fallback);
    if (const json::string *text = value->if_string()) {
        for (const std::string_view candidate : known) {
            if (candidate == *text)
                return std::string(candidate);
        }
        for (const std::string_view candidate : known) {
            if (text::equalsIgnoreCase(candidate, *text)) {
                repaired(key, *value, "'" + std::string(candidate) + "'");
                return std::string(candidate);
            }
        }
    }
    repaired(key, *value, fallback.empty() ? "the default" : "'" + std::string(fallback) + "'");
    return std::string(fallback);
}

std::vector<const json::object *> ObjectReader::objects(std::string_view key) const
{
    std::vector<const json::object *> out;
    const json::value *value = m_object.if_contains(key);
    if (!value || value->is_null())
        return out;
    const json::array *list = value->if_array();
    if (!list) {
        repaired(key, *value, "an empty list");
        return out;
    }
    for (const json::value &entry : *list) {
        if (const json::object *object = entry.if_object())
            out.push_back(object);
        else
            m_notes.changed(m_subject,
                            "an entry of '" + std::string(key) + "' is no object and is left out");
    }
    return out;
}

} // namespace understudy::formats::mockoon
