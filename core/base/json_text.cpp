// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_text.h"

#include <boost/json/serialize.hpp>

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

void append(std::string &out, const json::value &value)
{
    if (value.is_double()) {
        out += jsonNumber(value.get_double());
    } else if (const json::array *array = value.if_array()) {
        char before = '[';
        for (const json::value &item : *array) {
            out += before;
            append(out, item);
            before = ',';
        }
        out += array->empty() ? "[]" : "]";
    } else if (const json::object *object = value.if_object()) {
        char before = '{';
        for (const auto &[key, member] : *object) {
            out += before;
            out += json::serialize(json::string(key));
            out += ':';
            append(out, member);
            before = ',';
        }
        out += object->empty() ? "{}" : "}";
    } else {
        out += json::serialize(value);
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
