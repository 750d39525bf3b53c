// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/traffic/filter_node.h"

namespace understudy {

namespace {

using filter::NodePtr;
using filter::Value;
using Node = TrafficFilter::Node;

// Deeper nesting is no filter anybody wrote; it would only exhaust the stack.
constexpr int kMaxDepth = 64;

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

NodePtr combine(Node::Kind kind, std::vector<NodePtr> children)
{
    if (children.size() == 1 && kind != Node::Kind::Not)
        return children.front();
    auto node = std::make_shared<Node>();
    node->kind = kind;
    for (const NodePtr &child : children) {
        node->readsBodies = node->readsBodies || child->readsBodies;
        node->readsClock = node->readsClock || child->readsClock;
    }
    node->children = std::move(children);
    return node;
}

/// Recursive descent over the text; columns count bytes from 1.
class Parser
{
public:
    explicit Parser(std::string_view text)
        : m_text(text)
    {}

    Result<NodePtr> parse()
    {
        skipBlanks();
        if (atEnd())
            return NodePtr{};
        auto node = parseAny(0);
        if (!node)
            return node;
        if (!atEnd())
            return filter::syntaxError("this ')' closes nothing", column());
        return node;
    }

private:
    struct RegexSpan
    {
        std::string_view pattern;
        bool ignoreCase = false;
        std::size_t end = 0;
    };

    bool atEnd() const { return m_at >= m_text.size(); }
    std::size_t column() const { return m_at + 1; }
    char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    void skipBlanks()
    {
        while (!atEnd() && isBlank(m_text[m_at]))
            ++m_at;
    }

    bool isKeyword(std::string_view word) const
    {
        if (!m_text.substr(m_at).starts_with(word))
            return false;
        const char next = peek(word.size());
        return m_at + word.size() >= m_text.size() || isBlank(next) || next == '(' || next == ')';
    }

    bool takeKeyword(std::string_view word)
    {
        if (!isKeyword(word))
            return false;
        m_at += word.size();
        skipBlanks();
        return true;
    }

    Result<NodePtr> parseAny(int depth)
    {
        std::vector<NodePtr> parts;
        do {
            auto part = parseAll(depth);
            if (!part)
                return part;
            parts.push_back(*part);
        } while (takeKeyword("OR"));
        return combine(Node::Kind::Any, std::move(parts));
    }

    Result<NodePtr> parseAll(int depth)
    {
        std::vector<NodePtr> parts;
        do {
            auto part = parseUnary(depth);
            if (!part)
                return part;
            parts.push_back(*part);
            skipBlanks();
        } while (takeKeyword("AND") || (!atEnd() && peek() != ')' && !isKeyword("OR")));
        return combine(Node::Kind::All, std::move(parts));
    }

    Result<NodePtr> parseUnary(int depth)
    {
        if (depth > kMaxDepth)
            return filter::syntaxError("nested too deeply", column());
        if (atEnd() || (peek() == ')' && depth > 0))
            return filter::unfinished("a term is expected here", column());
        if (peek() == ')')
            return filter::syntaxError("this ')' closes nothing", column());
        for (const std::string_view word : {"AND", "OR"}) {
            if (isKeyword(word))
                return filter::syntaxError(std::string(word) + " needs a term before it", column());
        }
        if (takeKeyword("NOT"))
            return negate(depth);
        if (peek() == '-') {
            ++m_at;
            if (atEnd() || isBlank(peek()))
                return filter::unfinished("'-' needs a term right behind it", column());
            return negate(depth);
        }
        return peek() == '(' ? parseGroup(depth) : parseTerm();
    }

    Result<NodePtr> negate(int depth)
    {
        auto inner = parseUnary(depth + 1);
        if (!inner)
            return inner;
        return combine(Node::Kind::Not, {*inner});
    }

    Result<NodePtr> parseGroup(int depth)
    {
        const std::size_t open = column();
        ++m_at;
        skipBlanks();
        auto inner = parseAny(depth + 1);
        if (!inner)
            return inner;
        if (peek() != ')')
            return filter::unfinished("this '(' is not closed yet", open);
        ++m_at;
        skipBlanks();
        return inner;
    }

    Result<NodePtr> parseTerm()
    {
        const std::size_t start = column();
        if (const auto regex = regexHere()) {
            m_at = regex->end;
            return filter::makeWord(regex->pattern, true, regex->ignoreCase, start + 1);
        }
        if (peek() == '"') {
            auto phrase = takeQuoted();
            if (!phrase)
                return phrase.error();
            if (phrase->empty())
                return filter::unfinished("the phrase is still empty", start);
            return filter::makeWord(*phrase, false, false, start);
        }
        if (const auto key = takeKey())
            return parseTyped(*key);
        const std::string_view word = takeWord();
        if (const auto error = mistypedKey(word, start))
            return *error;
        return filter::makeWord(word, false, false, start);
    }

