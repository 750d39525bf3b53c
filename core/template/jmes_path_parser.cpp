// SPDX-License-Identifier: Apache-2.0
#include "core/template/jmes_path_ast.h"
#include "core/template/value.h"

#include <cmath>

namespace understudy::jmes_path {

namespace {

constexpr int kMaxDepth = 60;

/// A reader by precedence. The first error ends it.
class Reader
{
public:
    explicit Reader(std::string_view text)
        : m_text(text)
    {}

    Result<NodePtr> run()
    {
        NodePtr node = expression(0);
        skipBlanks();
        if (!m_error && m_at < m_text.size())
            fail("'" + std::string(1, m_text[m_at]) + "' is not expected here");
        if (m_error)
            return *m_error;
        return node;
    }

private:
    // How strongly operators bind.
    static constexpr int kPipe = 1;
    static constexpr int kOr = 2;
    static constexpr int kAnd = 3;
    static constexpr int kCompare = 5;
    static constexpr int kFlatten = 9;
    static constexpr int kFilter = 21;
    static constexpr int kStar = 20;
    static constexpr int kDot = 40;
    static constexpr int kNot = 45;
    static constexpr int kBracket = 55;
    static constexpr int kStop = 10; ///< a projection ends in front of what binds less

    NodePtr fail(const std::string &message)
    {
        if (!m_error)
            m_error = Error{
                ErrorCode::Syntax, message + " (column " + std::to_string(m_at + 1) + ')', {}};
        return make(Node::Kind::Current);
    }

    void skipBlanks()
    {
        while (m_at < m_text.size()
               && std::string_view(" \t\r\n").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
    }
    bool starts(std::string_view what)
    {
        skipBlanks();
        return m_text.substr(m_at).starts_with(what);
    }
    bool skip(std::string_view what)
    {
        if (!starts(what))
            return false;
        m_at += what.size();
        return true;
    }
    bool expect(std::string_view what)
    {
        if (skip(what))
            return true;
        fail("'" + std::string(what) + "' is expected here");
        return false;
    }

    /// How strongly the operator at this place binds to what stands before it; 0 for none.
    int power()
    {
        for (const auto &[sign, value] : {std::pair{"||", kOr},
                                          {"&&", kAnd},
                                          {"|", kPipe},
                                          {"==", kCompare},
                                          {"!=", kCompare},
                                          {"<", kCompare},
                                          {">", kCompare},
                                          {"[]", kFlatten},
                                          {"[?", kFilter},
                                          {"[", kBracket},
                                          {".", kDot}}) {
            if (starts(sign))
                return value;
        }
        return 0;
    }

    NodePtr expression(int least)
    {
        if (++m_depth > kMaxDepth)
            return fail("the query is nested too deeply");
        NodePtr left = prefix();
        while (!m_error && power() > least)
            left = infix(std::move(left));
        --m_depth;
        return left;
    }

    static bool isNameBegin(char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    std::optional<std::string> name()
    {
        skipBlanks();
        if (m_at < m_text.size() && m_text[m_at] == '"') {
            const auto value = quoted('"');
            const auto parsed = JsonValue::parse('"' + value + '"');
            return parsed && parsed->ifString() ? std::optional(*parsed->ifString()) : std::nullopt;
        }
        std::size_t end = m_at;
        while (end < m_text.size()
               && (isNameBegin(m_text[end])
                   || (end > m_at && m_text[end] >= '0' && m_text[end] <= '9')))
            ++end;
        if (end == m_at)
            return std::nullopt;
        std::string out(m_text.substr(m_at, end - m_at));
        m_at = end;
        return out;
    }

    /// Up to the closing quote, which a backslash may stand before.
    std::string quoted(char quote)
    {
        std::string out;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != quote; ++m_at) {
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size()) {
                if (m_text[m_at + 1] != quote || quote == '"')
                    out += '\\';
                ++m_at;
            }
            out += m_text[m_at];
        }
        if (m_at >= m_text.size())
            fail("a text is not closed");
        else
            ++m_at;
        return out;
    }

    NodePtr literal(JsonValue value)
    {
        NodePtr node = make(Node::Kind::Literal);
        node->literal = std::move(value);
        return node;
    }

    NodePtr prefix()
    {
        skipBlanks();
        const char c = m_at < m_text.size() ? m_text[m_at] : '\0';
        if (c == '\'')
            return literal(quoted('\''));
        if (c == '`') {
            const std::string text = quoted('`');
            auto parsed = JsonValue::parse(text);
            return literal(parsed ? *std::move(parsed) : JsonValue(text));
        }
        if (skip("@"))
            return make(Node::Kind::Current);
        if (skip("&"))
            return make(Node::Kind::Reference, expression(0));
        if (skip("!"))
            return make(Node::Kind::Not, expression(kNot));
        if (skip("(")) {
            NodePtr inner = expression(0);
            expect(")");
            return inner;
        }
        if (skip("*"))
            return make(Node::Kind::Values, make(Node::Kind::Current), projected(kStar));
        if (starts("[?") || starts("[]"))
            return infix(make(Node::Kind::Current));
        if (starts("[")) {
            const std::size_t before = m_at;
            skip("[");
            skipBlanks();
            const char next = m_at < m_text.size() ? m_text[m_at] : '\0';
            const bool isPlace
                = next == '*' || next == ':' || next == '-' || (next >= '0' && next <= '9');
            if (!isPlace)
                return multiSelect();
            m_at = before;
            return infix(make(Node::Kind::Current));
        }
        if (skip("{"))
            return multiHash();
        auto field = name();
        if (!field)
            return fail("a value is expected here");
        if (skip("("))
            return call(std::move(*field));
        NodePtr node = make(Node::Kind::Field);
        node->name = std::move(*field);
        return node;
    }

