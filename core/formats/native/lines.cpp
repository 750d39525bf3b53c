// SPDX-License-Identifier: Apache-2.0
#include "core/formats/native/lines.h"

#include <algorithm>

namespace understudy::formats::native {

namespace {

/// Length of the line break at `at`, 0 if there is none.
std::size_t breakLength(std::string_view text, std::size_t at)
{
    const std::string_view rest = text.substr(at, 3);
    if (rest.starts_with("\r\n") || rest.starts_with("\xc2\x85"))
        return 2;
    if (rest.starts_with('\n') || rest.starts_with('\r'))
        return 1;
    if (rest == "\xe2\x80\xa8" || rest == "\xe2\x80\xa9")
        return 3;
    return 0;
}

std::string_view withoutBlanks(std::string_view line)
{
    const std::size_t at = line.find_first_not_of(" \t");
    return at == std::string_view::npos ? std::string_view() : line.substr(at);
}

} // namespace

Lines::Lines(std::string_view text)
    : m_text(text)
{
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = breakLength(text, i);
        i += length > 0 ? length : 1;
        if (length > 0) {
            m_lines.push_back(text.substr(start, i - start));
            start = i;
        }
    }
    if (start < text.size())
        m_lines.push_back(text.substr(start));
    if (!m_lines.empty() && m_lines.front().ends_with("\r\n"))
        m_lineEnd = "\r\n";
}

std::string_view Lines::at(int line) const
{
    return line >= 1 && line <= count() ? m_lines[static_cast<std::size_t>(line) - 1]
                                        : std::string_view();
}

std::string_view Lines::text(int first, int last) const
{
    if (first < 1 || first > last || first > count())
        return {};
    const std::string_view end = at(std::min(last, count()));
    const char *begin = at(first).data();
    return {begin, static_cast<std::size_t>(end.data() + end.size() - begin)};
}

std::string_view Lines::before(int line, int column) const
{
    const std::string_view whole = at(line);
    std::size_t byte = 0;
    for (int c = 1; c < column && byte < whole.size(); ++c) {
        ++byte;
        while (byte < whole.size() && (static_cast<unsigned char>(whole[byte]) & 0xc0) == 0x80)
            ++byte;
    }
    return whole.substr(0, byte);
}

std::string_view Lines::from(int line, int column, int last) const
{
    std::string_view whole = text(line, last);
    whole.remove_prefix(std::min(whole.size(), before(line, column).size()));
    return whole;
}

bool Lines::isBlank(int line) const
{
    const std::string_view rest = withoutBlanks(at(line));
    return rest.empty() || breakLength(rest, 0) == rest.size();
}

bool Lines::isComment(int line) const { return withoutBlanks(at(line)).starts_with('#'); }

int Lines::commentsAbove(int line, int lowest) const
{
    int found = 0;
    while (line - found - 1 >= lowest && isComment(line - found - 1))
        ++found;
    return found;
}

void endLine(std::string &text, std::string_view lineEnd)
{
    if (!text.empty() && text.back() != '\n' && text.back() != '\r')
        text += lineEnd;
}

} // namespace understudy::formats::native
