// SPDX-License-Identifier: Apache-2.0
#include "core/engine/crud_items.h"

#include "core/base/path_text.h"

#include <algorithm>
#include <memory>

namespace understudy::crud {

using handlebars::Value;

Value memberOf(const JsonValue &item, const std::string &path)
{
    // Shared with nobody, so that nothing is copied.
    Value value
        = Value::ofJson(std::shared_ptr<const JsonValue>(std::shared_ptr<void>(), &item), item);
    if (path.empty())
        return value;
    for (const std::string &step : path_text::dotPathSteps(path))
        value = value.member(step);
    return value;
}

void slice(JsonArray &items, std::int64_t first, std::int64_t last)
{
    const auto size = static_cast<std::int64_t>(items.size());
    const auto placeOf = [size](std::int64_t at) {
        return std::clamp<std::int64_t>(at < 0 ? at + size : at, 0, size);
    };
    const std::int64_t begin = placeOf(first);
    const std::int64_t end = std::max(begin, placeOf(last));
    items.erase(items.begin() + end, items.end());
    items.erase(items.begin(), items.begin() + begin);
}

} // namespace understudy::crud
