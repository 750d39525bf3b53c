// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_value.h"

#include "core/base/json_text.h"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <utility>

namespace understudy {

// --- Objects ---

namespace {

/// Up to here names are looked for one after the other.
constexpr std::size_t kSmallObject = 16;

} // namespace

/// Builds the tree from Boost.JSON's parser, which is strict and gives numbers as their text. Each
/// value is made in its place: in most documents moving them would take longer than reading them.
class JsonTreeBuilder
{
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    using Code = boost::system::error_code;
    using Text = boost::json::string_view;

    bool on_document_begin(Code &) { return true; }
    bool on_document_end(Code &) { return true; }
    bool on_object_begin(Code &)
    {
        Level &level = open();
        level.isObject = true;
        level.members.reserve(level.lastMembers);
        return true;
    }
    bool on_object_end(std::size_t, Code &)
    {
        std::vector<JsonMember> members = taken(level().members, level().lastMembers);
        --m_depth;
        place().emplace<JsonObject>(JsonObject::of(std::move(members)));
        return true;
    }
    bool on_array_begin(Code &)
    {
        Level &level = open();
        level.isObject = false;
        level.items.reserve(level.lastItems);
        return true;
    }
    bool on_array_end(std::size_t, Code &)
    {
        JsonArray items = taken(level().items, level().lastItems);
        --m_depth;
        place().emplace<JsonArray>(std::move(items));
        return true;
    }
    bool on_key_part(Text text, std::size_t, Code &) { return append(text); }
    bool on_key(Text text, std::size_t, Code &)
    {
        finish(level().members.emplace_back().name, text);
        return true;
    }
    bool on_string_part(Text text, std::size_t, Code &) { return append(text); }
    bool on_string(Text text, std::size_t, Code &)
    {
        finish(place().emplace<std::string>(), text);
        return true;
    }
    bool on_number_part(Text text, Code &) { return append(text); }
    bool on_int64(std::int64_t, Text text, Code &) { return number(text); }
    bool on_uint64(std::uint64_t, Text text, Code &) { return number(text); }
    bool on_double(double, Text text, Code &) { return number(text); }
    bool on_bool(bool value, Code &)
    {
        place() = value;
        return true;
    }
    bool on_null(Code &)
    {
        place() = nullptr;
        return true;
    }
    bool on_comment_part(Text, Code &) { return true; }
    bool on_comment(Text, Code &) { return true; }

    JsonValue takeRoot() { return std::move(m_root); }

private:
    struct Level
    {
        bool isObject = false;
        JsonArray items;
        std::vector<JsonMember> members;
        // How many the last ones of this depth had: the next ones mostly have as many.
        std::size_t lastItems = 0;
        std::size_t lastMembers = 0;
    };

    Level &level() { return m_levels[m_depth - 1]; }
    Level &open()
    {
        if (m_depth == m_levels.size())
            m_levels.emplace_back();
        return m_levels[m_depth++];
    }
    /// Where the value that is being read belongs.
    decltype(JsonValue::m_value) &place()
    {
        if (m_depth == 0)
            return m_root.m_value;
        Level &inner = level();
        return inner.isObject ? inner.members.back().value.m_value
                              : inner.items.emplace_back().m_value;
    }
    bool append(Text text)
    {
        m_text.append(text.data(), text.size());
        return true;
    }
    /// `out` becomes what came in parts before, and `text`.
    void finish(std::string &out, Text text)
    {
        if (!m_text.empty())
            out.swap(m_text);
        out.append(text.data(), text.size());
    }
    bool number(Text text)
    {
        finish(place().emplace<JsonNumber>().text, text);
        return true;
    }

    /// All of `from`, in a vector that is as large as it has to be.
    template<class T>
    static std::vector<T> taken(std::vector<T> &from, std::size_t &last)
    {
        last = from.size();
        if (from.capacity() == from.size())
            return std::exchange(from, {});
        std::vector<T> out(std::make_move_iterator(from.begin()),
                           std::make_move_iterator(from.end()));
        from = {}; // so that the next one gets exactly the room that it will need
        return out;
    }

    JsonValue m_root;
    std::vector<Level> m_levels; ///< what is open, and what was
    std::size_t m_depth = 0;
    std::string m_text;
};

namespace {

Place jsonPlace(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const std::string_view line = before.substr(before.rfind('\n') + 1); // npos + 1 is 0
    Place place;
    place.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    place.column = 1 + static_cast<int>(std::count_if(line.begin(), line.end(), [](char c) {
                       return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
                   }));
    return place;
}

} // namespace

JsonObject::JsonObject() = default;
JsonObject::JsonObject(const JsonObject &) = default;
JsonObject::JsonObject(JsonObject &&) noexcept = default;
JsonObject &JsonObject::operator=(const JsonObject &) = default;
JsonObject &JsonObject::operator=(JsonObject &&) noexcept = default;
JsonObject::~JsonObject() = default;

JsonObject::JsonObject(std::initializer_list<JsonMember> members)
    : JsonObject(of(members))
{}

JsonObject JsonObject::of(std::vector<JsonMember> members)
{
    JsonObject out;
    if (members.size() <= kSmallObject) {
        const auto isRepeated = [&](const JsonMember &member) {
            return std::any_of(std::as_const(members).data(), &member,
                               [&](const JsonMember &m) { return m.name == member.name; });
        };
        if (std::none_of(members.begin(), members.end(), isRepeated)) {
            out.m_members = std::move(members);
            return out;
        }
        for (JsonMember &member : members)
            out.set(member.name, std::move(member.value));
        return out;
    }
    // By name, and among equal names by place: the first keeps its place, the last its value.
    std::vector<std::uint32_t> order(members.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return members[a].name < members[b].name;
    });
    std::vector<bool> isGone(members.size());
    for (std::size_t i = 0; i < order.size();) {
        std::size_t last = i;
        while (last + 1 < order.size() && members[order[last + 1]].name == members[order[i]].name)
            isGone[order[++last]] = true;
        if (last > i)
            members[order[i]].value = std::move(members[order[last]].value);
        i = last + 1;
    }
    out.m_members.reserve(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (!isGone[i])
            out.m_members.push_back(std::move(members[i]));
    }
    out.index();
    return out;
}

