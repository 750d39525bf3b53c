// SPDX-License-Identifier: Apache-2.0
#include "core/template/scanner.h"

#include <algorithm>

namespace understudy::handlebars {

namespace {

bool endsName(char c)
{
    return isBlank(c)
           || std::string_view("!\"#%&'()*+,./;<=>@[\\]^`{|}~").find(c) != std::string_view::npos;
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

} // namespace

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

bool Scanner::skip(std::string_view what)
{
    if (!rest().starts_with(what))
        return false;
    m_at += what.size();
    return true;
}

void Scanner::skipBlanks()
{
    while (!isAtEnd() && isBlank(m_text[m_at]))
        ++m_at;
}

Position Scanner::positionOf(std::size_t at) const
{
    if (at < m_knownAt) {
        m_knownAt = 0;
        m_knownBegin = 0;
        m_knownLine = 1;
    }
    for (; m_knownAt < at; ++m_knownAt) {
        if (m_text[m_knownAt] == '\n') {
            ++m_knownLine;
            m_knownBegin = m_knownAt + 1;
        }
    }
    return {m_knownLine, static_cast<std::uint32_t>(at - m_knownBegin) + 1};
}

std::optional<std::string_view> Scanner::name() const
{
    std::size_t end = m_at;
    while (end < m_text.size() && !endsName(m_text[end]))
        ++end;
    if (end == m_at)
        return std::nullopt;
    const char next = end < m_text.size() ? m_text[end] : '\0';
    const bool mayFollow = next == '\0' || isBlank(next)
                           || std::string_view("=~}/.)]|").find(next) != std::string_view::npos;
    return mayFollow ? std::optional(m_text.substr(m_at, end - m_at)) : std::nullopt;
}

std::optional<std::string> Scanner::bracketed()
{
    std::string out;
    for (std::size_t i = m_at + 1; i < m_text.size(); ++i) {
        const char c = m_text[i];
        if (c == '\\' && i + 1 < m_text.size() && (m_text[i + 1] == ']' || m_text[i + 1] == '\\')) {
            out += m_text[++i];
        } else if (c == ']') {
            m_at = i + 1;
            return out;
        } else {
            out += c;
        }
    }
    return std::nullopt;
}

std::optional<std::string> Scanner::quoted()
{
    const char quote = peek();
    std::string out;
    for (std::size_t i = m_at + 1; i < m_text.size(); ++i) {
        const char c = m_text[i];
        if (c == '\\' && i + 1 < m_text.size() && m_text[i + 1] == quote) {
            out += m_text[++i];
        } else if (c == quote) {
            m_at = i + 1;
            return out;
        } else {
            out += c;
        }
    }
    return std::nullopt;
}

std::optional<std::string_view> Scanner::number()
{
    std::size_t end = m_at + (peek() == '-' ? 1 : 0);
    const std::size_t first = end;
    while (end < m_text.size() && isDigit(m_text[end]))
        ++end;
    if (end == first)
        return std::nullopt;
    if (end + 1 < m_text.size() && m_text[end] == '.' && isDigit(m_text[end + 1])) {
        ++end;
        while (end < m_text.size() && isDigit(m_text[end]))
            ++end;
    }
    const char next = end < m_text.size() ? m_text[end] : '\0';
    if (!isBlank(next) && next != '~' && next != '}' && next != ')' && next != ']')
        return std::nullopt;
    const std::string_view found = m_text.substr(m_at, end - m_at);
    m_at = end;
    return found;
}

} // namespace understudy::handlebars
