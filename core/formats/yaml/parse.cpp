// SPDX-License-Identifier: Apache-2.0
#include "core/formats/yaml/parse.h"

#include "core/base/text.h"
#include "core/formats/yaml/complaints.h"
#include "core/formats/yaml/json_tree.h"

#include <yaml.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <unordered_set>

namespace understudy::formats::yaml {

namespace {

Mark markOf(const yaml_mark_t &mark)
{
    return {static_cast<int>(mark.line) + 1, static_cast<int>(mark.column) + 1};
}

std::string_view viewOf(const yaml_char_t *text)
{
    return text ? std::string_view(reinterpret_cast<const char *>(text)) : std::string_view();
}

/// Owns a libyaml event.
struct Event
{
    yaml_event_t raw{};

    Event() = default;
    Event(const Event &) = delete;
    Event &operator=(const Event &) = delete;
    ~Event() { yaml_event_delete(&raw); }
};

/// What a copy of a tree takes.
struct CopySize
{
    std::size_t values = 0;
    std::size_t bytes = 0; ///< of the texts
};

void addSize(const Node &node, CopySize &size)
{
    size.values += 1 + node.keys.size();
    size.bytes += node.text.size();
    for (const Node::Key &key : node.keys)
        size.bytes += key.text.size();
    for (const Node &item : node.items)
        addSize(item, size);
}

/// Builds the tree from libyaml's events. The first error ends it.
class Builder
{
public:
    Builder(std::string_view text, std::string_view file, const Bounds &bounds)
        : m_text(text)
        , m_file(file)
        , m_bounds(bounds)
    {
        if (!yaml_parser_initialize(&m_parser)) {
            fail({}, "out of memory", ErrorCode::System);
            return;
        }
        m_ready = true;
        yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(
            &m_parser, reinterpret_cast<const unsigned char *>(text.data()), text.size());
    }
    Builder(const Builder &) = delete;
    Builder &operator=(const Builder &) = delete;
    ~Builder()
    {
        if (m_ready)
            yaml_parser_delete(&m_parser);
    }

    Result<Node> run()
    {
        Node root = document();
        if (m_error)
            return std::move(*m_error);
        return root;
    }

private:
    void fail(Mark at, std::string message, ErrorCode code = ErrorCode::Syntax)
    {
        if (!m_error)
            m_error = Error{code, std::move(message), {std::string(m_file), at.line, at.column}};
    }

    bool next(Event &event)
    {
        if (m_error)
            return false;
        if (yaml_parser_parse(&m_parser, &event.raw))
            return true;
        std::string message = m_parser.problem ? m_parser.problem : "not a YAML text";
        Mark at = markOf(m_parser.problem_mark);
        if (m_parser.error == YAML_READER_ERROR) {
            at = markOf(m_parser.mark);
        } else if (m_parser.error == YAML_SCANNER_ERROR && isTab(m_parser.problem_mark)) {
            message = "a tab cannot indent; use blanks";
        } else if (auto escape = escapeAt(m_parser.problem_mark)) {
            message = std::move(escape->message);
            at.column -= static_cast<int>(offsetOf(m_parser.problem_mark) - escape->at);
        } else if (m_parser.context) {
            message += std::string(" (") + m_parser.context;
            if (m_parser.context_mark.line != m_parser.problem_mark.line)
                message += " that begins in line " + std::to_string(m_parser.context_mark.line + 1);
            message += ')';
        }
        fail(at, std::move(message));
        return false;
    }

    /// The mark's place in the text; its index counts characters.
    std::size_t offsetOf(const yaml_mark_t &mark) const
    {
        std::size_t at = 0;
        for (std::size_t left = mark.index; at < m_text.size() && left > 0; --left) {
            ++at;
            while (at < m_text.size() && (static_cast<unsigned char>(m_text[at]) & 0xC0U) == 0x80U)
                ++at;
        }
        return at;
    }

    /// Set if the error is about an escape of a quoted text.
    std::optional<BrokenEscape> escapeAt(const yaml_mark_t &mark) const
    {
        const bool isAboutEscapes
            = m_parser.error == YAML_SCANNER_ERROR && m_parser.problem
              && std::string_view(m_parser.problem).find("Unicode character escape")
                     != std::string_view::npos;
        if (!isAboutEscapes)
            return std::nullopt;
        const std::size_t first = m_text.find_first_not_of(" \t\r\n");
        const bool isJson
            = first != std::string_view::npos && m_text[first] == '{' && m_file.ends_with(".json");
        return brokenEscape(m_text, offsetOf(mark), isJson);
    }