    NodePtr multiSelect()
    {
        NodePtr node = make(Node::Kind::List);
        do
            node->parts.emplace_back("", expression(0));
        while (!m_error && skip(","));
        expect("]");
        return node;
    }

    NodePtr multiHash()
    {
        NodePtr node = make(Node::Kind::Hash);
        do {
            auto key = name();
            if (!key || !expect(":"))
                return fail("a name is expected here");
            node->parts.emplace_back(*key, expression(0));
        } while (!m_error && skip(","));
        expect("}");
        return node;
    }

    NodePtr call(std::string function)
    {
        NodePtr node = make(Node::Kind::Call);
        node->name = std::move(function);
        if (skip(")"))
            return node;
        do
            node->parts.emplace_back("", expression(0));
        while (!m_error && skip(","));
        expect(")");
        return node;
    }

    /// What is done with each item of a projection.
    NodePtr projected(int least)
    {
        const int next = power();
        if (next < kStop)
            return make(Node::Kind::Current);
        if (starts("["))
            return expressionFrom(make(Node::Kind::Current), least);
        if (skip("."))
            return dotted(least);
        return make(Node::Kind::Current);
    }

    NodePtr expressionFrom(NodePtr left, int least)
    {
        while (!m_error && power() > least)
            left = infix(std::move(left));
        return left;
    }

    NodePtr dotted(int least)
    {
        if (skip("["))
            return expressionFrom(multiSelect(), least);
        if (skip("{"))
            return expressionFrom(multiHash(), least);
        return expression(least);
    }

    NodePtr infix(NodePtr left)
    {
        if (skip("||"))
            return make(Node::Kind::Or, std::move(left), expression(kOr));
        if (skip("&&"))
            return make(Node::Kind::And, std::move(left), expression(kAnd));
        if (skip("|"))
            return make(Node::Kind::Sub, std::move(left), expression(kPipe));
        for (const std::string_view sign : {"==", "!=", "<=", ">=", "<", ">"}) {
            if (!skip(sign))
                continue;
            NodePtr node = make(Node::Kind::Compare, std::move(left), expression(kCompare));
            node->name = sign;
            return node;
        }
        if (skip("[]")) {
            NodePtr flat = make(Node::Kind::Flatten, std::move(left));
            return make(Node::Kind::Projection, std::move(flat), projected(kFlatten));
        }
        if (skip("[?")) {
            NodePtr condition = expression(0);
            expect("]");
            NodePtr node = make(Node::Kind::Filter, std::move(left), std::move(condition));
            node->third = projected(kFilter);
            return node;
        }
        if (skip("["))
            return place(std::move(left));
        if (!skip("."))
            return fail("an operator is expected here");
        if (skip("*"))
            return make(Node::Kind::Values, std::move(left), projected(kStar));
        return make(Node::Kind::Sub, std::move(left), dotted(kDot));
    }

    std::optional<std::int64_t> number()
    {
        skipBlanks();
        std::size_t end = m_at;
        if (end < m_text.size() && m_text[end] == '-')
            ++end;
        while (end < m_text.size() && m_text[end] >= '0' && m_text[end] <= '9')
            ++end;
        const double value = handlebars::numberOf(m_text.substr(m_at, end - m_at));
        if (end == m_at || std::isnan(value) || std::fabs(value) > 1e9)
            return std::nullopt;
        m_at = end;
        return static_cast<std::int64_t>(value);
    }

    /// Behind `[`: a number, a slice, or `*`.
    NodePtr place(NodePtr left)
    {
        if (skip("*")) {
            expect("]");
            return make(Node::Kind::Projection, std::move(left), projected(kStar));
        }
        const auto first = number();
        if (!starts(":")) {
            if (!first)
                return fail("a number is expected here");
            NodePtr node = make(Node::Kind::Index, std::move(left));
            node->from = first;
            expect("]");
            return node;
        }
        NodePtr node = make(Node::Kind::Slice, std::move(left));
        node->from = first;
        skip(":");
        node->to = number();
        if (skip(":"))
            node->step = number();
        expect("]");
        return make(Node::Kind::Projection, std::move(node), projected(kStar));
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::optional<Error> m_error;
};

} // namespace

Result<NodePtr> parse(std::string_view query)
{
    // Nodes hang on each other like the signs of the text.
    constexpr std::size_t kMaxLength = 1000;
    if (query.size() > kMaxLength)
        return Error{ErrorCode::Limit, "the query has more than 1000 characters", {}};
    return Reader(query).run();
}

} // namespace understudy::jmes_path
