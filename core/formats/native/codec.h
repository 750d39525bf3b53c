// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/formats/yaml/node.h"
#include "core/http/header_list.h"

#include "core/base/json_value.h"

#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// How the keys of the mock file are declared: each object has one Table, each key one line in it
/// that names the member and the codec that reads and writes it. A new key is a new line (and one
/// in resources/schema/mock-1.json).
///
///     const Table<Limits> &limitsTable()
///     {
///         static const Table<Limits> table("limits", {
///             key("head", &Limits::head, SizeCodec{}),
///             key("idle", &Limits::idle, DurationCodec{}),
///         });
///         return table;
///     }
namespace understudy::formats::native {

using yaml::Mark;
using yaml::Node;

/// Collects what is wrong while a tree is read, and where the endpoints and folders stood.
class Reader
{
public:
    explicit Reader(std::string_view file)
        : m_file(file)
    {}

    void error(Mark at, std::string message, ErrorCode code = ErrorCode::Invalid);
    /// "expects …, not …".
    void expected(const Node &node, std::string_view what);
    void unknownName(Mark at, std::string_view what, std::string_view name,
                     const std::vector<std::string_view> &known);
    /// Whether something was reported inside of `node`.
    bool hasProblemIn(const Node &node) const;
    bool hasProblemAt(Mark at) const;
    std::vector<Problem> takeProblems() { return std::move(m_problems); }

    std::vector<const Node *> endpoints; ///< in file order, as forEachEndpoint visits them
    std::vector<const Node *> folders;   ///< in file order, outer before inner

private:
    std::string m_file;
    std::vector<Problem> m_problems;
};

/// A value of any kind; merge keys of YAML 1.1 in it are reported.
JsonValue readJsonTree(Reader &reader, const Node &node);

// --- Codecs: read(Reader &, const Node &, Value &) leaves the value alone and reports if the node
// is not one. ---

struct TextCodec
{
    void read(Reader &reader, const Node &node, std::string &value) const;
    Node write(const std::string &value) const { return Node::ofText(value); }
};

struct FlagCodec
{
    void read(Reader &reader, const Node &node, bool &value) const;
    Node write(bool value) const { return Node::ofPlain(value ? "true" : "false"); }
};

/// Reads a whole number of any size that fits; false and a report otherwise.
bool readInteger(Reader &reader, const Node &node, std::int64_t min, std::uint64_t max,
                 std::int64_t &low, std::uint64_t &high);

/// A whole number from `min` to `max`, both included.
template<std::integral T>
struct IntegerCodec
{
    std::int64_t min = 0;
    std::uint64_t max = static_cast<std::uint64_t>(std::numeric_limits<T>::max());

    void read(Reader &reader, const Node &node, T &value) const
    {
        std::int64_t low = 0;
        std::uint64_t high = 0;
        if (readInteger(reader, node, min, max, low, high))
            value = low < 0 ? static_cast<T>(low) : static_cast<T>(high);
    }
    Node write(T value) const { return Node::ofPlain(std::to_string(value)); }
};

/// A counter: how often, how many.
using CountCodec = IntegerCodec<std::uint64_t>;
inline constexpr std::uint64_t kLargestCount = 1'000'000'000;

struct NumberCodec
{
    void read(Reader &reader, const Node &node, double &value) const;
    Node write(double value) const { return Node::ofPlain(yaml::doubleText(value)); }
};

struct DurationCodec
{
    bool mayBeNegative = false;
    void read(Reader &reader, const Node &node, Duration &value) const;
    Node write(Duration value) const { return Node::ofText(formatDuration(value)); }
};

struct SizeCodec
{
    void read(Reader &reader, const Node &node, ByteCount &value) const;
    Node write(ByteCount value) const { return Node::ofText(formatSize(value)); }
};

struct ByteRateCodec
{
    void read(Reader &reader, const Node &node, ByteCount &value) const;
    Node write(ByteCount value) const { return Node::ofText(formatByteRate(value)); }
};

struct ShareCodec
{
    void read(Reader &reader, const Node &node, double &value) const;
    Node write(double value) const;
};

/// A map of names to a text or a list of texts. Fields of the same name come together, the one
/// thing that the file cannot tell apart (their order among other names has no meaning: RFC 9110
/// section 5.3).
struct HeadersCodec
{
    void read(Reader &reader, const Node &node, http::HeaderList &value) const;
    Node write(const http::HeaderList &value) const;
};

/// A text or a list of texts.
struct TextsCodec
{
    void read(Reader &reader, const Node &node, std::vector<std::string> &value) const;
    Node write(const std::vector<std::string> &value) const;
};

/// Any value, as JSON has it; not null.
struct JsonCodec
{
    void read(Reader &reader, const Node &node, JsonValue &value) const;
    Node write(const JsonValue &value) const { return yaml::fromJson(value); }
};

/// One of some names.
template<class E>
struct ChoiceCodec
{
    std::vector<std::pair<E, std::string_view>> names;

