// SPDX-License-Identifier: Apache-2.0
#include "core/traffic/filter.h"

#include "core/traffic/filter_node.h"

#include <algorithm>

namespace understudy {

bool TrafficFilter::Node::holds(const Exchange &exchange, const FilterContext &context) const
{
    const auto childHolds = [&](const auto &child) { return child->holds(exchange, context); };
    switch (kind) {
    case Kind::Term:
        return test(exchange, context);
    case Kind::All:
        return std::all_of(children.begin(), children.end(), childHolds);
    case Kind::Any:
        return std::any_of(children.begin(), children.end(), childHolds);
    case Kind::Not:
        return !children.front()->holds(exchange, context);
    }
    return false;
}

TrafficFilter::TrafficFilter() = default;

bool TrafficFilter::matches(const JournalEntry &entry, const FilterContext &context) const
{
    return !m_root || (entry.exchange && m_root->holds(*entry.exchange, context));
}

bool TrafficFilter::isEmpty() const { return !m_root; }

bool TrafficFilter::readsBodies() const { return m_root && m_root->readsBodies; }

bool TrafficFilter::readsClock() const { return m_root && m_root->readsClock; }

} // namespace understudy
