// SPDX-License-Identifier: Apache-2.0
#include "core/formats/recorded/fields.h"

#include "core/base/text.h"

#include <charconv>
#include <cmath>

namespace understudy::formats::recorded {

const yaml::Node *fieldOf(const yaml::Node *node, std::string_view key)
{
    return node && node->isMap() ? node->find(key) : nullptr;
}

const yaml::Node *mapOf(const yaml::Node *node, std::string_view key)
{
    const yaml::Node *found = fieldOf(node, key);
    return found && found->isMap() ? found : nullptr;
}

const std::vector<yaml::Node> &listOf(const yaml::Node *node, std::string_view key)
{
    static const std::vector<yaml::Node> none;
    const yaml::Node *found = fieldOf(node, key);
    return found && found->isList() ? found->items : none;
}

std::optional<std::string> textOf(const yaml::Node *node)
{
    if (!node || !node->isScalar() || node->isNull())
        return std::nullopt;
    return node->text;
}

std::string textOf(const yaml::Node *node, std::string_view key)
{
    return textOf(fieldOf(node, key)).value_or(std::string());
}

std::optional<double> numberOf(const yaml::Node &node)
{
    const std::string text = textOf(&node).value_or(std::string());
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<double> numberOf(const yaml::Node *node, std::string_view key)
{
    const yaml::Node *found = fieldOf(node, key);
    return found ? numberOf(*found) : std::nullopt;
}

bool isTrue(const yaml::Node *node, std::string_view key) { return textOf(node, key) == "true"; }

std::optional<JsonValue> jsonOf(const yaml::Node &node)
{
    const bool isText = node.isScalar() && node.style != yaml::Node::Style::Plain;
    if (!isText)
        return yaml::toJson(node);
    auto parsed = JsonValue::parse(node.text);
    if (!parsed)
        return std::nullopt;
    return *std::move(parsed);
}

std::string oneLine(std::string text)
{
    text = text::asUtf8(std::move(text));
    for (char &c : text) {
        if ((c >= 0 && c < ' ') || c == 0x7F)
            c = ' ';
    }
    return text;
}

} // namespace understudy::formats::recorded