    void read(Reader &reader, const Node &node, E &value) const
    {
        std::vector<std::string_view> known;
        for (const auto &[candidate, name] : names) {
            if (node.isScalar() && node.text == name) {
                value = candidate;
                return;
            }
            known.push_back(name);
        }
        if (node.isScalar() && !node.isNull())
            reader.unknownName(node.start, "value", node.text, known);
        else
            reader.expected(node, "a name");
    }
    Node write(const E &value) const
    {
        for (const auto &[candidate, name] : names) {
            if (candidate == value)
                return Node::ofText(name);
        }
        return Node::ofText({});
    }
};

// --- Tables ---

/// One key of an object of type T. `write` gives nothing where the key is to be left out, the
/// default.
template<class T>
struct Key
{
    std::string_view name;
    std::function<void(Reader &, const Node &, T &)> read;
    std::function<std::optional<Node>(const T &)> write;
    bool required = false;
};

/// A member that is left out where it has its default value.
template<class T, class V, class Codec>
Key<T> key(std::string_view name, V T::*member, Codec codec)
{
    return {name,
            [=](Reader &reader, const Node &node, T &object) {
                codec.read(reader, node, object.*member);
            },
            [=](const T &object) -> std::optional<Node> {
                static const T defaults{};
                if (object.*member == defaults.*member)
                    return std::nullopt;
                return codec.write(object.*member);
            }};
}

/// A member that is left out where it has no value.
template<class T, class V, class Codec>
Key<T> key(std::string_view name, std::optional<V> T::*member, Codec codec)
{
    return {name,
            [=](Reader &reader, const Node &node, T &object) {
                codec.read(reader, node, (object.*member).emplace());
            },
            [=](const T &object) -> std::optional<Node> {
                if (!(object.*member))
                    return std::nullopt;
                return codec.write(*(object.*member));
            }};
}

/// A member that must be in the file and is always written.
template<class T, class V, class Codec>
Key<T> requiredKey(std::string_view name, V T::*member, Codec codec)
{
    return {name,
            [=](Reader &reader, const Node &node, T &object) {
                codec.read(reader, node, object.*member);
            },
            [=](const T &object) -> std::optional<Node> { return codec.write(object.*member); },
            true};
}

/// What all tables share, whatever their type.
bool isExtension(std::string_view key);
bool expectMap(Reader &reader, const Node &node, std::string_view what);
void readExtension(Reader &reader, const Node &node, std::size_t index, JsonObject *extensions);
void writeExtensions(const JsonObject &extensions, Node &out);

/// The keys of an object in the order in which they are written.
template<class T>
class Table
{
public:
    /// Looks at an object that has been read for what single keys cannot show.
    using Check = std::function<void(Reader &, const Node &, const T &)>;

    Table(std::string_view what, std::vector<Key<T>> keys, JsonObject T::*extensions = nullptr,
          Check check = {}, bool flow = false)
        : m_what(what)
        , m_keys(std::move(keys))
        , m_extensions(extensions)
        , m_check(std::move(check))
        , m_flow(flow)
    {}

    void read(Reader &reader, const Node &node, T &object) const
    {
        if (!expectMap(reader, node, m_what))
            return;
        for (std::size_t i = 0; i < node.keys.size(); ++i)
            readKey(reader, node, i, object);
        for (const Key<T> &key : m_keys) {
            if (key.required && !node.find(key.name))
                reader.error(node.start, "'" + std::string(key.name) + "' is missing in "
                                             + std::string(m_what));
        }
        if (m_check)
            m_check(reader, node, object);
    }

    Node write(const T &object) const
    {
        Node out = Node::map();
        out.flow = m_flow;
        for (const Key<T> &key : m_keys) {
            if (std::optional<Node> value = key.write(object))
                out.add(key.name, std::move(*value));
        }
        if (m_extensions)
            writeExtensions(object.*m_extensions, out);
        return out;
    }

    std::vector<std::string_view> names() const
    {
        std::vector<std::string_view> names;
        for (const Key<T> &key : m_keys)
            names.push_back(key.name);
        return names;
    }

private:
    void readKey(Reader &reader, const Node &node, std::size_t index, T &object) const
    {
        const Node::Key &name = node.keys[index];
        for (const Key<T> &key : m_keys) {
            if (key.name == name.text) {
                key.read(reader, node.items[index], object);
                return;
            }
        }
        if (isExtension(name.text))
            readExtension(reader, node, index, m_extensions ? &(object.*m_extensions) : nullptr);
        else
            reader.unknownName(name.at, "key of " + std::string(m_what), name.text, names());
    }

    std::string_view m_what;
    std::vector<Key<T>> m_keys;
    JsonObject T::*m_extensions;
    Check m_check;
    bool m_flow;
};

/// An object that has a table. The table is asked for late, so that tables may name one another.
template<class T>
struct ObjectCodec
{
    const Table<T> &(*table)();

    void read(Reader &reader, const Node &node, T &value) const
    {
        table().read(reader, node, value);
    }
    Node write(const T &value) const { return table().write(value); }
};

template<class Codec>
struct ListCodec
{
    Codec codec;

    template<class T>
    void read(Reader &reader, const Node &node, std::vector<T> &value) const
    {
        if (!node.isList()) {
            reader.expected(node, "a list");
            return;
        }
        for (const Node &item : node.items)
            codec.read(reader, item, value.emplace_back());
    }
    template<class T>
    Node write(const std::vector<T> &value) const
    {
        Node out = Node::list();
        for (const T &item : value)
            out.items.push_back(codec.write(item));
        return out;
    }
};

} // namespace understudy::formats::native
