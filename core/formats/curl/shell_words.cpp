// SPDX-License-Identifier: Apache-2.0
#include "core/formats/curl/shell_words.h"

#include "core/base/utf8.h"

#include <cstdint>
#include <optional>

namespace understudy::formats::curl {

namespace {

int digitOf(char c, int base)
{
    const int value = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : base;
    return value < base ? value : -1;
}

class Splitter
{
public:
    Splitter(std::string_view text, const std::string &file)
        : m_text(text)
        , m_file(file)
    {}

    Result<std::vector<ShellCommand>> run()
    {
        while (m_at < m_text.size() && !m_error)
            step();
        endWord();
        endCommand();
        if (m_error)
            return *std::move(m_error);
        return std::move(m_commands);
    }

private:
    char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }

    char take()
    {
        const char c = m_text[m_at++];
        if (c == '\n') {
            ++m_mark.line;
            m_mark.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            ++m_mark.column;
        }
        return c;
    }

    /// One character outside of quotes, or a quoted text.
    void step()
    {
        const char c = peek();
        if (c == ' ' || c == '\t' || c == '\r') {
            take();
            endWord();
        } else if (c == '\n' || c == ';' || c == '&' || c == '|' || c == '(' || c == ')') {
            take();
            endWord();
            endCommand();
        } else if (c == '#' && !m_word) {
            while (m_at < m_text.size() && peek() != '\n')
                take();
        } else if (c == '<' || c == '>') {
            redirection();
        } else {
            part(c);
        }
    }

    void part(char c)
    {
        if (c == '\\') {
            escaped();
            return;
        }
        begin();
        if (c == '\'')
            singleQuoted();
        else if (c == '"')
            doubleQuoted();
        else if (c == '$' && peek(1) == '\'')
            ansiQuoted();
        else if (c == '$' && peek(1) == '"')
            take();
        else
            *m_word += take();
    }

    /// A backslash outside of quotes; at the end of a line it joins it with the next.
    void escaped()
    {
        take();
        if (peek() == '\r' && peek(1) == '\n')
            take();
        if (peek() == '\n') {
            take();
            return;
        }
        begin();
        if (m_at < m_text.size())
            *m_word += take();
    }

    void begin()
    {
        if (m_commands.empty() || m_isEnded) {
            m_commands.push_back({{}, m_mark});
            m_isEnded = false;
        }
        if (!m_word)
            m_word.emplace();
    }

    void endWord()
    {
        if (!m_word)
            return;
        std::vector<std::string> &words = m_commands.back().words;
        const bool isPrompt = words.empty() && *m_word == "$";
        if (!m_isTarget && !isPrompt)
            words.push_back(*std::move(m_word));
        m_isTarget = false;
        m_word.reset();
    }

    void endCommand()
    {
        if (!m_commands.empty() && m_commands.back().words.empty())
            m_commands.pop_back();
        m_isEnded = true;
        m_isTarget = false;
    }

    /// `> file`, `2>&1`: the word that follows is none of the command.
    void redirection()
    {
        if (m_word && m_word->size() == 1 && digitOf(m_word->front(), 10) >= 0)
            m_word.reset();
        endWord();
        while (peek() == '<' || peek() == '>' || peek() == '&')
            take();
        m_isTarget = !m_commands.empty() && !m_isEnded;
    }

    void unclosed(yaml::Mark from, std::string_view quote)
    {
        m_error = Error{ErrorCode::Syntax,
                        "the quote " + std::string(quote)
                            + " that begins here is not closed; is the end of the text missing?",
                        {m_file, from.line, from.column}};
    }

    void singleQuoted()
    {
        const yaml::Mark from = m_mark;
        take();
        while (m_at < m_text.size() && peek() != '\'')
            *m_word += take();
        if (m_at == m_text.size())
            unclosed(from, "'");
        else
            take();
    }

    void doubleQuoted()
    {
        const yaml::Mark from = m_mark;
        take();
        while (m_at < m_text.size() && peek() != '"') {
            if (peek() == '\\' && m_at + 1 < m_text.size()
                && std::string_view("$`\"\\\n").find(peek(1)) != std::string_view::npos) {
                take();
                if (peek() == '\n') {
                    take();
                    continue;
                }
            }
            *m_word += take();
        }
        if (m_at == m_text.size())
            unclosed(from, "\"");
        else
            take();
    }

    /// Bash manual, section 3.1.2.4.
    void ansiQuoted()
    {
        const yaml::Mark from = m_mark;
        take();
        take();
        while (m_at < m_text.size() && peek() != '\'') {
            if (peek() == '\\' && m_at + 1 < m_text.size())
                ansiEscape();
            else
                *m_word += take();
        }
        if (m_at == m_text.size())
            unclosed(from, "$'");
        else
            take();
    }

    void ansiEscape()
    {
        take();
        constexpr std::string_view letters = "abeEfnrtv";
        constexpr std::string_view bytes = "\a\b\x1b\x1b\f\n\r\t\v";
        const char c = take();
        if (const std::size_t place = letters.find(c); place != std::string_view::npos)
            *m_word += bytes[place];
        else if (c == 'x')
            *m_word += static_cast<char>(number(16, 2));
        else if (c == 'u' || c == 'U')
            appendCharacter(number(16, c == 'u' ? 4 : 8));
        else if (digitOf(c, 8) >= 0)
            *m_word += static_cast<char>(number(8, 2, static_cast<std::uint32_t>(digitOf(c, 8))));
        else
            *m_word += c;
    }

    std::uint32_t number(int base, int maxDigits, std::uint32_t value = 0)
    {
        for (int i = 0; i < maxDigits && m_at < m_text.size() && digitOf(peek(), base) >= 0; ++i)
            value = value * static_cast<std::uint32_t>(base)
                    + static_cast<std::uint32_t>(digitOf(take(), base));
        return value;
    }

    void appendCharacter(std::uint32_t code)
    {
        const bool isScalar = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
        text::appendUtf8(*m_word, isScalar ? code : 0xFFFD);
    }

    std::string_view m_text;
    const std::string &m_file;
    std::size_t m_at = 0;
    yaml::Mark m_mark{1, 1};
    std::vector<ShellCommand> m_commands;
    std::optional<std::string> m_word;
    bool m_isEnded = true;
    bool m_isTarget = false; ///< the next word belongs to a redirection
    std::optional<Error> m_error;
};

} // namespace

Result<std::vector<ShellCommand>> splitCommands(std::string_view text, const std::string &file)
{
    return Splitter(text, file).run();
}

} // namespace understudy::formats::curl
