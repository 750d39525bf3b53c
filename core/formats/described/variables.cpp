// SPDX-License-Identifier: Apache-2.0
#include "core/formats/described/variables.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"

namespace understudy::formats::described {

namespace {

constexpr int kMaxLevels = 8; ///< of values that name others
/// Of all values that are put in, so that a small file cannot stand for a large one.
constexpr std::size_t kMaxFilled = std::size_t{32} * 1024 * 1024;
constexpr std::size_t kMaxName = 200;

} // namespace

Mention findMention(std::string_view text, std::size_t from)
{
    for (std::size_t open = text.find("{{", from); open != std::string_view::npos;
         open = text.find("{{", open + 1)) {
        const std::string_view rest = text.substr(open + 2, kMaxName + 2);
        const std::size_t stop = rest.find_first_of("{}\r\n");
        if (stop == std::string_view::npos || stop == 0 || rest.substr(stop, 2) != "}}")
            continue;
        const std::string_view name = text::trim(rest.substr(0, stop));
        if (!name.empty())
            return {open, open + stop + 4, name};
    }
    return {};
}

void Variables::set(const std::string &name, std::string value)
{
    if (name.empty() || value.empty())
        return;
    if (!m_replaced.empty()) {
        auto old = m_values.find(name);
        m_replaced.back().emplace_back(
            name, old == m_values.end() ? std::nullopt : std::optional(std::move(old->second)));
    }
    m_values[name] = std::move(value);
}

void Variables::leave()
{
    auto &replaced = m_replaced.back();
    for (auto each = replaced.rbegin(); each != replaced.rend(); ++each) {
        if (each->second)
            m_values[each->first] = *std::move(each->second);
        else
            m_values.erase(each->first);
    }
    m_replaced.pop_back();
}

std::string Variables::filled(std::string_view text)
{
    std::string out(text);
    for (int level = 0; level < kMaxLevels; ++level) {
        std::string next;
        std::size_t done = 0;
        bool isChanged = false;
        for (Mention m = findMention(out); m.exists(); m = findMention(out, m.end)) {
            const auto value = m_values.find(m.name);
            if (value == m_values.end() || m_filled + value->second.size() > kMaxFilled) {
                m_unknown.emplace(recorded::oneLine(std::string(m.name)));
                continue;
            }
            m_filled += value->second.size();
            next.append(out, done, m.from - done).append(value->second);
            done = m.end;
            isChanged = true;
        }
        if (!isChanged)
            break;
        next.append(out, done);
        out = std::move(next);
    }
    return out;
}

} // namespace understudy::formats::described
