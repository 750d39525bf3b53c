// SPDX-License-Identifier: Apache-2.0
#include "core/formats/native/place.h"

#include "core/base/text.h"

#include <charconv>

namespace understudy::formats::native {

namespace {

/// The node that a part of a field's path leads to, and its key where it has one.
struct Step
{
    const Node *node = nullptr;
    const Node::Key *key = nullptr;
};

Step step(const Node &from, std::string_view part)
{
    if (from.isList()) {
        std::size_t index = 0;
        const auto [end, ec] = std::from_chars(part.data(), part.data() + part.size(), index);
        const bool isIndex = ec == std::errc{} && end == part.data() + part.size();
        if (isIndex && index < from.items.size())
            return {&from.items[index], nullptr};
        return {};
    }
    for (std::size_t i = 0; i < from.keys.size(); ++i) {
        if (from.keys[i].text == part)
            return {&from.items[i], &from.keys[i]};
    }
    return {};
}

/// Counts the keys `name` at and below a node; `found` is the value of the last one.
int countKeys(const Node &node, std::string_view name, const Node *&found)
{
    int count = 0;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (node.isMap() && node.keys[i].text == name) {
            found = &node.items[i];
            ++count;
        }
        count += countKeys(node.items[i], name, found);
    }
    return count;
}

} // namespace

const Node &nodeAt(const Node &object, std::string_view field)
{
    const std::size_t colon = field.find(':');
    const Node *node = &object;
    for (const std::string_view part : text::split(field.substr(0, colon), '.')) {
        if (const Step next = step(*node, part); next.node)
            node = next.node;
    }
    const Node *below = nullptr;
    if (colon != std::string_view::npos && countKeys(*node, field.substr(colon + 1), below) == 1)
        node = below;
    return *node;
}

void placeFinding(Reader &reader, const Node &object, std::string_view field,
                  std::string_view message)
{
    Step at{&object, nullptr};
    for (const std::string_view part : text::split(field, '.')) {
        const bool inFaults = at.key && at.key->text == "faults" && at.node->isList();
        const Step next = step(*at.node, part);
        if (!next.node)
            continue;
        at = next;
        if (!inFaults)
            continue;
        // Of a fault whose kind is not known nothing else can be said.
        const Node *kind = at.node->find("kind");
        if (!kind || reader.hasProblemIn(*kind))
            return;
    }
    const bool known = reader.hasProblemIn(*at.node) || (at.key && reader.hasProblemAt(at.key->at));
    if (!known)
        reader.error(at.node->start, std::string(message));
}

} // namespace understudy::formats::native
