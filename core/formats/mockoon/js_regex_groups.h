// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::formats::mockoon {

/// What a regular expression says before it is read: how many groups it has and how they are
/// called. A number or a name means one thing where there is such a group, and another where not.
class GroupCensus
{
public:
    std::size_t count = 0;
    std::vector<std::pair<std::string_view, std::size_t>> names;

    explicit GroupCensus(std::string_view text)
    {
        bool inClass = false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\\')
                ++i;
            else if (inClass)
                inClass = text[i] != ']';
            else if (text[i] == '[')
                inClass = true;
            else if (text[i] == '(')
                open(text.substr(i + 1));
        }
    }

    std::optional<std::size_t> numberOf(std::string_view name) const
    {
        for (const auto &[its, number] : names) {
            if (its == name)
                return number;
        }
        return std::nullopt;
    }

private:
    void open(std::string_view behind)
    {
        const bool isNamed
            = behind.starts_with("?<") && !behind.starts_with("?<=") && !behind.starts_with("?<!");
        if (behind.starts_with('?') && !isNamed)
            return;
        ++count;
        if (isNamed)
            names.emplace_back(behind.substr(2, behind.find('>') - 2), count);
    }
};

} // namespace understudy::formats::mockoon
