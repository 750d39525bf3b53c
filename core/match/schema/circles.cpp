// SPDX-License-Identifier: Apache-2.0
#include "core/match/schema/circles.h"

namespace understudy::json_schema {

namespace {

/// The schemas that a node asks about the value it is asked about itself.
std::vector<NodeId> onTheSameValue(const Node &node)
{
    std::vector<NodeId> out = node.allOf;
    out.insert(out.end(), node.anyOf.begin(), node.anyOf.end());
    out.insert(out.end(), node.oneOf.begin(), node.oneOf.end());
    for (const auto &[name, id] : node.dependentSchemas)
        out.push_back(id);
    for (const NodeId id :
         {node.denied, node.condition, node.then, node.otherwise, node.reference}) {
        if (id != kNone)
            out.push_back(id);
    }
    return out;
}

} // namespace

bool hasCircle(const Schema &schema)
{
    enum State : unsigned char { New, Open, Done };
    std::vector<State> states(schema.nodes.size(), New);
    // A way of one's own instead of a recursion: it may be long.
    std::vector<std::pair<NodeId, std::size_t>> way;
    for (NodeId start = 0; start < schema.nodes.size(); ++start) {
        if (states[start] != New)
            continue;
        way.emplace_back(start, 0);
        states[start] = Open;
        while (!way.empty()) {
            auto &[id, next] = way.back();
            const std::vector<NodeId> same = onTheSameValue(schema.nodes[id]);
            if (next == same.size()) {
                states[id] = Done;
                way.pop_back();
                continue;
            }
            const NodeId child = same[next++];
            if (states[child] == Open)
                return true;
            if (states[child] == New) {
                states[child] = Open;
                way.emplace_back(child, 0);
            }
        }
    }
    return false;
}

} // namespace understudy::json_schema