    /// Whether the line of an error begins with blanks and then a tab.
    bool isTab(const yaml_mark_t &mark) const
    {
        std::size_t start = 0;
        for (std::size_t line = 0; line < mark.line && start != std::string_view::npos; ++line) {
            start = m_text.find('\n', start);
            start += start == std::string_view::npos ? 0 : 1;
        }
        if (start == std::string_view::npos)
            return false;
        const std::size_t first = m_text.find_first_not_of(' ', start);
        return first != std::string_view::npos && m_text[first] == '\t';
    }

    Node document()
    {
        Node root;
        for (int documents = 0;;) {
            Event event;
            if (!next(event) || event.raw.type == YAML_STREAM_END_EVENT)
                return root;
            if (event.raw.type == YAML_DOCUMENT_START_EVENT) {
                if (++documents > 1)
                    fail(markOf(event.raw.start_mark),
                         "a second document begins here; a mock file holds one");
            } else if (event.raw.type != YAML_STREAM_START_EVENT
                       && event.raw.type != YAML_DOCUMENT_END_EVENT) {
                root = value(event.raw, 0);
            }
        }
    }

    Node value(const yaml_event_t &event, int depth)
    {
        const Mark at = markOf(event.start_mark);
        if (++m_values > m_bounds.values) {
            fail(at, tooManyValues(m_bounds.values), ErrorCode::Limit);
            return {};
        }
        if (depth > m_bounds.depth) {
            fail(at, tooDeep(static_cast<std::size_t>(m_bounds.depth)), ErrorCode::Limit);
            return {};
        }
        switch (event.type) {
        case YAML_ALIAS_EVENT:
            return alias(event);
        case YAML_SCALAR_EVENT:
            return scalar(event);
        case YAML_SEQUENCE_START_EVENT:
            return list(event, depth);
        case YAML_MAPPING_START_EVENT:
            return map(event, depth);
        default:
            fail(at, "a value is missing here");
            return {};
        }
    }

    /// Copies count against the bound both when an anchor is kept and when an alias is put in.
    bool countCopy(const Node &node, Mark at)
    {
        addSize(node, m_copies);
        if (m_copies.values <= m_bounds.copies && m_copies.bytes <= m_bounds.copiedBytes)
            return true;
        const std::string bound
            = m_copies.values > m_bounds.copies
                  ? std::to_string(m_bounds.copies) + " values"
                  : std::to_string(m_bounds.copiedBytes / (1024U * 1024U)) + " MiB of text";
        fail(at, "alias expansion: anchors and aliases stand for more than " + bound,
             ErrorCode::Limit);
        return false;
    }

    Node alias(const yaml_event_t &event)
    {
        const Mark at = markOf(event.start_mark);
        const std::string name(viewOf(event.data.alias.anchor));
        const auto found = m_anchors.find(name);
        if (found == m_anchors.end()) {
            fail(at, "there is no anchor '&" + name + "' before this alias");
            return {};
        }
        if (!countCopy(found->second, at))
            return {};
        Node node = found->second;
        node.alias = true;
        node.start = at;
        node.end = markOf(event.end_mark);
        return node;
    }

    void keepAnchor(const yaml_char_t *anchor, const Node &node)
    {
        if (anchor && !m_error && countCopy(node, node.start))
            m_anchors[std::string(viewOf(anchor))] = node;
    }

    void checkTag(const yaml_char_t *tag, std::string_view allowed, Mark at)
    {
        const std::string_view name = viewOf(tag);
        if (!name.empty() && name != "!" && name != allowed)
            fail(at, "the tag '" + std::string(name) + "' has no meaning in a mock file");
    }

    Node scalar(const yaml_event_t &event)
    {
        const auto &data = event.data.scalar;
        Node node;
        node.start = markOf(event.start_mark);
        node.end = markOf(event.end_mark);
        node.text.assign(reinterpret_cast<const char *>(data.value), data.length);
        checkTag(data.tag, YAML_STR_TAG, node.start);
        if (data.style == YAML_LITERAL_SCALAR_STYLE || data.style == YAML_FOLDED_SCALAR_STYLE)
            node.style = Node::Style::Block;
        else if (data.style != YAML_PLAIN_SCALAR_STYLE || data.tag)
            node.style = Node::Style::Quoted;
        keepAnchor(data.anchor, node);
        return node;
    }

