// SPDX-License-Identifier: Apache-2.0
#include "core/formats/bruno/bru_text.h"

#include "core/base/text.h"

#include <algorithm>
#include <optional>

namespace understudy::formats::bruno {

namespace {

constexpr std::string_view kTextMark = "'''";
constexpr std::size_t kShownLine = 60;

std::string_view outdented(std::string_view line)
{
    return line.starts_with("  ") ? line.substr(2) : line;
}

Error syntaxAt(const std::string &file, int line, int column, std::string message)
{
    return {ErrorCode::Syntax, std::move(message), {file, line, column}};
}

/// How a block begins: its name, and what ends it.
struct Opening
{
    std::string_view name;
    char end;
};

std::optional<Opening> openingOf(std::string_view line, bool isInner)
{
    line = text::trim(line);
    const bool isList = line.ends_with('[');
    if (!line.ends_with('{') && !isList)
        return std::nullopt;
    std::string_view name = text::trim(line.substr(0, line.size() - 1));
    const bool hasColon = name.ends_with(':');
    if (hasColon)
        name = text::trim(name.substr(0, name.size() - 1));
    // Outside of examples a name has no colon behind it, inside it has.
    if (hasColon != isInner || name.empty() || name.find_first_of(" \t\"'") != name.npos)
        return std::nullopt;
    return Opening{name, isList ? ']' : '}'};
}

int columnOf(const BruLine &line)
{
    return line.cut
           + static_cast<int>(std::min(line.text.find_first_not_of(" \t"), line.text.size())) + 1;
}

/// Reads lines one after the other.
class LineReader
{
public:
    LineReader(const std::vector<BruLine> &lines, const std::string &file)
        : m_lines(lines)
        , m_file(file)
    {}

    Result<BruLevel> level(bool isInner)
    {
        BruLevel out;
        while (m_at < m_lines.size()) {
            const BruLine &line = m_lines[m_at];
            if (text::trim(line.text).empty()) {
                ++m_at;
            } else if (const auto opening = openingOf(line.text, isInner)) {
                auto read = block(*opening);
                if (!read)
                    return read.error();
                out.blocks.push_back(*std::move(read));
            } else if (isInner) {
                auto read = pair();
                if (!read)
                    return read.error();
                if (*read)
                    out.pairs.push_back(**std::move(read));
            } else {
                return syntaxAt(
                    m_file, line.number, columnOf(line),
                    "a block is expected here, as 'get {' is, not "
                        + text::inQuotes(text::shortened(text::trim(line.text), kShownLine)));
            }
        }
        return out;
    }

    Result<std::vector<BruPair>> pairs()
    {
        std::vector<BruPair> out;
        while (m_at < m_lines.size()) {
            if (text::trim(m_lines[m_at].text).empty()) {
                ++m_at;
                continue;
            }
            auto read = pair();
            if (!read)
                return read.error();
            if (*read)
                out.push_back(**std::move(read));
        }
        return out;
    }

private:
    Result<BruBlock> block(const Opening &opening)
    {
        const BruLine &first = m_lines[m_at++];
        BruBlock out{std::string(opening.name), {first.number, columnOf(first)}, {}};
        for (; m_at < m_lines.size(); ++m_at) {
            if (m_lines[m_at].text.starts_with(opening.end)) {
                ++m_at;
                return out;
            }
            const BruLine &line = m_lines[m_at];
            const std::string_view inner = outdented(line.text);
            out.lines.push_back(
                {inner, line.number, line.cut + static_cast<int>(line.text.size() - inner.size())});
        }
        return syntaxAt(m_file, out.at.line, out.at.column,
                        "the block " + text::inQuotes(out.name)
                            + " that begins here has no end: a line that begins with "
                            + text::inQuotes(std::string(1, opening.end))
                            + "; is the end of the file missing?");
    }

    /// Nothing for an annotation, which stands in front of a pair and says something about it.
    Result<std::optional<BruPair>> pair()
    {
        const BruLine &line = m_lines[m_at++];
        std::string_view rest = text::trim(line.text);
        BruPair out;
        out.at = {line.number, columnOf(line)};
        if (isAnnotation(rest)) {
            skipText(rest);
            return std::optional<BruPair>();
        }
        if (rest.starts_with('~')) {
            out.isEnabled = false;
            rest.remove_prefix(1);
        }
        if (!takeName(rest, out.name))
            return syntaxAt(
                m_file, line.number, out.at.column,
                "'name: value' is expected here, not "
                    + text::inQuotes(text::shortened(text::trim(line.text), kShownLine)));
        rest = text::trim(rest);
        if (rest == "[")
            out.value = list();
        else if (rest.starts_with(kTextMark))
            out.value = longText(rest.substr(kTextMark.size()));
        else
            out.value = rest;
        return std::optional(std::move(out));
    }

