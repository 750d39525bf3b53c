// SPDX-License-Identifier: Apache-2.0
#include "core/match/xpath_tokens.h"

#include <algorithm>
#include <array>

namespace understudy::xpath {

namespace {

using Kind = Token::Kind;

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool isDecimal(char c) { return c >= '0' && c <= '9'; }
bool isNameByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDecimal(c) || c == '_' || c == '-'
           || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}
bool startsName(char c) { return isNameByte(c) && !isDecimal(c) && c != '-' && c != '.'; }

class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {}

    std::vector<Token> run()
    {
        while (skipBlanks(), m_at < m_text.size()) {
            if (!next())
                break;
        }
        return std::move(m_tokens);
    }

private:
    char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }

    void skipBlanks()
    {
        while (m_at < m_text.size() && isBlank(m_text[m_at]))
            ++m_at;
    }

    bool add(Kind kind, std::size_t size)
    {
        m_tokens.push_back({kind, m_text.substr(m_at, size)});
        m_at += size;
        return true;
    }

    /// Section 3.7: behind a token that ends an operand, a name and a `*` are operators.
    bool operandEnded() const
    {
        if (m_tokens.empty())
            return false;
        const Token &last = m_tokens.back();
        switch (last.kind) {
        case Kind::Test:
        case Kind::Literal:
        case Kind::Number:
        case Kind::Variable:
            return true;
        case Kind::Mark:
            return last.text == ")" || last.text == "]" || last.text == "." || last.text == "..";
        case Kind::Axis:
        case Kind::Function:
        case Kind::Operator:
            return false;
        }
        return false;
    }

    std::size_t nameSize(std::size_t from) const
    {
        std::size_t end = from;
        while (end < m_text.size() && isNameByte(m_text[end]))
            ++end;
        return end - from;
    }

    bool number()
    {
        std::size_t size = 0;
        while (isDecimal(peek(size)))
            ++size;
        if (peek(size) == '.') {
            ++size;
            while (isDecimal(peek(size)))
                ++size;
        }
        return add(Kind::Number, size);
    }

    bool name()
    {
        std::size_t size = nameSize(m_at);
        if (operandEnded())
            return add(Kind::Operator, size);
        if (peek(size) == ':' && (startsName(peek(size + 1)) || peek(size + 1) == '*'))
            size += peek(size + 1) == '*' ? 2 : 1 + nameSize(m_at + size + 1);
        std::size_t behind = m_at + size;
        while (behind < m_text.size() && isBlank(m_text[behind]))
            ++behind;
        const std::string_view rest = m_text.substr(behind);
        if (rest.starts_with("::"))
            return add(Kind::Axis, size);
        return add(rest.starts_with('(') ? Kind::Function : Kind::Test, size);
    }

    bool next()
    {
        constexpr std::array<std::string_view, 3> kTwo{"//", "::", ".."};
        constexpr std::array<std::string_view, 3> kTwoOperators{"!=", "<=", ">="};
        const char c = peek();
        const std::string_view rest = m_text.substr(m_at);
        const auto begins = [rest](std::string_view mark) { return rest.starts_with(mark); };
        if (isDecimal(c) || (c == '.' && isDecimal(peek(1))))
            return number();
        if (c == '"' || c == '\'') {
            const std::size_t end = m_text.find(c, m_at + 1);
            return end != std::string_view::npos && add(Kind::Literal, end + 1 - m_at);
        }
        if (c == '$') {
            std::size_t size = 1 + nameSize(m_at + 1);
            if (peek(size) == ':')
                size += 1 + nameSize(m_at + size + 1);
            return add(Kind::Variable, size);
        }
        if (std::any_of(kTwo.begin(), kTwo.end(), begins))
            return add(Kind::Mark, 2);
        if (std::any_of(kTwoOperators.begin(), kTwoOperators.end(), begins))
            return add(Kind::Operator, 2);
        if (c == '*')
            return add(operandEnded() ? Kind::Operator : Kind::Test, 1);
        if (std::string_view("/()[]@,.").find(c) != std::string_view::npos)
            return add(Kind::Mark, 1);
        if (std::string_view("+-=<>|").find(c) != std::string_view::npos)
            return add(Kind::Operator, 1);
        return startsName(c) && name();
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<Token> m_tokens;
};

} // namespace

std::vector<Token> tokensOf(std::string_view expression) { return Scanner(expression).run(); }

} // namespace understudy::xpath
