// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/path_syntax.h"

#include <optional>

namespace understudy::formats::mockoon {

namespace {

// Groups in groups; deeper than any path, and bounds the recursion.
constexpr int kMaxGroupDepth = 16;

bool isNameFirst(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

bool isNameChar(char c) { return isNameFirst(c) || (c >= '0' && c <= '9'); }

bool isLetterOrDigit(char c) { return isNameChar(c) && c != '_'; }

bool hasBracket(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '(')
            return true;
    }
    return false;
}

class Parser
{
public:
    Parser(std::string_view text, PathSyntax &out, int &wildcards, int depth)
        : m_text(text)
        , m_out(out)
        , m_wildcards(wildcards)
        , m_depth(depth)
    {}

    std::vector<PathToken> run()
    {
        if (m_depth > kMaxGroupDepth)
            fail("its groups are nested too deeply");
        while (m_at < m_text.size() && m_out.error.empty())
            step();
        return std::move(m_tokens);
    }

private:
    using Kind = PathToken::Kind;

    char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    char before(std::size_t at) const { return at > 0 ? m_text[at - 1] : '\0'; }
    void fail(std::string why)
    {
        if (m_out.error.empty())
            m_out.error = std::move(why);
    }

    void step()
    {
        const char c = peek();
        switch (c) {
        case '\\':
            return escaped();
        case '*':
            return wildcard();
        case ':':
            return parameter();
        case '(':
            return group(')');
        case '{':
            return group('}');
        case '?':
            return questionMark();
        case '+':
            return plus();
        case '[':
        case ']':
        case '!':
        case ')':
        case '}':
            return fail("'" + std::string(1, c) + "' must be written as '\\" + c + "'");
        default:
            append(c);
            ++m_at;
        }
    }

    void append(char c)
    {
        if (m_tokens.empty() || m_tokens.back().kind != Kind::Text)
            m_tokens.push_back(PathToken::ofText({}));
        m_tokens.back().text += c;
    }

    void escaped()
    {
        if (m_at + 1 >= m_text.size())
            return fail("it ends in a '\\'");
        append(m_text[m_at + 1]);
        m_at += 2;
    }

    std::string takeName()
    {
        const std::size_t from = m_at;
        if (isNameFirst(peek())) {
            while (isNameChar(peek()))
                ++m_at;
        }
        return std::string(m_text.substr(from, m_at - from));
    }

    void wildcard()
    {
        const bool startsSegment = before(m_at) == '/' || m_at == 0;
        ++m_at;
        std::string name = takeName();
        if (name.empty() && !startsSegment)
            return fail("a '*' behind other text needs a name");
        if (name.empty())
            name = "wildcard" + std::to_string(m_wildcards++);
        // Read as "the last letter of the name is optional", which the wildcard takes anyway.
        if (peek() == '?' && !isQuery())
            ++m_at;
        addNamed({Kind::Wildcard, std::move(name), {}, {}});
    }

    void addNamed(PathToken token)
    {
        if (!m_tokens.empty()
            && (m_tokens.back().kind == Kind::Parameter || m_tokens.back().kind == Kind::Wildcard))
            return fail("there must be text between '" + m_tokens.back().text + "' and '"
                        + token.text + "'");
        m_tokens.push_back(std::move(token));
    }

    void parameter()
    {
        const std::size_t colon = m_at++;
        const char lead = before(colon);
        PathToken token{Kind::Parameter, takeName(), {}, {}};
        if (token.text.empty())
            return fail("a ':' needs a name behind it");
        if (peek() == '(' && isConstraint() && !constraint(token))
            return;
        if (peek() == '?' && !isQuery())
            return optionalParameter(std::move(token), lead);
        if (peek() == '+') {
            ++m_at;
            token.kind = Kind::Wildcard;
            // The rewriting makes `*name` of it, and what follows goes on with the name.
            while (isNameChar(peek()))
                token.text += m_text[m_at++];
        } else if (peek() == '*') {
            if (lead != '/')
                return fail("a '*' behind ':" + token.text + "' needs a '/' before the parameter");
            ++m_at;
            token.kind = Kind::Wildcard;
            return addOptional(lead, std::move(token));
        }
        addNamed(std::move(token));
    }

    /// Whether the brackets behind a parameter are a condition; `:x(/:y)` has an optional part
    /// there.
    bool isConstraint() const
    {
        const auto close = closing(m_at, ')');
        const std::string_view inside
            = close ? m_text.substr(m_at + 1, *close - m_at - 1) : std::string_view{};
        const std::size_t colon = inside.find(':');
        const bool hasParameter = colon != std::string_view::npos && colon + 1 < inside.size()
                                  && isNameFirst(inside[colon + 1]) && !inside.starts_with('?');
        return !inside.starts_with('/') && !hasParameter;
    }

