// SPDX-License-Identifier: Apache-2.0
// A query in the first line, a document behind it: neither crashes, and what is selected lies in
// the document.
#include "core/match/json_path.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

bool contains(const understudy::JsonValue &tree, const understudy::JsonValue *node)
{
    if (&tree == node)
        return true;
    if (const auto *list = tree.ifArray()) {
        for (const auto &child : *list) {
            if (contains(child, node))
                return true;
        }
    } else if (const auto *object = tree.ifObject()) {
        for (const auto &member : *object) {
            if (contains(member.value, node))
                return true;
        }
    }
    return false;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const std::size_t end = text.find('\n');
    const auto path = understudy::JsonPath::parse(text.substr(0, end));
    if (!path) {
        if (path.error().message.empty())
            std::abort();
        return 0;
    }
    if (end == std::string_view::npos)
        return 0;
    const auto parsed = understudy::JsonValue::parse(text.substr(end + 1), 200);
    if (!parsed)
        return 0;
    const understudy::JsonValue &document = *parsed;
    const auto selected = path->trySelect(document);
    if (selected && selected->size() < 64) {
        for (const understudy::JsonValue *node : *selected) {
            if (!contains(document, node))
                std::abort();
        }
    }
    return 0;
}
