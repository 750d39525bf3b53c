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
         {node.denied, node.condition, node.then, node.otherwise, node.dynamicReference}) {
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
    struct Step
    {
        NodeId id;
        std::vector<NodeId> same;
        std::size_t next = 0;
    };
    std::vector<Step> way;
    const auto enter = [&](NodeId id) {
        states[id] = Open;
        way.push_back({id, onTheSameValue(schema.nodes[id])});
    };
    for (NodeId start = 0; start < schema.nodes.size(); ++start) {
        if (states[start] != New)
            continue;
        enter(start);
        while (!way.empty()) {
            Step &step = way.back();
            if (step.next == step.same.size()) {
                states[step.id] = Done;
                way.pop_back();
                continue;
            }
            const NodeId child = step.same[step.next++];
            if (states[child] == Open)
                return true;
            if (states[child] == New)
                enter(child);
        }
    }
    return false;
}

} // namespace understudy::json_schema
