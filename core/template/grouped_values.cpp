// SPDX-License-Identifier: Apache-2.0
#include "core/template/grouped_values.h"

namespace understudy::handlebars {

void GroupedValues::add(const std::string &name, JsonValue value)
{
    const auto [place, isNew] = m_places.try_emplace(name, m_members.size());
    if (isNew) {
        m_members.push_back({name, std::move(value)});
        return;
    }
    JsonValue &same = m_members[place->second].value;
    if (JsonArray *list = same.ifArray())
        list->push_back(std::move(value));
    else
        same = JsonArray{std::move(same), std::move(value)};
}

} // namespace understudy::handlebars
