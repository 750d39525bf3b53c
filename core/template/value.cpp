// SPDX-License-Identifier: Apache-2.0
#include "core/template/value.h"

#include "core/template/dates.h"
#include "core/template/utf16.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace understudy::handlebars {

namespace {

constexpr std::string_view kBlanks = " \t\n\r\v\f";

/// Of a list: null and undefined are nothing, lists in it are written the same way.
void appendListText(const JsonArray &list, std::string &out)
{
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0)
            out += ',';
        if (const JsonArray *inner = list[i].ifArray())
            appendListText(*inner, out);
        else
            Value::ofJson(list[i]).appendTo(out);
    }
}

/// The number of an item as JavaScript writes one.
std::optional<std::size_t> indexOf(std::string_view name)
{
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    const bool isWhole = error == std::errc() && end == name.data() + name.size();
    const bool isCanonical = name.size() == 1 || !name.starts_with('0');
    return isWhole && isCanonical ? std::optional(index) : std::nullopt;
}

} // namespace

Value::Value(JsonArray list)
    : m_value(std::make_shared<const JsonValue>(std::move(list)))
{}

Value::Value(JsonObject object)
    : m_value(std::make_shared<const JsonValue>(std::move(object)))
{}

Value Value::safe(std::string text)
{
    Value out;
    out.m_value = Text{std::move(text), true};
    return out;
}

Value Value::ofJson(const std::shared_ptr<const JsonValue> &owner, const JsonValue &node)
{
    Value out;
    switch (node.kind()) {
    case JsonValue::Kind::Null:
        out.m_value = nullptr;
        break;
    case JsonValue::Kind::Bool:
        out.m_value = *node.ifBool();
        break;
    case JsonValue::Kind::Number:
        out.m_value = Number{numberOf(node.ifNumber()->text), node.ifNumber()->text};
        break;
    case JsonValue::Kind::String:
        out.m_value = Text{*node.ifString(), false};
        break;
    case JsonValue::Kind::Array:
    case JsonValue::Kind::Object:
        out.m_value = std::shared_ptr<const JsonValue>(owner, &node);
        break;
    }
    return out;
}

Value Value::ofJson(JsonValue value)
{
    const auto owner = std::make_shared<const JsonValue>(std::move(value));
    return ofJson(owner, *owner);
}

Value Value::shown(JsonValue value, void (*write)(const JsonValue &value, std::string &out),
                   bool partsToo)
{
    Value out;
    out.m_value = Shown{std::make_shared<const JsonValue>(std::move(value)), write, partsToo};
    return out;
}

Value Value::part(const JsonValue &node) const
{
    const auto *shown = std::get_if<Shown>(&m_value);
    if (!shown || !shown->partsToo || (!node.ifArray() && !node.ifObject()))
        return ofJson(shared(), node);
    Value out;
    out.m_value = Shown{{shown->node, &node}, shown->write, true};
    return out;
}

Value Value::written(std::string_view number)
{
    Value out;
    out.m_value = Number{numberOf(number), std::string(number)};
    return out;
}

/// The list or object; null for other kinds.
const JsonValue *Value::node() const
{
    if (const auto *json = std::get_if<std::shared_ptr<const JsonValue>>(&m_value))
        return json->get();
    const auto *shown = std::get_if<Shown>(&m_value);
    return shown ? shown->node.get() : nullptr;
}

std::shared_ptr<const JsonValue> Value::shared() const
{
    if (const auto *json = std::get_if<std::shared_ptr<const JsonValue>>(&m_value))
        return *json;
    const auto *shown = std::get_if<Shown>(&m_value);
    return shown ? shown->node : nullptr;
}

const std::string *Value::ifText() const
{
    const auto *text = std::get_if<Text>(&m_value);
    return text ? &text->value : nullptr;
}

const double *Value::ifNumber() const
{
    const auto *number = std::get_if<Number>(&m_value);
    return number ? &number->value : nullptr;
}

const JsonArray *Value::ifList() const
{
    const JsonValue *own = node();
    return own ? own->ifArray() : nullptr;
}

const JsonObject *Value::ifObject() const
{
    const JsonValue *own = node();
    return own ? own->ifObject() : nullptr;
}

Value Value::member(std::string_view name) const
{
    if (const std::string *text = ifText())
        return name == "length" && !isSafe() ? Value(utf16Length(*text)) : Value();
    if (const JsonObject *object = ifObject()) {
        const JsonValue *found = object->find(name);
        return found ? part(*found) : Value();
    }
    if (const JsonArray *list = ifList()) {
        const bool isShown = kind() == Kind::Shown;
        if (name == "length" || (isShown && name == "size"))
            return list->size();
        if (isShown && !list->empty() && (name == "first" || name == "last"))
            return part(name == "first" ? list->front() : list->back());
        const auto index = indexOf(name);
        return index && *index < list->size() ? part((*list)[*index]) : Value();
    }
    return {};
}

bool Value::isTruthy() const
{
    switch (kind()) {
    case Kind::Undefined:
    case Kind::Null:
        return false;
    case Kind::Bool:
        return *ifBool();
    case Kind::Number:
        return *ifNumber() != 0 && !std::isnan(*ifNumber());
    case Kind::Text:
        return isSafe() || !ifText()->empty();
    case Kind::Date:
    case Kind::Json:
    case Kind::Shown:
        break;
    }
    return true;
}

bool Value::isEmpty() const
{
    if (const double *number = ifNumber())
        return std::isnan(*number);
    const JsonArray *list = ifList();
    return !isTruthy() || (list && list->empty());
}

std::string Value::text() const
{
    std::string out;
    appendTo(out);
    return out;
}