    /// `:id(\d+)`: Mockoon cannot do it; the author's meaning is clear.
    bool constraint(PathToken &token)
    {
        const auto close = closing(m_at, ')');
        if (!close) {
            fail("a '(' is not closed");
            return false;
        }
        token.regex = m_text.substr(m_at + 1, *close - m_at - 1);
        m_at = *close + 1;
        m_out.notes.push_back("Mockoon does not support '(" + token.regex
                              + ")' behind ':" + token.text
                              + "'; it is read as the author's condition for this parameter");
        return true;
    }

    void optionalParameter(PathToken token, char lead)
    {
        ++m_at;
        if (lead == '/' || lead == '.' || lead == '~' || lead == '-')
            return addOptional(lead, std::move(token));
        // The textual rewriting sees "the character before '?' is optional" here.
        if (token.text.size() < 2 || !token.regex.empty())
            return fail("':" + token.text + "?' needs one of / . ~ - before it");
        const std::string last(1, token.text.back());
        token.text.pop_back();
        m_out.notes.push_back("Mockoon reads the '?' as an optional '" + last
                              + "' behind ':" + token.text + "'");
        addNamed(std::move(token));
        m_tokens.push_back({Kind::Group, {}, {}, {PathToken::ofText(last)}});
    }

    /// `{/:name}`: the character before the colon belongs to the optional part.
    void addOptional(char lead, PathToken token)
    {
        if (m_tokens.empty() || m_tokens.back().kind != Kind::Text)
            return fail("there is nothing before ':" + token.text + "'");
        m_tokens.back().text.pop_back();
        if (m_tokens.back().text.empty())
            m_tokens.pop_back();
        m_tokens.push_back(
            {Kind::Group, {}, {}, {PathToken::ofText(std::string(1, lead)), std::move(token)}});
    }

    /// The position of the bracket that closes the one at `open`.
    std::optional<std::size_t> closing(std::size_t open, char close) const
    {
        int depth = 0;
        for (std::size_t i = open; i < m_text.size(); ++i) {
            if (m_text[i] == '\\')
                ++i;
            else if (m_text[i] == m_text[open])
                ++depth;
            else if (m_text[i] == close && --depth == 0)
                return i;
        }
        return std::nullopt;
    }

    void group(char close)
    {
        const auto end = closing(m_at, close);
        if (!end)
            return fail("a '" + std::string(1, m_text[m_at]) + "' is not closed");
        if (close == ')' && hasBracket(m_text.substr(m_at + 1, *end - m_at - 1)))
            return fail("brackets cannot stand in brackets");
        std::vector<PathToken> children
            = Parser(m_text.substr(m_at + 1, *end - m_at - 1), m_out, m_wildcards, m_depth + 1)
                  .run();
        m_tokens.push_back({Kind::Group, {}, {}, std::move(children)});
        m_at = *end + 1;
        if (close == ')' && peek() == '?')
            ++m_at;
    }

    bool isQuery() const
    {
        const std::string_view rest = m_text.substr(m_at + 1);
        const std::size_t equals = rest.find('=');
        return m_depth == 0 && equals != std::string_view::npos && equals > 0
               && rest.substr(0, equals).find_first_of("/:?") == std::string_view::npos;
    }

    void questionMark()
    {
        if (isQuery()) {
            m_out.notes.push_back("a path has no query; '" + std::string(m_text.substr(m_at))
                                  + "' is left out (use a rule on the query)");
            m_at = m_text.size();
            return;
        }
        if (!followsLetterOrDigit())
            return fail("a '?' needs a letter, a digit, a parameter or a group before it");
        const std::string last(1, m_tokens.back().text.back());
        m_tokens.back().text.pop_back();
        m_tokens.push_back({Kind::Group, {}, {}, {PathToken::ofText(last)}});
        ++m_at;
    }

    void plus()
    {
        if (!followsLetterOrDigit())
            return fail("a '+' needs a letter, a digit or a parameter before it");
        m_tokens.push_back({Kind::Group,
                            {},
                            {},
                            {PathToken::ofText(std::string(1, m_tokens.back().text.back()))}});
        ++m_at;
    }

    bool followsLetterOrDigit() const
    {
        return isLetterOrDigit(before(m_at)) && !m_tokens.empty()
               && m_tokens.back().kind == Kind::Text && !m_tokens.back().text.empty();
    }

    std::string_view m_text;
    PathSyntax &m_out;
    int &m_wildcards;
    int m_depth;
    std::size_t m_at = 0;
    std::vector<PathToken> m_tokens;
};

} // namespace

PathSyntax parsePathSyntax(std::string_view path)
{
    PathSyntax out;
    int wildcards = 0;
    out.tokens = Parser(path, out, wildcards, 0).run();
    return out;
}

} // namespace understudy::formats::mockoon
