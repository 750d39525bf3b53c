// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mountebank/js_pattern.h"

#include "core/formats/mockoon/lookup.h"
#include "core/http/uri.h"

#include <algorithm>
#include <charconv>

namespace understudy::formats::mountebank {

namespace {

constexpr std::string_view kSameEscapes = "dDwWsSbB./-\\()[]{}*+?|^$nrt";

/// Writes an expression again where every construct means the same in both; the first other one
/// ends it.
class PlainPattern
{
public:
    explicit PlainPattern(std::string_view text)
        : m_text(text)
    {}

    std::optional<std::string> run()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            const bool isPlain = c == '\\'  ? escape()
                                 : c == '[' ? characterClass()
                                 : c == '(' ? open()
                                 : c == '{' ? quantifier()
                                 : c == '$' ? end()
                                            : isAscii(c) && copy(1);
            if (!isPlain)
                return std::nullopt;
        }
        return std::move(m_out);
    }

private:
    static bool isAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }
    std::string_view rest() const { return m_text.substr(m_at); }
    bool copy(std::size_t count)
    {
        m_out += m_text.substr(m_at, count);
        m_at += count;
        return true;
    }
    bool escape()
    {
        return m_at + 1 < m_text.size()
               && kSameEscapes.find(m_text[m_at + 1]) != std::string_view::npos && copy(2);
    }
    /// The very end, not also before a last line break.
    bool end()
    {
        m_out += "\\z";
        ++m_at;
        return true;
    }
    bool open()
    {
        const bool isSpecial = rest().starts_with("(?");
        const bool isSame
            = rest().starts_with("(?:") || rest().starts_with("(?=") || rest().starts_with("(?!");
        return (!isSpecial || isSame) && copy(1);
    }
    bool quantifier()
    {
        const std::size_t close = rest().find('}');
        const bool isNumber = close != std::string_view::npos && close > 1
                              && rest().substr(1, close - 1).find_first_not_of("0123456789,")
                                     == std::string_view::npos
                              && rest()[1] != ',';
        return isNumber && copy(close + 1);
    }
    bool characterClass()
    {
        copy(1);
        if (rest().starts_with('^'))
            copy(1);
        if (rest().starts_with(']'))
            return false;
        while (m_at < m_text.size() && m_text[m_at] != ']') {
            const char c = m_text[m_at];
            const bool isWordEdge = rest().starts_with("\\b") || rest().starts_with("\\B");
            if (c == '[' || isWordEdge || !isAscii(c) || !(c == '\\' ? escape() : copy(1)))
                return false;
        }
        return m_at < m_text.size() && copy(1);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_out;
};

/// The opposite way.
class BackPattern
{
public:
    BackPattern(std::string_view text, bool dotAll)
        : m_text(text)
        , m_dotAll(dotAll)
    {}

    std::optional<std::string> run()
    {
        constexpr std::string_view kBeyond = "\\x{10000}-\\x{10ffff}";
        bool inClass = false;
        while (m_at < m_text.size()) {
            const std::string_view rest = m_text.substr(m_at);
            const char c = rest.front();
            if (inClass && rest.starts_with(kBeyond)) {
                m_at += kBeyond.size(); // two units, which the class has one by one
            } else if (c == '\\') {
                if (!escape(rest))
                    return std::nullopt;
            } else {
                const bool isSpecial = !inClass && rest.starts_with("(?") && rest.size() > 2;
                const bool isPossessive = !inClass && c == '+' && m_at > 0 && isQuantified();
                if ((isSpecial && std::string_view(":=!<").find(rest[2]) == std::string_view::npos)
                    || isPossessive || rest.starts_with("[:"))
                    return std::nullopt;
                inClass = c == '[' ? true : c == ']' ? false : inClass;
                m_out += c == '.' && !inClass && m_dotAll ? "[\\s\\S]" : std::string(1, c);
                ++m_at;
            }
        }
        return std::move(m_out);
    }

private:
    bool isQuantified() const
    {
        const char before = m_text[m_at - 1];
        const bool isEscaped = m_at > 1 && m_text[m_at - 2] == '\\';
        return !isEscaped && (before == '+' || before == '*' || before == '?' || before == '}');
    }
    bool escape(std::string_view rest)
    {
        if (rest.size() < 2)
            return false;
        if (rest.starts_with("\\x{"))
            return codePoint(rest);
        const char c = rest[1];
        if (c == 'z' || c == 'A') {
            m_out += c == 'z' ? '$' : '^';
        } else if (std::isalpha(static_cast<unsigned char>(c)) != 0
                   && std::string_view("dDwWsSbBnrtfv").find(c) == std::string_view::npos) {
            return false;
        } else {
            m_out += rest.substr(0, 2);
        }
        m_at += 2;
        return true;
    }
    bool codePoint(std::string_view rest)
    {
        const std::size_t close = rest.find('}');
        unsigned code = 0;
        const std::string_view digits
            = close == std::string_view::npos ? std::string_view() : rest.substr(3, close - 3);
        const auto [end, failure]
            = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
        if (failure != std::errc() || end != digits.data() + digits.size() || code > 0xFFFF)
            return false;
        constexpr std::string_view kHex = "0123456789abcdef";
        m_out += "\\u";
        for (int shift = 12; shift >= 0; shift -= 4)
            m_out += kHex[(code >> static_cast<unsigned>(shift)) & 0xFU];
        m_at += close + 1;
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_dotAll;
    std::string m_out;
};

} // namespace

Result<std::string> fromJsPattern(std::string_view pattern, bool ignoreCase)
{
    auto out = mockoon::toPcre(pattern, false);
    if (!out)
        return out;
    auto plain = PlainPattern(pattern).run();
    return (ignoreCase ? "(?i)" : "") + (plain ? *std::move(plain) : *std::move(out));
}

std::optional<JsPattern> toJsPattern(std::string_view pattern)
{
    JsPattern out;
    bool dotAll = false;
    for (const std::string_view flags : {"(?is)", "(?si)", "(?i)", "(?s)"}) {
        if (!pattern.starts_with(flags))
            continue;
        out.ignoreCase |= flags.find('i') != std::string_view::npos;
        dotAll |= flags.find('s') != std::string_view::npos;
        pattern.remove_prefix(flags.size());
    }
    auto text = BackPattern(pattern, dotAll).run();
    if (!text)
        return std::nullopt;
    out.text = *std::move(text);
    return out;
}

std::string onSentPath(std::string pattern)
{
    if (pattern.find('[') != std::string::npos)
        return pattern;
    std::string out;
    for (const char c : pattern) {
        const bool isSent = c > ' ' && c < 0x7F;
        out += isSent ? std::string(1, c) : http::percentEncode(std::string_view(&c, 1));
    }
    return out;
}

} // namespace understudy::formats::mountebank
