// SPDX-License-Identifier: Apache-2.0
#include "core/behaviour/head_text.h"

#include "core/base/text.h"

namespace understudy {

namespace {

bool isField(std::string_view line, std::string_view name)
{
    const std::size_t colon = line.find(':');
    return colon != std::string_view::npos
           && text::equalsIgnoreCase(text::trim(line.substr(0, colon)), name);
}

} // namespace

HeadText::HeadText(std::string_view head)
{
    while (!head.empty()) {
        const std::size_t end = head.find("\r\n");
        const std::string_view line = head.substr(0, end);
        head = end == std::string_view::npos ? std::string_view{} : head.substr(end + 2);
        if (!line.empty())
            m_lines.emplace_back(line);
    }
    if (m_lines.empty())
        m_lines.emplace_back();
}

void HeadText::remove(std::string_view name)
{
    for (std::size_t i = m_lines.size(); i-- > 1;) {
        if (isField(m_lines[i], name))
            m_lines.erase(m_lines.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

void HeadText::edit(std::string_view name, const std::function<std::string(std::string_view)> &edit)
{
    for (std::size_t i = 1; i < m_lines.size(); ++i) {
        if (!isField(m_lines[i], name))
            continue;
        const std::size_t colon = m_lines[i].find(':');
        const std::string value = edit(text::trim(std::string_view(m_lines[i]).substr(colon + 1)));
        m_lines[i] = m_lines[i].substr(0, colon) + ": " + value;
    }
}

std::string HeadText::text() const
{
    std::string out;
    for (const std::string &line : m_lines)
        out.append(line).append("\r\n");
    return out.append("\r\n");
}

} // namespace understudy