    Node list(const yaml_event_t &event, int depth)
    {
        Node node = Node::list();
        node.start = markOf(event.start_mark);
        node.flow = event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
        checkTag(event.data.sequence_start.tag, YAML_SEQ_TAG, node.start);
        while (!m_error) {
            Event item;
            if (!next(item))
                break;
            if (item.raw.type == YAML_SEQUENCE_END_EVENT) {
                node.end = markOf(item.raw.end_mark);
                break;
            }
            node.items.push_back(value(item.raw, depth + 1));
        }
        keepAnchor(event.data.sequence_start.anchor, node);
        return node;
    }

    Node map(const yaml_event_t &event, int depth)
    {
        Node node = Node::map();
        node.start = markOf(event.start_mark);
        node.flow = event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
        checkTag(event.data.mapping_start.tag, YAML_MAP_TAG, node.start);
        std::unordered_set<std::string> seen; // only used once a map is large
        while (!m_error) {
            Event key;
            if (!next(key))
                break;
            if (key.raw.type == YAML_MAPPING_END_EVENT) {
                node.end = markOf(key.raw.end_mark);
                break;
            }
            const Mark at = markOf(key.raw.start_mark);
            Node name = value(key.raw, depth + 1);
            if (!name.isScalar())
                fail(at, "a key must be a text");
            if (isKnown(node, seen, name.text))
                fail(at, "the key '" + name.text + "' stands here twice");
            node.keys.push_back({std::move(name.text), at, name.style == Node::Style::Plain});
            Event item;
            if (next(item))
                node.items.push_back(value(item.raw, depth + 1));
            else
                node.items.emplace_back();
        }
        keepAnchor(event.data.mapping_start.anchor, node);
        return node;
    }

    static bool isKnown(const Node &node, std::unordered_set<std::string> &seen,
                        const std::string &key)
    {
        constexpr std::size_t kLarge = 32;
        if (node.keys.size() < kLarge) {
            return std::any_of(node.keys.begin(), node.keys.end(),
                               [&](const Node::Key &k) { return k.text == key; });
        }
        if (seen.empty()) {
            for (const Node::Key &k : node.keys)
                seen.insert(k.text);
        }
        return !seen.insert(key).second;
    }

    std::string_view m_text;
    std::string_view m_file;
    const Bounds &m_bounds;
    yaml_parser_t m_parser{};
    bool m_ready = false;
    std::optional<Error> m_error;
    std::map<std::string, Node, std::less<>> m_anchors;
    std::size_t m_values = 0;
    CopySize m_copies;
};

Place placeOfByte(std::string_view text, std::size_t byte, std::string_view file)
{
    const std::string_view before = text.substr(0, byte);
    const std::size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0
    return {std::string(file), static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1,
            static_cast<int>(byte - lineStart) + 1};
}

std::optional<Error> refusedBytes(std::string_view text, std::string_view file,
                                  const Bounds &bounds)
{
    if (text.size() > bounds.bytes) {
        return Error{ErrorCode::Limit,
                     "the file is larger than " + std::to_string(bounds.bytes / (1024 * 1024))
                         + " MiB",
                     {std::string(file), 0, 0}};
    }
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
        return Error{ErrorCode::Syntax, "this is a binary file, not a text",
                     placeOfByte(text, nul, file)};
    if (!text::isUtf8(text)) {
        std::size_t at = 0;
        for (const std::string_view line : text::split(text, '\n')) {
            if (!text::isUtf8(line))
                break;
            at += line.size() + 1;
        }
        return Error{ErrorCode::Syntax, "this line is not UTF-8 text", placeOfByte(text, at, file)};
    }
    return std::nullopt;
}

} // namespace

Result<Node> parse(std::string_view text, std::string_view file, const Bounds &bounds)
{
    if (auto refused = refusedBytes(text, file, bounds))
        return std::move(*refused);
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    auto json = parseJsonTree(text, file, bounds);
    if (!json)
        return json.error();
    if (*json)
        return **std::move(json);
    return Builder(text, file, bounds).run();
}

} // namespace understudy::formats::yaml
