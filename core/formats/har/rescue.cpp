// SPDX-License-Identifier: Apache-2.0
#include "core/formats/har/rescue.h"

#include "core/base/json_value.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/yaml/parse.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace understudy::formats::har {

namespace {

constexpr yaml::Bounds kEntryBounds{.bytes = std::size_t{256} * 1024 * 1024,
                                    .values = 4'000'000,
                                    .depth = static_cast<int>(JsonValue::kMaxDepth) - 4};

struct Span
{
    std::size_t from = 0;
    std::size_t end = 0;
};

class EntryScan
{
public:
    explicit EntryScan(std::string_view text)
        : m_text(text)
        , m_budget(16 * text.size() + 100'000)
    {}

    std::vector<Span> run()
    {
        std::vector<Span> found;
        std::size_t at = begin();
        while (at < m_text.size() && m_budget > 0) {
            at = m_text.find('{', at);
            if (at == std::string_view::npos)
                break;
            const std::size_t end = startsItem(at) ? objectEnd(at) : at;
            if (end > at && isEntry(m_text.substr(at, end - at))) {
                found.push_back({at, end});
                at = end;
            } else {
                ++at;
            }
        }
        return found;
    }

private:
    /// Behind the bracket of `"entries": [`, or the beginning where there is none.
    std::size_t begin() const
    {
        const std::size_t key = m_text.find("\"entries\"");
        const std::size_t open = key == std::string_view::npos ? key : m_text.find('[', key);
        return open == std::string_view::npos ? 0 : open;
    }

    /// It stands in a list, as far as one can tell.
    bool startsItem(std::size_t at) const
    {
        const std::size_t before
            = at == 0 ? std::string_view::npos : m_text.find_last_not_of(" \t\r\n", at - 1);
        return before == std::string_view::npos || m_text[before] == ',' || m_text[before] == '['
               || m_text[before] == '}';
    }

    /// Behind the brace that closes the one at `from`; 0 where something comes before that cannot
    /// stand in JSON.
    std::size_t objectEnd(std::size_t from)
    {
        constexpr std::string_view outside = "{}[],:\"0123456789+-.eEtrufalsn \t\r\n";
        std::size_t depth = 0;
        for (std::size_t at = from; at < m_text.size() && m_budget > 0; ++at, --m_budget) {
            const char c = m_text[at];
            if (c == '"') {
                at = stringEnd(at);
                if (at == 0)
                    return 0;
            } else if (c == '{') {
                ++depth;
            } else if (c == '}') {
                if (--depth == 0)
                    return at + 1;
            } else if (outside.find(c) == std::string_view::npos) {
                return 0;
            }
        }
        return 0;
    }

    /// The quote that closes the one at `from`, or 0.
    std::size_t stringEnd(std::size_t from)
    {
        for (std::size_t at = from + 1; at < m_text.size() && m_budget > 0; ++at, --m_budget) {
            const char c = m_text[at];
            if (c == '"')
                return at;
            if (static_cast<unsigned char>(c) < 0x20)
                return 0;
            if (c == '\\')
                ++at;
        }
        return 0;
    }

    /// Only what can be one is parsed.
    bool isEntry(std::string_view text)
    {
        if (text.find("\"request\"") == std::string_view::npos
            || text.find("\"response\"") == std::string_view::npos)
            return false;
        m_budget -= std::min(m_budget, text.size());
        const auto tree = yaml::parse(text, {}, kEntryBounds);
        return tree && recorded::mapOf(&*tree, "request") && recorded::mapOf(&*tree, "response");
    }

    std::string_view m_text;
    std::size_t m_budget; ///< steps that are left: nested beginnings are looked at again
};

/// Where a mark of the list can be put: in what is left out, but no line break.
std::optional<std::size_t> roomFor(std::string_view text, std::size_t from, std::size_t end)
{
    for (std::size_t at = end; at > from; --at) {
        if (text[at - 1] != '\n')
            return at - 1;
    }
    return std::nullopt;
}

/// Blanks for characters, so that lines and columns stay.
void appendBlanked(std::string &out, std::string_view text, std::optional<std::size_t> room,
                   char mark)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (room == i)
            out += mark;
        else if (text[i] == '\n')
            out += '\n';
        else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U)
            out += ' ';
    }
}

} // namespace

Rescued rescueEntries(std::string_view text)
{
    Rescued out;
    std::size_t done = 0;
    for (const Span &span : EntryScan(text).run()) {
        const bool isFirst = out.entries == 0;
        const std::string_view between = text.substr(done, span.from - done);
        const auto room = roomFor(between, 0, between.size());
        if (!isFirst && !room)
            continue;
        if (!room)
            out.text = "[";
        appendBlanked(out.text, between, room, isFirst ? '[' : ',');
        out.text += text.substr(span.from, span.end - span.from);
        done = span.end;
        ++out.entries;
    }
    if (out.entries > 0)
        out.text += ']';
    return out;
}

} // namespace understudy::formats::har
