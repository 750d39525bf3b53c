// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/formats/yaml/node.h"

#include <boost/json/object.hpp>

#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace understudy::formats::mockoon {

/// Where the rules of responses begin in a text, in its order; values do not tell.
std::vector<yaml::Mark> marksOfRules(std::string_view text);

/// The rules of responses in a value, in its order.
std::vector<const boost::json::object *> rulesIn(const boost::json::value &value);

/// The place of each rule of an environment.
class RulePlaces
{
public:
    RulePlaces() = default;
    /// Nothing is known where the text has another number of rules (a key that stands twice, say).
    /// The environment must outlive this, and not change.
    RulePlaces(const boost::json::object &environment, std::span<const yaml::Mark> marks);

    /// Zeros for one that is not known.
    yaml::Mark of(const boost::json::object &rule) const;

private:
    std::unordered_map<const boost::json::object *, yaml::Mark> m_marks;
};

} // namespace understudy::formats::mockoon