    /// `@description('…')` on a line of its own.
    static bool isAnnotation(std::string_view line)
    {
        if (!line.starts_with('@'))
            return false;
        const std::size_t end = line.find_first_of("(: \t");
        return end == std::string_view::npos || line[end] == '(';
    }

    /// An argument of several lines.
    void skipText(std::string_view line)
    {
        const std::size_t begin = line.find(kTextMark);
        if (begin != std::string_view::npos
            && line.find(kTextMark, begin + kTextMark.size()) == std::string_view::npos)
            longText({});
    }

    /// The name, and the colon behind it.
    static bool takeName(std::string_view &rest, std::string &name)
    {
        if (rest.starts_with('"')) {
            std::size_t at = 1;
            for (; at < rest.size() && rest[at] != '"'; ++at) {
                if (rest[at] == '\\' && at + 1 < rest.size() && rest[at + 1] == '"')
                    ++at;
                name += rest[at];
            }
            rest.remove_prefix(std::min(at + 1, rest.size()));
            rest = text::trim(rest);
            if (!rest.starts_with(':'))
                return false;
            rest.remove_prefix(1);
            return true;
        }
        const std::size_t colon = rest.find(':');
        if (colon == std::string_view::npos)
            return false;
        name = text::trim(rest.substr(0, colon));
        rest.remove_prefix(colon + 1);
        return true;
    }

    /// From behind the three quotes on; an end that is missing is that of the block.
    std::string longText(std::string_view first)
    {
        if (const std::size_t end = first.find(kTextMark); end != std::string_view::npos)
            return std::string(first.substr(0, end));
        std::string out(text::trim(first));
        while (m_at < m_lines.size()) {
            const std::string_view line = m_lines[m_at++].text;
            const std::size_t end = line.find(kTextMark);
            const std::string_view part = outdented(line.substr(0, end));
            if (end == std::string_view::npos || !text::trim(part).empty())
                out.append(out.empty() ? "" : "\n").append(part);
            if (end != std::string_view::npos)
                break;
        }
        return out;
    }

    std::string list()
    {
        std::string out;
        while (m_at < m_lines.size()) {
            const std::string_view line = text::trim(m_lines[m_at++].text);
            if (line == "]")
                break;
            out.append(out.empty() || line.empty() ? "" : ", ").append(line);
        }
        return out;
    }

    const std::vector<BruLine> &m_lines;
    const std::string &m_file;
    std::size_t m_at = 0;
};

} // namespace

const BruBlock *BruLevel::find(std::string_view name) const
{
    const auto found = std::find_if(blocks.begin(), blocks.end(),
                                    [&](const BruBlock &block) { return block.name == name; });
    return found == blocks.end() ? nullptr : &*found;
}

std::string BruLevel::valueOf(std::string_view name) const
{
    const auto found = std::find_if(pairs.begin(), pairs.end(),
                                    [&](const BruPair &pair) { return pair.name == name; });
    return found == pairs.end() ? std::string() : found->value;
}

Result<BruLevel> readBru(std::string_view text, const std::string &file)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    std::vector<BruLine> lines;
    for (std::string_view line : text::split(text, '\n')) {
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines.push_back({line, static_cast<int>(lines.size()) + 1});
    }
    return LineReader(lines, file).level(false);
}

Result<BruLevel> readLevel(const std::vector<BruLine> &lines, const std::string &file)
{
    return LineReader(lines, file).level(true);
}

Result<std::vector<BruPair>> readPairs(const BruBlock &block, const std::string &file)
{
    return LineReader(block.lines, file).pairs();
}

std::string blockText(const BruBlock &block)
{
    std::string out;
    for (std::size_t i = 0; i < block.lines.size(); ++i)
        out.append(i == 0 ? "" : "\n").append(block.lines[i].text);
    // The grammar leaves out empty lines at the beginning.
    out.erase(0, std::min(out.find_first_not_of('\n'), out.size()));
    return out;
}

} // namespace understudy::formats::bruno
