// SPDX-License-Identifier: Apache-2.0
#include "core/formats/translation.h"

#include "core/base/json_text.h"
#include "core/base/regex.h"
#include "core/base/text.h"
#include "core/formats/endpoint_order.h"
#include "core/formats/recorded/fields.h"

#include <algorithm>
#include <filesystem>

namespace understudy::formats {

void Translation::switchOff(const std::string &message, yaml::Mark at)
{
    m_isServed = false;
    notServed(message + ", so that this " + std::string(m_unit) + " is switched off", at);
}

void Translation::noteOthers(const yaml::Node &map, std::span<const std::string_view> known,
                             std::string_view what) const
{
    for (const yaml::Node::Key &key : map.keys) {
        if (std::find(known.begin(), known.end(), key.text) == known.end())
            notServed(text::inQuotes(recorded::oneLine(key.text)) + " of " + std::string(what)
                          + " has no effect here",
                      key.at);
    }
}

void Translation::setPath(Endpoint &endpoint, std::string path, yaml::Mark at)
{
    path = text::asUtf8(std::move(path));
    const auto isBreak = [](char c) { return c == '\n' || c == '\r' || c == '\0'; };
    const auto pattern = parsePathPattern(path);
    std::string why;
    if (!pattern)
        why = pattern.error().message;
    else if (std::any_of(path.begin(), path.end(), isBreak))
        why = "its path is not one line";
    else if (!pattern->regex.empty()) {
        if (const auto regex = Regex::compile(pattern->regex); !regex)
            why = "its path is no regular expression: " + regex.error().message;
    }
    if (why.empty()) {
        endpoint.path = std::move(path);
        return;
    }
    switchOff(why, at);
    endpoint.path = "/";
}

std::optional<JsonValue> Translation::json(const yaml::Node &node, const std::string &what)
{
    auto value = recorded::jsonOf(node);
    if (value && extentOf(*value).depth <= kDeepestJson)
        return value;
    switchOff(what + (value ? " is nested too deeply" : " is no JSON"), node.start);
    return std::nullopt;
}

bool Translation::setFile(Response &response, const std::string &path, yaml::Mark at) const
{
    const std::filesystem::path normal = std::filesystem::path(path).lexically_normal();
    const bool isBelow = !path.empty() && path.find('\0') == std::string::npos
                         && !normal.is_absolute() && *normal.begin() != ".." && text::isUtf8(path);
    if (isBelow)
        response.body = Body::file(normal.string());
    else
        notServed("the file " + text::inQuotes(recorded::oneLine(path))
                      + " is not below the folder of the import; the body is left out",
                  at);
    return isBelow;
}

void Translation::setStatus(Response &response, const yaml::Node *status) const
{
    constexpr double kLowest = 100;
    constexpr double kHighest = 999;
    if (!status || status->isNull())
        return;
    const auto code = recorded::numberOf(*status);
    if (code && *code >= kLowest && *code <= kHighest) {
        response.status = static_cast<int>(*code);
        return;
    }
    response.status = 500;
    changed("the status " + text::inQuotes(recorded::oneLine(status->text))
                + " is none of HTTP; it is sent as 500",
            status->start);
}

Body jsonBody(JsonValue value)
{
    if (extentOf(value).depth > kDeepestJson)
        return Body::text(writeJson(value));
    return Body::ofJson(std::move(value));
}

std::vector<Item> itemsInOrder(std::vector<Endpoint> endpoints)
{
    std::vector<OrderedEndpoint> tried;
    tried.reserve(endpoints.size());
    for (const Endpoint &endpoint : endpoints) {
        auto pattern = parsePathPattern(endpoint.path);
        tried.push_back({{pattern ? *std::move(pattern) : PathPattern{}}, endpoint.methods});
    }
    keepOrder(tried);
    std::vector<Item> items;
    items.reserve(endpoints.size());
    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        endpoints[i].priority = tried[i].priority;
        items.emplace_back(std::move(endpoints[i]));
    }
    return items;
}

} // namespace understudy::formats
