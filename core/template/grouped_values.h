// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/json_value.h"

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace understudy::handlebars {

/// The values of each name, in the order in which the names came first: one, or a list where there
/// are several. A client may send as many as fit into a request.
class GroupedValues
{
public:
    void add(const std::string &name, JsonValue value);
    template<class Pairs>
    static JsonObject of(const Pairs &values)
    {
        GroupedValues out;
        for (const auto &[name, value] : values)
            out.add(name, value);
        return std::move(out).take();
    }
    JsonObject take() && { return JsonObject::of(std::move(m_members)); }

private:
    std::vector<JsonMember> m_members;
    std::unordered_map<std::string, std::size_t> m_places;
};

} // namespace understudy::handlebars
