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

/// Both forms of text: compact where `indent` is negative.
class JsonWriter
{
public:
    explicit JsonWriter(int indent)
        : m_indent(indent)
    {}

    void append(const JsonValue &value)
    {
        switch (value.kind()) {
        case JsonValue::Kind::Null:
            m_out += "null";
            return;
        case JsonValue::Kind::Bool:
            m_out += value.isTrue() ? "true" : "false";
            return;
        case JsonValue::Kind::Number:
            m_out += value.ifNumber()->text;
            return;
        case JsonValue::Kind::String:
            text::appendJson(m_out, *value.ifString());
            return;
        case JsonValue::Kind::Array:
            sequence('[', ']', *value.ifArray(), [this](const JsonValue &item) { append(item); });
            return;
        case JsonValue::Kind::Object:
            sequence('{', '}', *value.ifObject(), [this](const JsonMember &member) {
                text::appendJson(m_out, member.name);
                m_out += m_indent < 0 ? ":" : ": ";
                append(member.value);
            });
            return;
        }
    }

    std::string take() { return std::move(m_out); }

private:
    void newLine()
    {
        if (m_indent < 0)
            return;
        m_out += '\n';
        m_out.append(static_cast<std::size_t>(m_indent) * m_depth, ' ');
    }

    template<class Items, class Append>
    void sequence(char open, char close, const Items &items, Append appendItem)
    {
        m_out += open;
        ++m_depth;
        bool isFirst = true;
        for (const auto &item : items) {
            m_out += isFirst ? "" : ",";
            newLine();
            appendItem(item);
            isFirst = false;
        }
        --m_depth;
        if (!isFirst)
            newLine();
        m_out += close;
    }

    std::string m_out;
    int m_indent;
    std::size_t m_depth = 0;
};

} // namespace

std::string writeJson(const JsonValue &value) { return writeJson(value, -1); }

std::string writeJson(const JsonValue &value, int indent)
{
    JsonWriter writer(indent);
    writer.append(value);
    return writer.take();
}

std::string writeJson(const json::value &value)
{
    std::string out;
    append(out, value);
    return out;
}

} // namespace understudy
