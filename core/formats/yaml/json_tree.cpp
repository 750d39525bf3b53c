// SPDX-License-Identifier: Apache-2.0
#include "core/formats/yaml/json_tree.h"

#include "core/base/json_value.h"
#include "core/base/utf8.h"
#include "core/formats/yaml/complaints.h"

#include <charconv>
#include <unordered_set>

namespace understudy::formats::yaml {

namespace {

/// Builds the tree of a text that is known to be JSON: nothing is checked twice.
class TreeBuilder
{
public:
    TreeBuilder(std::string_view text, std::string_view file, const Bounds &bounds)
        : m_text(text)
        , m_file(file)
        , m_bounds(bounds)
    {}

    Result<std::optional<Node>> run()
    {
        skipBlanks();
        Node root = value(0);
        if (m_error)
            return *std::move(m_error);
        return std::optional(std::move(root));
    }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void step()
    {
        const char c = m_text[m_at++];
        if (c == '\n') {
            ++m_mark.line;
            m_mark.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            ++m_mark.column;
        }
    }

    void skipBlanks()
    {
        while (m_at < m_text.size()
               && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r'))
            step();
    }

    void fail(Mark at, std::string message, ErrorCode code)
    {
        if (!m_error)
            m_error = Error{code, std::move(message), {std::string(m_file), at.line, at.column}};
    }

    Node value(int depth)
    {
        if (++m_values > m_bounds.values)
            fail(m_mark, tooManyValues(m_bounds.values), ErrorCode::Limit);
        if (depth > m_bounds.depth)
            fail(m_mark, tooDeep(static_cast<std::size_t>(m_bounds.depth)), ErrorCode::Limit);
        if (m_error)
            return {};
        const Mark start = m_mark;
        Node node;
        if (peek() == '{') {
            node = object(depth);
        } else if (peek() == '[') {
            node = array(depth);
        } else if (peek() == '"') {
            node.style = Node::Style::Quoted;
            node.text = string();
        } else {
            const std::size_t from = m_at;
            while (m_at < m_text.size()
                   && std::string_view(",]} \t\r\n").find(peek()) == std::string_view::npos)
                step();
            node.text = m_text.substr(from, m_at - from);
        }
        node.start = start;
        node.end = m_mark;
        return node;
    }

    Node array(int depth)
    {
        Node node = Node::list();
        node.flow = true;
        step();
        skipBlanks();
        while (!m_error && peek() != ']') {
            node.items.push_back(value(depth + 1));
            afterItem();
        }
        if (!m_error)
            step();
        return node;
    }

    Node object(int depth)
    {
        Node node = Node::map();
        node.flow = true;
        std::unordered_set<std::string> seen;
        step();
        skipBlanks();
        while (!m_error && peek() != '}') {
            const Mark at = m_mark;
            ++m_values;
            std::string key = string();
            if (!seen.insert(key).second)
                fail(at, "the key '" + key + "' stands here twice", ErrorCode::Syntax);
            skipBlanks();
            step(); // the colon
            skipBlanks();
            node.keys.push_back({std::move(key), at});
            node.items.push_back(value(depth + 1));
            afterItem();
        }
        if (!m_error)
            step();
        return node;
    }

    void afterItem()
    {
        if (m_error)
            return;
        skipBlanks();
        if (peek() == ',') {
            step();
            skipBlanks();
        }
    }

    std::uint32_t unit()
    {
        std::uint32_t code = 0;
        std::from_chars(m_text.data() + m_at, m_text.data() + m_at + 4, code, 16);
        for (int i = 0; i < 4; ++i)
            step();
        return code;
    }

    void escape(std::string &out)
    {
        const char c = peek();
        step();
        constexpr std::string_view kNames = "bfnrt";
        constexpr std::string_view kBytes = "\b\f\n\r\t";
        if (const std::size_t at = kNames.find(c); at != std::string_view::npos) {
            out += kBytes[at];
        } else if (c != 'u') {
            out += c;
        } else {
            std::uint32_t code = unit();
            if (code >= 0xD800 && code < 0xDC00 && m_text.substr(m_at, 2) == "\\u") {
                step();
                step();
                code = 0x10000 + ((code - 0xD800) << 10U) + (unit() - 0xDC00);
            }
            text::appendUtf8(out, code);
        }
    }

    std::string string()
    {
        std::string out;
        step();
        while (m_at < m_text.size() && peek() != '"') {
            if (peek() == '\\') {
                step();
                escape(out);
            } else {
                out += peek();
                step();
            }
        }
        step();
        return out;
    }

    std::string_view m_text;
    std::string_view m_file;
    const Bounds &m_bounds;
    std::size_t m_at = 0;
    Mark m_mark{1, 1};
    std::size_t m_values = 0;
    std::optional<Error> m_error;
};

} // namespace

Result<std::optional<Node>> parseJsonTree(std::string_view text, std::string_view file,
                                          const Bounds &bounds)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')
        || !JsonValue::parse(text))
        return std::optional<Node>();
    return TreeBuilder(text, file, bounds).run();
}

} // namespace understudy::formats::yaml
