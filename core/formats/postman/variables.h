// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/yaml/node.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace understudy::formats::postman {

/// The values that a collection gives to `{{name}}`.
class Variables
{
public:
    /// Of a collection: its `variable` list.
    explicit Variables(const yaml::Node &collection);

    /// With the values of those that have one; the others stay as they stand, and are remembered.
    /// Values that name each other are followed a few levels, and all that is put in has a bound.
    std::string filled(std::string_view text);

    const std::set<std::string> &unknown() const { return m_unknown; }

private:
    std::map<std::string, std::string, std::less<>> m_values;
    std::set<std::string> m_unknown;
    std::size_t m_filled = 0;
};

/// A `{{name}}` in a text.
struct Mention
{
    std::size_t from = std::string_view::npos;
    std::size_t end = 0; ///< behind the braces
    std::string_view name;

    bool exists() const { return from != std::string_view::npos; }
};
Mention findMention(std::string_view text, std::size_t from = 0);

} // namespace understudy::formats::postman
