// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace understudy {

class JsonValue;
struct JsonMember;

/// A number as it was written: "12.90", "1e400", "1236546565217899832645". Numbers keep their text
/// from a file to the wire and back; compare their values as Decimal.
struct JsonNumber
{
    std::string text; ///< a number of RFC 8259

    bool operator==(const JsonNumber &) const = default;
};

using JsonArray = std::vector<JsonValue>;

/// Members in the written order, each name once. Finding one in a large object takes a binary
/// search.
class JsonObject
{
public:
    // Out of line, where a member's type is complete.
    JsonObject();
    JsonObject(const JsonObject &);
    JsonObject(JsonObject &&) noexcept;
    JsonObject &operator=(const JsonObject &);
    JsonObject &operator=(JsonObject &&) noexcept;
    ~JsonObject();
    JsonObject(std::initializer_list<JsonMember> members);
    /// Of members whose names may repeat: the last value counts, at the place of the first.
    static JsonObject of(std::vector<JsonMember> members);

    bool empty() const { return size() == 0; }
    std::size_t size() const;
    std::vector<JsonMember>::const_iterator begin() const { return m_members.begin(); }
    std::vector<JsonMember>::const_iterator end() const { return m_members.end(); }

    /// The value of a name, or nullptr.
    const JsonValue *find(std::string_view name) const;
    bool contains(std::string_view name) const { return find(name) != nullptr; }
    /// Gives a name another value, or adds it at the end.
    void set(std::string_view name, JsonValue value);

    /// The same, to change it in its place.
    JsonValue *mutableFind(std::string_view name);
    /// Takes a name out; nothing happens where it is not there.
    void erase(std::string_view name);

    /// Also by the order of the members: it is part of a document, though not of JSON's meaning.
    bool operator==(const JsonObject &other) const;

private:
    std::size_t indexOf(std::string_view name) const;
    void index();

    std::vector<JsonMember> m_members;
    std::vector<std::uint32_t> m_sorted; ///< by name; only of a large object
};

/// A JSON value that loses nothing of its text but white space and escapes. Boost.JSON keeps
/// numbers as 64-bit integers and doubles, which is not what a file or a request said. Comparison
/// with == is that of documents (12.9 is not 12.90); rules compare with equalsJson.
class JsonValue
{
public:
    enum class Kind { Null, Bool, Number, String, Array, Object };

    JsonValue() = default;
    JsonValue(std::nullptr_t) {}
    JsonValue(std::same_as<bool> auto value)
        : m_value(value)
    {}
    JsonValue(std::integral auto value) requires(!std::same_as<decltype(value), bool>)
        : m_value(JsonNumber{std::to_string(value)})
    {}
    /// The shortest text that reads back the same; null for what is not finite.
    JsonValue(double value);
    JsonValue(JsonNumber number)
        : m_value(std::move(number))
    {}
    JsonValue(std::string text)
        : m_value(std::move(text))
    {}
    JsonValue(std::string_view text)
        : m_value(std::string(text))
    {}
    JsonValue(const char *text)
        : m_value(std::string(text))
    {}
    JsonValue(JsonArray array);
    JsonValue(JsonObject object);

    /// A whole text of RFC 8259. Errors: Syntax, or Limit where it is nested deeper than
    /// `maxDepth`; the place has line and column.
    static Result<JsonValue> parse(std::string_view text, std::size_t maxDepth = kMaxDepth);
    static constexpr std::size_t kMaxDepth = 256;

    Kind kind() const { return static_cast<Kind>(m_value.index()); }
    bool isNull() const { return kind() == Kind::Null; }
    bool isBool() const { return kind() == Kind::Bool; }
    bool isNumber() const { return kind() == Kind::Number; }
    bool isString() const { return kind() == Kind::String; }
    bool isArray() const { return kind() == Kind::Array; }
    bool isObject() const { return kind() == Kind::Object; }

    /// The value if it is of that kind, else nullptr.
    const bool *ifBool() const { return std::get_if<bool>(&m_value); }
    const JsonNumber *ifNumber() const { return std::get_if<JsonNumber>(&m_value); }
    const std::string *ifString() const { return std::get_if<std::string>(&m_value); }
    const JsonArray *ifArray() const { return std::get_if<JsonArray>(&m_value); }
    JsonArray *ifArray() { return std::get_if<JsonArray>(&m_value); }
    const JsonObject *ifObject() const { return std::get_if<JsonObject>(&m_value); }
    JsonObject *ifObject() { return std::get_if<JsonObject>(&m_value); }
    bool isTrue() const { return ifBool() && *ifBool(); }

    bool operator==(const JsonValue &other) const;

private:
    friend class JsonTreeBuilder;
    std::variant<std::nullptr_t, bool, JsonNumber, std::string, JsonArray, JsonObject> m_value;
};

struct JsonMember
{
    std::string name;
    JsonValue value;

    bool operator==(const JsonMember &) const = default;
};

/// How much a value holds.
struct JsonExtent
{
    std::size_t values = 0; ///< itself and all in it
    std::size_t bytes = 0;  ///< of memory, about
    std::size_t depth = 0;  ///< of lists and objects; 0 for other kinds
};
JsonExtent extentOf(const JsonValue &value);

} // namespace understudy