void Value::appendTo(std::string &out) const
{
    switch (kind()) {
    case Kind::Undefined:
    case Kind::Null:
        break;
    case Kind::Bool:
        out += *ifBool() ? "true" : "false";
        break;
    case Kind::Number: {
        const Number &number = std::get<Number>(m_value);
        out += number.written.empty() ? numberText(number.value) : number.written;
        break;
    }
    case Kind::Text:
        out += *ifText();
        break;
    case Kind::Date:
        out += javaScriptDate(*ifDate());
        break;
    case Kind::Json:
        if (const JsonArray *list = ifList())
            appendListText(*list, out);
        else
            out += "[object Object]";
        break;
    case Kind::Shown: {
        const Shown &shown = std::get<Shown>(m_value);
        shown.write(*shown.node, out);
        break;
    }
    }
}

double Value::number() const
{
    switch (kind()) {
    case Kind::Undefined:
        return std::numeric_limits<double>::quiet_NaN();
    case Kind::Null:
        return 0;
    case Kind::Bool:
        return *ifBool() ? 1 : 0;
    case Kind::Number:
        return *ifNumber();
    case Kind::Date:
        return static_cast<double>(
            std::chrono::duration_cast<std::chrono::milliseconds>(ifDate()->time_since_epoch())
                .count());
    case Kind::Text:
    case Kind::Json:
    case Kind::Shown:
        break;
    }
    return numberOf(text());
}

std::optional<JsonValue> Value::json() const
{
    switch (kind()) {
    case Kind::Undefined:
        return std::nullopt;
    case Kind::Null:
        return JsonValue();
    case Kind::Bool:
        return JsonValue(*ifBool());
    case Kind::Number: {
        const Number &number = std::get<Number>(m_value);
        if (!std::isfinite(number.value))
            return JsonValue();
        return JsonValue(
            JsonNumber{number.written.empty() ? numberText(number.value) : number.written});
    }
    case Kind::Text:
        return JsonValue(*ifText());
    case Kind::Date:
        return JsonValue(formatDate(civilTime(*ifDate(), 0), "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'"));
    case Kind::Json:
    case Kind::Shown:
        return *node();
    }
    return std::nullopt;
}

bool Value::isSame(const Value &other) const
{
    if (kind() != other.kind())
        return false;
    switch (kind()) {
    case Kind::Undefined:
    case Kind::Null:
        return true;
    case Kind::Bool:
        return *ifBool() == *other.ifBool();
    case Kind::Number:
        return *ifNumber() == *other.ifNumber();
    case Kind::Text:
        return *ifText() == *other.ifText();
    case Kind::Date:
        return *ifDate() == *other.ifDate();
    case Kind::Json:
    case Kind::Shown:
        return node() == other.node();
    }
    return false;
}

std::string numberText(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value < 0 ? "-Infinity" : "Infinity";
    if (value == 0)
        return "0";
    std::array<char, 40> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                            std::fabs(value), std::chars_format::scientific);
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    const std::size_t e = text.find('e');
    std::string digits(text.substr(0, e));
    std::erase(digits, '.');
    int exponent = 0;
    const std::size_t sign = text[e + 1] == '+' ? e + 2 : e + 1;
    std::from_chars(text.data() + sign, text.data() + text.size(), exponent);
    const std::string minus = value < 0 ? "-" : "";
    constexpr int kMostDigits = 21;
    constexpr int kMostZeros = 6;
    if (exponent >= kMostDigits || exponent < -kMostZeros) {
        if (digits.size() > 1)
            digits.insert(1, ".");
        return minus + digits + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
    }
    if (exponent < 0)
        return minus + "0." + digits.insert(0, static_cast<std::size_t>(-exponent) - 1, '0');
    const std::size_t whole = static_cast<std::size_t>(exponent) + 1;
    if (whole >= digits.size())
        return minus + digits.append(whole - digits.size(), '0');
    return minus + digits.insert(whole, ".");
}

std::int64_t wholeNumber(double value)
{
    constexpr double kMost = 1e15;
    return std::isnan(value) ? 0 : static_cast<std::int64_t>(std::clamp(value, -kMost, kMost));
}

double numberOf(std::string_view text)
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos)
        return 0;
    text = text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
    if (text.size() > 2 && text[0] == '0') {
        const char sign = static_cast<char>(text[1] | 0x20);
        const int base = sign == 'x' ? 16 : sign == 'o' ? 8 : sign == 'b' ? 2 : 0;
        if (base != 0) {
            std::uint64_t whole = 0;
            const char *behind = text.data() + text.size();
            const auto [end, error] = std::from_chars(text.data() + 2, behind, whole, base);
            return error == std::errc() && end == behind ? static_cast<double>(whole) : kNone;
        }
    }
    const bool isSigned = text[0] == '+' || text[0] == '-';
    const std::string_view digits = text.substr(isSigned ? 1 : 0);
    const double sign = text[0] == '-' ? -1 : 1;
    if (digits == "Infinity")
        return sign * std::numeric_limits<double>::infinity();
    if (digits.empty() || (digits[0] != '.' && (digits[0] < '0' || digits[0] > '9')))
        return kNone;
    double value = 0;
    const char *behind = digits.data() + digits.size();
    const auto [end, error] = std::from_chars(digits.data(), behind, value);
    if (end != behind)
        return kNone;
    if (error == std::errc::result_out_of_range)
        value = digits.find("e-") == std::string_view::npos
                        && digits.find("E-") == std::string_view::npos
                    ? std::numeric_limits<double>::infinity()
                    : 0;
    return sign * value;
}

} // namespace understudy::handlebars
