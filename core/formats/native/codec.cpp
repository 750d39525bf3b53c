// SPDX-License-Identifier: Apache-2.0
#include "core/formats/native/codec.h"

#include "core/base/decimal.h"
#include "core/base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace understudy::formats::native {

namespace {

constexpr const char *kMergeKey
    = "'<<' merges maps in YAML 1.1; mock files are YAML 1.2, which has no merge keys: write the "
      "keys themselves, or an alias (*name) for a whole value";

/// In quotes, and in JSON, it is a name like any other.
bool isMergeKey(const Node::Key &key) { return key.plain && key.text == "<<"; }

void reportMergeKeys(Reader &reader, const Node &node)
{
    for (const Node::Key &key : node.keys) {
        if (isMergeKey(key))
            reader.error(key.at, kMergeKey);
    }
    for (const Node &item : node.items)
        reportMergeKeys(reader, item);
}

/// As many as anybody reads; a file of another kind would give one a line.
constexpr std::size_t kMostProblems = 200;

constexpr std::size_t kShownBytes = 60;

std::string kindText(const Node &node)
{
    if (node.isList())
        return node.items.empty() ? "an empty list"
                                  : "a list of " + std::to_string(node.items.size());
    if (node.isMap())
        return node.items.empty() ? "an empty map" : "a map";
    if (node.isNull())
        return "nothing";
    return "'" + text::shortened(node.text, kShownBytes) + "'";
}

/// A scalar's text for one of the parsers of base/units.h; nothing, and a report, if it has none.
std::optional<std::string_view> unitText(Reader &reader, const Node &node, std::string_view what)
{
    if (node.isScalar() && !node.isNull())
        return node.text;
    reader.expected(node, what);
    return std::nullopt;
}

template<class T>
void readUnit(Reader &reader, const Node &node, std::string_view what,
              Result<T> (*parse)(std::string_view), T &value)
{
    const auto text = unitText(reader, node, what);
    if (!text)
        return;
    if (auto parsed = parse(*text))
        value = *parsed;
    else
        reader.error(node.start, parsed.error().message);
}

} // namespace

void Reader::error(Mark at, std::string message, ErrorCode code)
{
    if (m_problems.size() < kMostProblems)
        m_problems.push_back(
            {Severity::Error, {code, std::move(message), {m_file, at.line, at.column}}});
}

bool Reader::hasProblemIn(const Node &node) const
{
    const auto at = [](int line, int column) { return std::pair(line, column); };
    const auto start = at(node.start.line, node.start.column);
    const auto end = at(node.end.line, node.end.column);
    return std::any_of(m_problems.begin(), m_problems.end(), [&](const Problem &problem) {
        const auto where = at(problem.error.where.line, problem.error.where.column);
        return where == start || (where > start && where < end);
    });
}

bool Reader::hasProblemAt(Mark at) const
{
    return std::any_of(m_problems.begin(), m_problems.end(), [&](const Problem &problem) {
        const Place &where = problem.error.where;
        return where.line == at.line && where.column == at.column;
    });
}

void Reader::expected(const Node &node, std::string_view what)
{
    error(node.start, "this should be " + std::string(what) + ", not " + kindText(node));
}

void Reader::unknownName(Mark at, std::string_view what, std::string_view name,
                         const std::vector<std::string_view> &known)
{
    std::string message
        = "unknown " + std::string(what) + " '" + text::shortened(name, kShownBytes) + "'";
    if (name == "<<") {
        message = kMergeKey;
    } else if (const std::string nearest = nearestName(name, known); !nearest.empty()) {
        message += "; did you mean '" + nearest + "'?";
    } else if (known.size() <= 8) {
        message += "; it is one of ";
        for (std::size_t i = 0; i < known.size(); ++i)
            message += (i > 0 ? ", " : "") + std::string(known[i]);
    }
    error(at, std::move(message));
}

void TextCodec::read(Reader &reader, const Node &node, std::string &value) const
{
    if (node.isScalar() && !node.isNull())
        value = node.text;
    else
        reader.expected(node, "a text");
}

void FlagCodec::read(Reader &reader, const Node &node, bool &value) const
{
    if (node.isScalar()) {
        const JsonValue scalar = yaml::scalarToJson(node);
        if (const bool *flag = scalar.ifBool()) {
            value = *flag;
            return;
        }
    }
    reader.expected(node, "true or false");
}

