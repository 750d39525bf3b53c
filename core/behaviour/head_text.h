// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy {

/// The head of an answer as text, line by line, for faults that change it. Faithful: lines that are
/// not touched stay as they are.
class HeadText
{
public:
    /// `head` from the status line to the empty line.
    explicit HeadText(std::string_view head);

    void setStatusLine(std::string line) { m_lines[0] = std::move(line); }
    /// Removes every field of that name, letter case ignored.
    void remove(std::string_view name);
    /// Adds a line as it is, without CR LF, at the end.
    void add(std::string line) { m_lines.push_back(std::move(line)); }
    /// Lets `edit` change the value of every field of that name.
    void edit(std::string_view name, const std::function<std::string(std::string_view)> &edit);

    /// With CR LF behind each line and the empty line at the end.
    std::string text() const;

private:
    std::vector<std::string> m_lines;
};

} // namespace understudy
