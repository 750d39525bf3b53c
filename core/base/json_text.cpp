// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_text.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace understudy {

namespace json = boost::json;

std::string jsonNumber(double value)
{
    if (!std::isfinite(value))
        return "null";
    std::array<char, 64> buffer{};
    const auto [end, ec] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    std::string text(buffer.data(), end);
    if (text.find('.') == std::string::npos)
        text.insert(std::min(text.find('e'), text.size()), ".0");
    return text;
}

namespace {

void append(std::string &out, const json::value &value);

void appendArray(std::string &out, const json::array &array)
{
    out += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
        out += i > 0 ? "," : "";
        append(out, array[i]);
    }
    out += ']';
}

void appendObject(std::string &out, const json::object &object)
{
    std::string_view separator = "{";
    for (const auto &[key, member] : object) {
        out.append(separator).append(text::quoteJson(key)) += ':';
        append(out, member);
        separator = ",";
    }
    out += object.empty() ? "{}" : "}";
}

void append(std::string &out, const json::value &value)
{
    switch (value.kind()) {
    case json::kind::null:
        out += "null";
        return;
    case json::kind::bool_:
        out += value.get_bool() ? "true" : "false";
        return;
    case json::kind::int64:
        out += std::to_string(value.get_int64());
        return;
    case json::kind::uint64:
        out += std::to_string(value.get_uint64());
        return;
    case json::kind::double_:
        out += jsonNumber(value.get_double());
        return;
    case json::kind::string:
        out += text::quoteJson(value.get_string());
        return;
    case json::kind::array:
        appendArray(out, value.get_array());
        return;
    case json::kind::object:
        appendObject(out, value.get_object());
        return;
    }
}

} // namespace

std::string writeJson(const json::value &value)
{
    std::string out;
    append(out, value);
    return out;
}

} // namespace understudy