    /// "name:" in front, where name is one of ours; the position moves behind it.
    std::optional<std::string> takeKey()
    {
        std::size_t end = m_at;
        while (end < m_text.size() && std::isalpha(static_cast<unsigned char>(m_text[end])))
            ++end;
        if (end >= m_text.size() || m_text[end] != ':')
            return std::nullopt;
        const std::string name = text::toLower(m_text.substr(m_at, end - m_at));
        if (!filter::isKey(name))
            return std::nullopt;
        m_at = end + 1;
        return name;
    }

    /// "staus:404" is no word that anybody looks for.
    static std::optional<Error> mistypedKey(std::string_view word, std::size_t start)
    {
        const std::size_t colon = word.find(':');
        if (colon == std::string_view::npos || word.substr(colon).starts_with("://"))
            return std::nullopt;
        const std::string near = filter::nearestKey(word.substr(0, colon));
        if (near.empty())
            return std::nullopt;
        return filter::syntaxError("there is no '" + std::string(word.substr(0, colon + 1))
                                       + "'; did you mean '" + near + ":'?",
                                   start);
    }

    Result<NodePtr> parseTyped(const std::string &key)
    {
        if (filter::takesRegex(key)) {
            if (const auto regex = regexHere()) {
                const std::size_t start = column();
                std::string slashed
                    = "/" + std::string(regex->pattern) + (regex->ignoreCase ? "/i" : "/");
                m_at = regex->end;
                return filter::makeTerm(key, {{std::move(slashed), false, start}});
            }
        }
        std::vector<Value> values;
        do {
            auto value = takeValue(filter::takesList(key));
            if (!value)
                return value.error();
            if (value->text.empty())
                return filter::unfinished("'" + key + ":' needs a value", value->column);
            values.push_back(std::move(*value));
        } while (takeSeparator(filter::takesList(key)));
        return filter::makeTerm(key, values);
    }

    bool takeSeparator(bool isList)
    {
        if (!isList || (peek() != ',' && peek() != '|'))
            return false;
        ++m_at;
        return true;
    }

    /// Up to a blank, a closing parenthesis of a group or, in a list, a separator; quotes protect.
    Result<Value> takeValue(bool isList)
    {
        Value out;
        out.column = column();
        int open = 0;
        while (!atEnd() && !isBlank(peek())) {
            const char c = peek();
            if (c == '"') {
                auto quoted = takeQuoted();
                if (!quoted)
                    return quoted.error();
                out.text += *quoted;
                out.isQuoted = true;
                continue;
            }
            if ((isList && (c == ',' || c == '|')) || (c == ')' && open == 0))
                break;
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            out.text += c;
            ++m_at;
        }
        return out;
    }

    Result<std::string> takeQuoted()
    {
        const std::size_t start = column();
        std::string out;
        for (++m_at; !atEnd(); ++m_at) {
            if (peek() == '"') {
                ++m_at;
                return out;
            }
            if (peek() == '\\' && (peek(1) == '"' || peek(1) == '\\'))
                ++m_at;
            out += peek();
        }
        return filter::unfinished("this quote is not closed yet", start);
    }

    /// A plain word. Parentheses that open inside of it belong to it: "users(all)".
    std::string_view takeWord()
    {
        const std::size_t start = m_at;
        int open = 0;
        for (; !atEnd() && !isBlank(peek()); ++m_at) {
            const char c = peek();
            if (c == ')' && open == 0)
                break;
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return m_text.substr(start, m_at - start);
    }

    /// "/…/" or "/…/i" without blanks; closing parentheses behind it belong to a group.
    std::optional<RegexSpan> regexHere() const
    {
        if (peek() != '/')
            return std::nullopt;
        std::size_t end = m_at;
        while (end < m_text.size() && !isBlank(m_text[end]))
            ++end;
        while (end > m_at && m_text[end - 1] == ')')
            --end;
        RegexSpan out;
        out.end = end;
        if (end > m_at && m_text[end - 1] == 'i' && end - m_at > 3 && m_text[end - 2] == '/') {
            out.ignoreCase = true;
            --end;
        }
        if (end < m_at + 3 || m_text[end - 1] != '/')
            return std::nullopt;
        out.pattern = m_text.substr(m_at + 1, end - m_at - 2);
        return out;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

Result<TrafficFilter> TrafficFilter::parse(std::string_view text)
{
    auto root = Parser(text).parse();
    if (!root)
        return root.error();
    TrafficFilter out;
    out.m_root = std::move(*root);
    return out;
}

} // namespace understudy
