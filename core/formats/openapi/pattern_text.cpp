// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/pattern_text.h"

#include "core/base/utf8.h"
#include "core/formats/openapi/character_class.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace understudy::formats::openapi {

namespace {

constexpr std::size_t kLongestText = 10'000;
constexpr int kDeepestGroup = 50;
constexpr std::size_t kMostAlternatives = 100;

class PatternWriter
{
public:
    PatternWriter(std::string_view pattern, std::size_t more, std::size_t variant)
        : m_pattern(pattern)
        , m_more(more)
        , m_variant(variant)
        , m_drawn(variant)
    {}

    std::optional<std::string> run()
    {
        std::string out = alternatives(0);
        if (m_failed || m_at < m_pattern.size())
            return std::nullopt;
        return out;
    }

private:
    bool atEnd() const { return m_at >= m_pattern.size(); }
    char peek() const { return atEnd() ? '\0' : m_pattern[m_at]; }
    bool take(std::string_view text)
    {
        const bool isThere = m_pattern.substr(m_at).starts_with(text);
        m_at += isThere ? text.size() : 0;
        return isThere;
    }
    std::string fail()
    {
        m_failed = true;
        m_at = m_pattern.size();
        return {};
    }

    std::string alternatives(int depth)
    {
        if (depth > kDeepestGroup)
            return fail();
        std::vector<std::string> all{sequence(depth)};
        while (!m_failed && take("|")) {
            all.push_back(sequence(depth));
            if (all.size() > kMostAlternatives)
                return fail();
        }
        return all[m_variant % all.size()];
    }

    std::string sequence(int depth)
    {
        std::string out;
        while (!m_failed && !atEnd() && peek() != '|' && peek() != ')') {
            const std::size_t from = m_at;
            const std::string once = atom(depth);
            const std::size_t count
                = once.empty() ? std::min<std::size_t>(repeats(), 1) : repeats();
            if (once.size() * count + out.size() > kLongestText)
                return fail();
            for (std::size_t i = 0; i < count; ++i)
                out += i == 0 ? once : again(from, once, depth);
        }
        return out;
    }

    /// The atom once more, with other characters; a group deep inside of others as it was, so that
    /// the work stays in proportion to the text.
    std::string again(std::size_t from, const std::string &once, int depth)
    {
        if (m_pattern[from] == '(' && depth > 1)
            return once;
        const std::size_t here = m_at;
        m_at = from;
        std::string out = atom(depth);
        m_at = m_failed ? m_at : here;
        return out;
    }

    /// How often what stands in front is written.
    std::size_t repeats()
    {
        std::size_t least = 1;
        std::size_t most = 1;
        if (take("*")) {
            least = 0;
            most = kLongestText;
        } else if (take("+")) {
            most = kLongestText;
        } else if (take("?")) {
            least = 0;
        } else if (peek() == '{') {
            if (!bounds(least, most))
                return 1;
        } else {
            return 1;
        }
        if (!take("?"))
            take("+");
        return std::min(most, least + m_more);
    }

    bool bounds(std::size_t &least, std::size_t &most)
    {
        const std::size_t close = m_pattern.find('}', m_at);
        if (close == std::string_view::npos)
            return false;
        const std::string_view inside = m_pattern.substr(m_at + 1, close - m_at - 1);
        const char *end = inside.data() + inside.size();
        const auto first = std::from_chars(inside.data(), end, least);
        if (first.ec != std::errc())
            return false;
        most = least;
        if (first.ptr != end) {
            most = kLongestText;
            if (first.ptr + 1 != end && std::from_chars(first.ptr + 1, end, most).ec != std::errc())
                return false;
        }
        least = std::min(least, kLongestText + 1);
        most = std::min(most, kLongestText + 1);
        m_at = close + 1;
        return true;
    }

    std::string atom(int depth)
    {
        const char c = m_pattern[m_at++];
        switch (c) {
        case '^':
        case '$':
            return {};
        case '.':
            return pick(anyLetter());
        case '[':
            return pick(bracket());
        case '(':
            return group(depth);
        case '\\':
            return escape();
        case '*':
        case '+':
        case '?':
            return fail();
        default:
            return std::string(1, c);
        }
    }

    static CharacterClass anyLetter()
    {
        CharacterClass letters;
        letters.addAll(kLetters);
        return letters;
    }

    std::string group(int depth)
    {
        if (take("?:")) {
        } else if (take("?=") || take("?!") || take("?<=") || take("?<!")) {
            alternatives(depth + 1); // looked at, and nothing written
            return take(")") || m_failed ? std::string() : fail();
        } else if (take("?<") || take("?P<")) {
            const std::size_t close = m_pattern.find('>', m_at);
            if (close == std::string_view::npos)
                return fail();
            m_at = close + 1;
        } else if (peek() == '?') {
            return fail();
        }
        std::string out = alternatives(depth + 1);
        return take(")") ? out : fail();
    }

