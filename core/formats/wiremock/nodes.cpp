// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wiremock/nodes.h"

#include <charconv>

namespace understudy::formats::wiremock {

const Node *member(const Node &map, std::string_view key)
{
    const Node *value = map.isMap() ? map.find(key) : nullptr;
    return value && value->isNull() ? nullptr : value;
}

std::string textIn(const Node &map, std::string_view key)
{
    const Node *value = member(map, key);
    return value && value->isScalar() ? value->text : std::string();
}

std::optional<std::int64_t> numberIn(const Node &map, std::string_view key)
{
    const std::string text = textIn(map, key);
    const std::string_view whole = std::string_view(text).substr(0, text.find('.'));
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(whole.data(), whole.data() + whole.size(), value);
    if (failure != std::errc() || end != whole.data() + whole.size())
        return std::nullopt;
    return value;
}

bool flagIn(const Node &map, std::string_view key) { return textIn(map, key) == "true"; }

} // namespace understudy::formats::wiremock
