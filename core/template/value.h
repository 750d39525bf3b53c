// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"
#include "core/template/instant.h"

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace understudy::handlebars {

/// What an expression of a template comes to: the values of JavaScript as far as templates see
/// them. Lists and objects are JSON that is shared and never changed, so that a copy costs nothing,
/// however large the request's body or a bucket is. Any thread may use its own copy.
class Value
{
public:
    /// Shown: a list or an object that has a text of its own, such as the values of a query
    /// parameter, which are the first of them where a text is wanted.
    enum class Kind { Undefined, Null, Bool, Number, Text, Date, Json, Shown };

    Value() = default;
    Value(std::nullptr_t)
        : m_value(nullptr)
    {}
    Value(std::same_as<bool> auto value)
        : m_value(value)
    {}
    Value(double value)
        : m_value(Number{value, {}})
    {}
    Value(std::integral auto value) requires(!std::same_as<decltype(value), bool>)
        : m_value(Number{static_cast<double>(value), {}})
    {}
    Value(std::string text)
        : m_value(Text{std::move(text), false})
    {}
    Value(std::string_view text)
        : Value(std::string(text))
    {}
    Value(const char *text)
        : Value(std::string(text))
    {}
    Value(Instant time)
        : m_value(time)
    {}
    /// A list or an object of its own.
    Value(JsonArray list);
    Value(JsonObject object);

    /// A text that goes out as it is, without the escapes of HTML (Handlebars' SafeString).
    static Value safe(std::string text);
    /// `node` of a document that `owner` keeps alive: shared where it is a list or an object.
    static Value ofJson(const std::shared_ptr<const JsonValue> &owner, const JsonValue &node);
    static Value ofJson(JsonValue value);
    /// A list or an object whose text is what `write` makes of it (WireMock). The list has the
    /// members `first`, `last` and `size`. `partsToo`: lists and objects in it are written so, too.
    static Value shown(JsonValue value, void (*write)(const JsonValue &value, std::string &out),
                       bool partsToo = false);
    /// A number that is written in its own way, "10.0".
    static Value written(std::string_view number);

    Kind kind() const { return static_cast<Kind>(m_value.index()); }
    bool isUndefined() const { return kind() == Kind::Undefined; }
    /// Undefined or null.
    bool isMissing() const { return isUndefined() || kind() == Kind::Null; }
    bool isText() const { return kind() == Kind::Text; }
    bool isSafe() const { return isText() && std::get<Text>(m_value).isSafe; }
    bool isNumber() const { return kind() == Kind::Number; }

    const std::string *ifText() const;
    const double *ifNumber() const;
    const bool *ifBool() const { return std::get_if<bool>(&m_value); }
    const Instant *ifDate() const { return std::get_if<Instant>(&m_value); }
    const JsonArray *ifList() const;
    const JsonObject *ifObject() const;

    /// Its own member of that name: of an object, an item of a list by its number, `length` of a
    /// list or a text. Undefined if it has none.
    Value member(std::string_view name) const;

    /// The list or object itself, which may be a part of something larger; null for other kinds.
    std::shared_ptr<const JsonValue> shared() const;
    /// A member or an item of this list or object, sharing what it is part of.
    Value part(const JsonValue &node) const;

    /// False for undefined, null, false, 0, NaN, "" (ECMA-262 ToBoolean). A safe text is an object
    /// there, and true whatever it says.
    bool isTruthy() const;
    /// What Handlebars takes for nothing: what is not truthy but 0, and an empty list.
    bool isEmpty() const;

    /// As JavaScript writes it into a text (ECMA-262 ToString), but "" for undefined and null. A
    /// number that a document wrote stays as it was written.
    std::string text() const;
    void appendTo(std::string &out) const;
    /// ECMA-262 ToNumber; NaN for what is none.
    double number() const;
    /// As part of a document; nothing for undefined.
    std::optional<JsonValue> json() const;

    /// Of the same kind and equal; lists and objects only if they are the same one (ECMA-262 ===).
    bool isSame(const Value &other) const;

private:
    struct Number
    {
        double value;
        std::string written; ///< by a document; empty: as JavaScript writes it
    };
    struct Text
    {
        std::string value;
        bool isSafe;
    };
    struct Shown
    {
        std::shared_ptr<const JsonValue> node;
        void (*write)(const JsonValue &value, std::string &out);
        bool partsToo;
    };

    const JsonValue *node() const;

    std::variant<std::monostate, std::nullptr_t, bool, Number, Text, Instant,
                 std::shared_ptr<const JsonValue>, Shown>
        m_value;
};

/// A number as JavaScript writes it (ECMA-262 Number::toString): the shortest digits that read back
/// the same, an exponent from 1e21 and below 1e-6.
std::string numberText(double value);
/// A number as a whole one that any arithmetic of dates and counts can bear: without its fraction,
/// NaN as 0, at most 10^15 either way.
std::int64_t wholeNumber(double value);
/// ECMA-262 StringToNumber: blanks around it, "" is 0, hexadecimal, "Infinity"; NaN for what is
/// none.
double numberOf(std::string_view text);

} // namespace understudy::handlebars