std::size_t JsonObject::size() const { return m_members.size(); }

void JsonObject::index()
{
    m_sorted.clear();
    if (m_members.size() <= kSmallObject)
        return;
    m_sorted.resize(m_members.size());
    std::iota(m_sorted.begin(), m_sorted.end(), 0U);
    std::sort(m_sorted.begin(), m_sorted.end(), [&](std::uint32_t a, std::uint32_t b) {
        return m_members[a].name < m_members[b].name;
    });
}

std::size_t JsonObject::indexOf(std::string_view name) const
{
    if (m_sorted.empty()) {
        const auto found = std::find_if(m_members.begin(), m_members.end(),
                                        [&](const JsonMember &m) { return m.name == name; });
        return static_cast<std::size_t>(found - m_members.begin());
    }
    const auto found = std::lower_bound(
        m_sorted.begin(), m_sorted.end(), name,
        [&](std::uint32_t i, std::string_view wanted) { return m_members[i].name < wanted; });
    return found == m_sorted.end() || m_members[*found].name != name ? m_members.size() : *found;
}

const JsonValue *JsonObject::find(std::string_view name) const
{
    const std::size_t at = indexOf(name);
    return at < m_members.size() ? &m_members[at].value : nullptr;
}

void JsonObject::set(std::string_view name, JsonValue value)
{
    if (const std::size_t at = indexOf(name); at < m_members.size()) {
        m_members[at].value = std::move(value);
        return;
    }
    m_members.push_back({std::string(name), std::move(value)});
    if (m_sorted.empty()) {
        index();
        return;
    }
    const auto place = std::lower_bound(
        m_sorted.begin(), m_sorted.end(), name,
        [&](std::uint32_t i, std::string_view wanted) { return m_members[i].name < wanted; });
    m_sorted.insert(place, static_cast<std::uint32_t>(m_members.size() - 1));
}

JsonValue *JsonObject::mutableFind(std::string_view name)
{
    const std::size_t at = indexOf(name);
    return at < m_members.size() ? &m_members[at].value : nullptr;
}

void JsonObject::erase(std::string_view name)
{
    const std::size_t at = indexOf(name);
    if (at == m_members.size())
        return;
    m_members.erase(m_members.begin() + static_cast<std::ptrdiff_t>(at));
    index();
}

bool JsonObject::operator==(const JsonObject &other) const { return m_members == other.m_members; }

// --- Values ---

JsonValue::JsonValue(double value)
{
    if (std::isfinite(value))
        m_value = JsonNumber{jsonNumber(value)};
}

JsonValue::JsonValue(JsonArray array)
    : m_value(std::move(array))
{}

JsonValue::JsonValue(JsonObject object)
    : m_value(std::move(object))
{}

bool JsonValue::operator==(const JsonValue &other) const { return m_value == other.m_value; }

Result<JsonValue> JsonValue::parse(std::string_view text, std::size_t maxDepth)
{
    boost::json::parse_options options;
    options.max_depth = maxDepth;
    boost::json::basic_parser<JsonTreeBuilder> parser(options);
    boost::system::error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (error) {
        const bool tooDeep = error == boost::json::error::too_deep;
        return Error{tooDeep ? ErrorCode::Limit : ErrorCode::Syntax,
                     "this is not JSON: " + error.message(), jsonPlace(text, read)};
    }
    const std::size_t behind = text.find_first_not_of(" \t\r\n", read);
    if (behind != std::string_view::npos)
        return Error{ErrorCode::Syntax, "this is not JSON: something follows the value",
                     jsonPlace(text, behind)};
    return parser.handler().takeRoot();
}

JsonExtent extentOf(const JsonValue &value)
{
    JsonExtent out{1, sizeof(JsonValue), 0};
    const auto add = [&out](const JsonValue &inner) {
        const JsonExtent more = extentOf(inner);
        out.values += more.values;
        out.bytes += more.bytes;
        out.depth = std::max(out.depth, more.depth + 1);
    };
    if (const std::string *text = value.ifString()) {
        out.bytes += text->size();
    } else if (const JsonArray *list = value.ifArray()) {
        out.depth = 1;
        for (const JsonValue &item : *list)
            add(item);
    } else if (const JsonObject *object = value.ifObject()) {
        out.depth = 1;
        for (const JsonMember &member : *object) {
            out.bytes += sizeof(std::string) + member.name.size();
            add(member.value);
        }
    }
    return out;
}

} // namespace understudy