bool readInteger(Reader &reader, const Node &node, std::int64_t min, std::uint64_t max,
                 std::int64_t &low, std::uint64_t &high)
{
    if (node.isScalar()) {
        const JsonValue scalar = yaml::scalarToJson(node);
        if (const JsonNumber *number = scalar.ifNumber()) {
            low = 0;
            high = 0;
            const char *begin = number->text.data();
            const char *end = begin + number->text.size();
            const auto isWhole = [&](std::from_chars_result read) {
                return read.ec == std::errc{} && read.ptr == end;
            };
            if (isWhole(std::from_chars(begin, end, high)) && high <= max
                && (min < 0 || high >= static_cast<std::uint64_t>(min)))
                return true;
            if (isWhole(std::from_chars(begin, end, low)) && low <= 0 && low >= min)
                return true;
        }
    }
    reader.expected(node,
                    "a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    return false;
}

void NumberCodec::read(Reader &reader, const Node &node, double &value) const
{
    if (node.isScalar()) {
        const JsonValue scalar = yaml::scalarToJson(node);
        const JsonNumber *number = scalar.ifNumber();
        const auto decimal = number ? Decimal::parse(number->text) : std::nullopt;
        if (decimal && std::isfinite(decimal->toDouble())) {
            value = decimal->toDouble();
            return;
        }
    }
    reader.expected(node, "a number");
}

void DurationCodec::read(Reader &reader, const Node &node, Duration &value) const
{
    if (mayBeNegative && node.isScalar() && node.text.starts_with('-')) {
        if (const auto parsed = parseDuration(std::string_view(node.text).substr(1)))
            value = -*parsed;
        else
            reader.error(node.start, parsed.error().message);
        return;
    }
    readUnit(reader, node, "a duration such as 50ms", parseDuration, value);
}

void SizeCodec::read(Reader &reader, const Node &node, ByteCount &value) const
{
    readUnit(reader, node, "a size such as 64kB", parseSize, value);
}

void ByteRateCodec::read(Reader &reader, const Node &node, ByteCount &value) const
{
    readUnit(reader, node, "a rate such as 50kB/s", parseByteRate, value);
}

void ShareCodec::read(Reader &reader, const Node &node, double &value) const
{
    readUnit(reader, node, "a share such as 20%", parseShare, value);
}

Node ShareCodec::write(double value) const
{
    const std::string text = formatShare(value);
    return text.ends_with('%') ? Node::ofText(text) : Node::ofPlain(yaml::doubleText(value));
}

void HeadersCodec::read(Reader &reader, const Node &node, http::HeaderList &value) const
{
    if (!node.isMap()) {
        reader.expected(node, "a map of header names and values");
        return;
    }
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
        if (isMergeKey(node.keys[i])) {
            reader.error(node.keys[i].at, kMergeKey);
            continue;
        }
        std::vector<std::string> texts;
        TextsCodec{}.read(reader, node.items[i], texts);
        for (std::string &text : texts)
            value.push_back({node.keys[i].text, std::move(text)});
    }
}

Node HeadersCodec::write(const http::HeaderList &value) const
{
    Node out = Node::map();
    for (const http::HeaderField &field : value) {
        if (out.find(field.name))
            continue;
        std::vector<std::string> texts;
        for (const http::HeaderField &other : value) {
            if (other.name == field.name)
                texts.push_back(other.value);
        }
        out.add(field.name, TextsCodec{}.write(texts));
    }
    return out;
}

void TextsCodec::read(Reader &reader, const Node &node, std::vector<std::string> &value) const
{
    value.clear();
    if (!node.isList()) {
        TextCodec{}.read(reader, node, value.emplace_back());
        return;
    }
    if (node.items.empty())
        reader.error(node.start, "this list needs at least one text");
    for (const Node &item : node.items)
        TextCodec{}.read(reader, item, value.emplace_back());
}

Node TextsCodec::write(const std::vector<std::string> &value) const
{
    if (value.size() == 1)
        return Node::ofText(value.front());
    Node out = Node::list();
    std::size_t length = 0;
    for (const std::string &text : value) {
        out.items.push_back(Node::ofText(text));
        length += text.size() + 2;
    }
    constexpr std::size_t kShort = 60;
    out.flow = length <= kShort;
    return out;
}

void JsonCodec::read(Reader &reader, const Node &node, JsonValue &value) const
{
    if (node.isNull())
        reader.expected(node, "a value");
    else
        value = readJsonTree(reader, node);
}

JsonValue readJsonTree(Reader &reader, const Node &node)
{
    reportMergeKeys(reader, node);
    return yaml::toJson(node);
}

bool isExtension(std::string_view key) { return key.starts_with("x-"); }

bool expectMap(Reader &reader, const Node &node, std::string_view what)
{
    if (node.isMap())
        return true;
    reader.expected(node, "a map with the keys of " + std::string(what));
    return false;
}

void readExtension(Reader &reader, const Node &node, std::size_t index, JsonObject *extensions)
{
    const Node::Key &key = node.keys[index];
    if (extensions)
        extensions->set(key.text, yaml::toJson(node.items[index]));
    else
        reader.error(
            key.at,
            "'" + key.text
                + "': keys of your own can stand in the server, listen, tls, limits, upstream, a "
                  "bucket, "
                  "a folder, an endpoint, a response, a callback, a behaviour, a throttle or a "
                  "fault, not here");
}

void writeExtensions(const JsonObject &extensions, Node &out)
{
    for (const auto &[key, value] : extensions)
        out.add(key, yaml::fromJson(value));
}

} // namespace understudy::formats::native