    std::string escape()
    {
        if (peek() == 'b' || peek() == 'B') {
            ++m_at;
            return {};
        }
        if (peek() >= '1' && peek() <= '9')
            return fail();
        CharacterClass chosen;
        if (escapedClass(chosen))
            return pick(chosen);
        const auto code = escapedCharacter();
        std::string out;
        if (!code)
            return fail();
        text::appendUtf8(out, *code);
        return out;
    }

    /// `\d`, `\w`, `\s`, `\p{…}` and their opposites, behind the backslash.
    bool escapedClass(CharacterClass &out)
    {
        const char c = peek();
        CharacterClass own;
        switch (c) {
        case 'd':
        case 'D':
            own.addAll(kDigits);
            break;
        case 'w':
        case 'W':
            own.addAll(kLetters);
            own.addAll(kDigits);
            own.ascii.set('_');
            break;
        case 's':
        case 'S':
            own.ascii.set(' ');
            break;
        case 'p':
        case 'P': {
            const std::size_t close = m_pattern.find('}', m_at);
            if (close == std::string_view::npos)
                return false;
            own.addAll(m_pattern.substr(m_at).starts_with("p{N") ? kDigits : kLetters);
            m_at = close;
            break;
        }
        default:
            return false;
        }
        ++m_at;
        const bool isOpposite = c >= 'A' && c <= 'Z';
        if (isOpposite)
            own = own.inverted();
        out.ascii |= own.ascii;
        return true;
    }

    std::optional<std::uint32_t> hexDigits(std::size_t count)
    {
        std::uint32_t code = 0;
        const std::string_view digits = m_pattern.substr(std::min(m_at, m_pattern.size()), count);
        const auto [end, error]
            = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
        if (error != std::errc() || end != digits.data() + count || code > 0xFFFF
            || (code >= 0xD800 && code < 0xE000))
            return std::nullopt;
        m_at += count;
        return code;
    }

    std::optional<std::uint32_t> escapedCharacter()
    {
        if (atEnd())
            return std::nullopt;
        const char c = m_pattern[m_at++];
        switch (c) {
        case 't':
            return '\t';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 'f':
            return '\f';
        case 'v':
            return '\v';
        case '0':
            return std::nullopt;
        case 'x':
            return hexDigits(2);
        case 'u':
            return hexDigits(4);
        default:
            return static_cast<unsigned char>(c) < 128
                       ? std::optional<std::uint32_t>(static_cast<unsigned char>(c))
                       : std::nullopt;
        }
    }

    /// One character of a class, as it is written there.
    std::optional<std::uint32_t> member()
    {
        if (take("\\"))
            return take("b") ? std::optional<std::uint32_t>('\b') : escapedCharacter();
        const auto lead = static_cast<unsigned char>(m_pattern[m_at++]);
        if (lead < 0x80)
            return lead;
        const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        std::uint32_t code = lead & (0x3FU >> more);
        for (std::size_t i = 0; i < more && !atEnd(); ++i)
            code = (code << 6U) | (static_cast<unsigned char>(m_pattern[m_at++]) & 0x3FU);
        return code;
    }

    CharacterClass bracket()
    {
        CharacterClass out;
        const bool isInverted = take("^");
        while (!atEnd() && peek() != ']') {
            if (m_pattern.substr(m_at).starts_with("\\")) {
                ++m_at;
                if (escapedClass(out))
                    continue;
                --m_at;
            }
            const auto from = member();
            auto to = from;
            const bool isRange
                = peek() == '-' && m_at + 1 < m_pattern.size() && m_pattern[m_at + 1] != ']';
            if (from && isRange) {
                ++m_at;
                to = member();
            }
            if (!from || !to) {
                fail();
                return out;
            }
            out.add(*from, *to);
        }
        if (!take("]"))
            fail();
        return isInverted ? out.inverted() : out;
    }

    std::string pick(const CharacterClass &from)
    {
        std::string out = from.pick(m_drawn++);
        return out.empty() ? fail() : out;
    }

    std::string_view m_pattern;
    std::size_t m_more;
    std::size_t m_variant;
    std::size_t m_drawn;
    std::size_t m_at = 0;
    bool m_failed = false;
};

} // namespace

std::optional<std::string> textOfPattern(std::string_view pattern, std::size_t more,
                                         std::size_t variant)
{
    constexpr std::size_t kLongestPattern = 2'000;
    if (pattern.size() > kLongestPattern)
        return std::nullopt;
    return PatternWriter(pattern, more, variant).run();
}

} // namespace understudy::formats::openapi
