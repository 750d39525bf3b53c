// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace understudy::formats::native {

/// A text by lines, counted as libyaml counts them: CR, LF, CR LF, NEL and the two separators of
/// Unicode end a line. Lines and columns begin at 1; each line keeps its end. Views into the text,
/// which must outlive it.
class Lines
{
public:
    explicit Lines(std::string_view text);

    int count() const { return static_cast<int>(m_lines.size()); }
    std::string_view at(int line) const;
    /// The lines `first` to `last`, both included; empty if there are none.
    std::string_view text(int first, int last) const;
    /// From the character at `column` to the end of `last`.
    std::string_view from(int line, int column, int last) const;
    /// What stands before the character at `column`.
    std::string_view before(int line, int column) const;
    bool isBlank(int line) const;
    bool isComment(int line) const;
    /// How many lines directly above `line`, none of them above `lowest`, hold nothing but a
    /// comment.
    int commentsAbove(int line, int lowest) const;
    /// How the file ends its lines.
    std::string_view lineEnd() const { return m_lineEnd; }

private:
    std::string_view m_text;
    std::vector<std::string_view> m_lines;
    std::string_view m_lineEnd = "\n";
};

/// `text` with a line end, unless it is empty or has one.
void endLine(std::string &text, std::string_view lineEnd);

} // namespace understudy::formats::native
