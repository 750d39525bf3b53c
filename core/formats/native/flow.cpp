// SPDX-License-Identifier: Apache-2.0
#include "core/formats/native/flow.h"

#include "core/formats/yaml/emit.h"

#include <algorithm>
#include <vector>

namespace understudy::formats::native {

using yaml::Mark;
using yaml::Node;

namespace {

/// A longer line is better read as a block, unless it was that long before.
constexpr std::size_t kLongestFlow = 120;

const char *placeOf(const Lines &lines, Mark at)
{
    return lines.at(at.line).data() + lines.before(at.line, at.column).size();
}

/// A value as it stands between brackets, where more texts need quotes than elsewhere.
std::string insideFlow(const Node &value)
{
    Node list = Node::list();
    list.flow = true;
    list.items.push_back(flowed(value));
    const std::string text = yaml::emit(list);
    return text.substr(1, text.size() - 3); // without the brackets and the line break
}

struct FlowEdit
{
    const char *begin;
    const char *end;
    std::string text;
};

/// The values that change; false where more than values does.
bool collectEdits(const Lines &lines, const Change &change, std::vector<FlowEdit> &out)
{
    const Node &old = *change.old;
    if (change.kind == Change::Kind::Keep)
        return true;
    if (change.kind == Change::Kind::Inner) {
        if (change.parts.size() != old.items.size())
            return false;
        for (std::size_t i = 0; i < change.parts.size(); ++i) {
            if (change.parts[i].oldIndex != i || !collectEdits(lines, change.parts[i].change, out))
                return false;
        }
        return true;
    }
    const bool isEmpty = old.isScalar() && old.text.empty() && old.style == Node::Style::Plain;
    if (isEmpty || old.style == Node::Style::Block)
        return false;
    out.push_back({placeOf(lines, old.start), placeOf(lines, old.end), insideFlow(*change.now)});
    return true;
}

} // namespace

Node flowed(Node node)
{
    node.flow = true;
    for (Node &item : node.items)
        item = flowed(std::move(item));
    return node;
}

std::optional<std::string> flowText(const Lines &lines, const Change &change)
{
    const char *at = placeOf(lines, change.old->start);
    const char *end = placeOf(lines, change.old->end);
    const auto length = static_cast<std::size_t>(std::max<std::ptrdiff_t>(end - at, 0));
    std::vector<FlowEdit> edits;
    if (change.kind == Change::Kind::Inner && collectEdits(lines, change, edits)) {
        std::string out;
        for (const FlowEdit &edit : edits) {
            if (edit.begin < at || edit.end < edit.begin || edit.end > end)
                return std::nullopt;
            out.append(at, edit.begin).append(edit.text);
            at = edit.end;
        }
        return out.append(at, end);
    }
    std::string out = yaml::emit(flowed(merged(change)));
    out.pop_back();
    if (out.size() > std::max(kLongestFlow, length))
        return std::nullopt;
    return out;
}

} // namespace understudy::formats::native
