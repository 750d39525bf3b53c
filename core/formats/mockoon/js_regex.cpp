// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/lookup.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace understudy::formats::mockoon {

namespace {

bool isHexDigits(std::string_view text, std::size_t count)
{
    return text.size() >= count
           && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(count),
                          [](char c) {
                              return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')
                                     || (c >= 'A' && c <= 'F');
                          });
}

/// Rewrites an expression of JavaScript without flags (ECMA-262, section 22.2 and annex B.1.2) for
/// PCRE2, where both read the same text differently.
class JavaScriptRegex
{
public:
    explicit JavaScriptRegex(std::string_view text)
        : m_text(text)
    {}

    std::string run()
    {
        while (m_at < m_text.size()) {
            if (m_text[m_at] == '\\')
                escape();
            else if (m_inClass)
                classCharacter();
            else
                character();
        }
        return std::move(m_out);
    }

private:
    std::string_view rest(std::size_t from = 0) const
    {
        return m_text.substr(std::min(m_at + from, m_text.size()));
    }

    void put(std::string_view text, std::size_t taken)
    {
        m_out += text;
        m_at += taken;
    }

    void character()
    {
        const char c = m_text[m_at];
        if (rest().starts_with("[^]"))
            return put("[\\s\\S]", 3);
        if (rest().starts_with("[]"))
            return put("(?!)", 2);
        if (c == '[') {
            m_inClass = true;
            m_behindSet = false;
            return put(rest().starts_with("[^") ? "[^" : "[", rest().starts_with("[^") ? 2 : 1);
        }
        // The end is the end, not the place before a last line break.
        if (c == '$')
            return put("\\z", 1);
        if (c == '.')
            return put("[^\\n\\r\\x{2028}\\x{2029}]", 1);
        put(m_text.substr(m_at, 1), 1);
    }

    void classCharacter()
    {
        const char c = m_text[m_at];
        if (c == ']')
            m_inClass = false;
        // `[\w-a]`: no range begins at a set, the hyphen is one. `[` and `&&` mean nothing.
        const bool isPlain = c == '[' || (c == '-' && (m_behindSet || beforeSet()));
        m_behindSet = false;
        put((isPlain ? "\\" : "") + std::string(1, c), 1);
    }

    bool beforeSet() const
    {
        return rest(1).size() > 1 && rest(1)[0] == '\\'
               && std::string_view("dDwWsS").find(rest(1)[1]) != std::string_view::npos;
    }

    std::optional<std::uint32_t> unit(std::size_t from) const
    {
        const std::string_view text = rest(from);
        if (!text.starts_with("\\u") || !isHexDigits(text.substr(2), 4))
            return std::nullopt;
        std::uint32_t value = 0;
        std::from_chars(text.data() + 2, text.data() + 6, value, 16);
        return value;
    }

    void putCharacter(std::uint32_t code, std::size_t taken)
    {
        std::array<char, 16> buffer{};
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), code, 16);
        put("\\x{" + std::string(buffer.data(), end.ptr) + '}', taken);
    }

    void escape()
    {
        const bool wasSet = m_behindSet;
        m_behindSet = false;
        if (m_at + 1 >= m_text.size())
            return put("\\", 1); // broken in both
        const char c = m_text[m_at + 1];
        if (const auto high = unit(0)) {
            const auto low = unit(6);
            if (*high >= 0xD800 && *high < 0xDC00 && low && *low >= 0xDC00 && *low < 0xE000)
                return putCharacter(0x10000 + ((*high - 0xD800) << 10U) + (*low - 0xDC00), 12);
            return putCharacter(*high, 6);
        }
        if (c == 'x' && isHexDigits(rest(2), 2))
            return put(rest().substr(0, 4), 4);
        if (c == 'c' && !rest(2).empty())
            return put(rest().substr(0, 3), 3);
        // Digits and words are ASCII's.
        if (c == 'd' || c == 'w') {
            m_behindSet = m_inClass;
            const std::string_view set = c == 'd' ? "0-9" : "A-Za-z0-9_";
            return put(m_inClass ? std::string(set) : '[' + std::string(set) + ']', 2);
        }
        if ((c == 'D' || c == 'W') && !m_inClass)
            return put(c == 'D' ? "[^0-9]" : "[^A-Za-z0-9_]", 2);
        if (std::string_view("DWsS").find(c) != std::string_view::npos) {
            m_behindSet = m_inClass;
            return put(rest().substr(0, 2), 2);
        }
        if (c == 'v')
            return put("\\x0b", 2);
        if (c == '0')
            return put("\\x00", 2);
        if (c == 'B' && m_inClass)
            return put("B", 2);
        const bool isMeant = std::string_view("bBfnrtk123456789").find(c) != std::string_view::npos;
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        // A letter without a meaning stands for itself; to PCRE2 it may have one, or be an error.
        if (isLetter && !isMeant)
            return put(std::string(1, c), 2);
        m_behindSet = wasSet && c == '-' ? false : m_behindSet;
        put(rest().substr(0, 2), 2);
    }

    std::string_view m_text;
    std::string m_out;
    std::size_t m_at = 0;
    bool m_inClass = false;
    bool m_behindSet = false; ///< in a class, directly behind \w and its like
};

} // namespace

std::string toPcre(std::string_view regex, bool ignoreCase)
{
    return (ignoreCase ? "(?i)" : "") + JavaScriptRegex(regex).run();
}

std::optional<double> javaScriptNumber(std::string_view text)
{
    double value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    // ECMA-262, section 6.1.6.1.20, from the shortest digits.
    std::array<char, 64> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                       std::chars_format::scientific);
    std::string_view shortest(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
    std::string out;
    if (shortest.starts_with('-')) {
        out = "-";
        shortest.remove_prefix(1);
    }
    const std::size_t e = shortest.find('e');
    if (e == std::string_view::npos)
        return std::nullopt; // infinite
    std::string digits(1, shortest[0]);
    if (e > 2)
        digits += shortest.substr(2, e - 2);
    const bool isSmall = shortest[e + 1] == '-';
    int exponent = 0;
    std::from_chars(shortest.data() + e + 2, shortest.data() + shortest.size(), exponent);
    const int point = (isSmall ? -exponent : exponent) + 1;
    const int count = static_cast<int>(digits.size());
    if (value == 0)
        out = "0";
    else if (count <= point && point <= 21)
        out += digits + std::string(static_cast<std::size_t>(point - count), '0');
    else if (0 < point && point <= 21)
        out += digits.substr(0, static_cast<std::size_t>(point)) + '.'
               + digits.substr(static_cast<std::size_t>(point));
    else if (-6 < point && point <= 0)
        out += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    else
        out += digits.substr(0, 1) + (count > 1 ? "." + digits.substr(1) : std::string())
               + (point > 0 ? "e+" : "e-") + std::to_string(point > 0 ? point - 1 : 1 - point);
    return out == text ? std::optional(value) : std::nullopt;
}

bool looksLikeNumber(std::string_view text)
{
    double value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    return !text.empty() && ec == std::errc{} && end == text.data() + text.size();
}

} // namespace understudy::formats::mockoon
