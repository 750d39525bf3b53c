// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_pointer.h"

#include <charconv>

namespace understudy::json_pointer {

std::string escaped(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

const JsonValue *step(const JsonValue &value, std::string_view name)
{
    if (const JsonObject *object = value.ifObject())
        return object->find(name);
    const JsonArray *list = value.ifArray();
    std::size_t index = 0;
    const auto [end, ec] = std::from_chars(name.data(), name.data() + name.size(), index);
    const bool isIndex = list && ec == std::errc{} && end == name.data() + name.size();
    return isIndex && index < list->size() ? &(*list)[index] : nullptr;
}

std::string takeFirst(std::string_view &pointer)
{
    pointer.remove_prefix(1);
    const std::string_view part = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(part.size());
    std::string out;
    for (std::size_t i = 0; i < part.size(); ++i) {
        const bool isEscape
            = part[i] == '~' && i + 1 < part.size() && (part[i + 1] == '0' || part[i + 1] == '1');
        out += !isEscape ? part[i] : part[i + 1] == '0' ? '~' : '/';
        i += isEscape ? 1 : 0;
    }
    return out;
}

const JsonValue *find(const JsonValue &root, std::string_view pointer)
{
    const JsonValue *at = &root;
    while (at && !pointer.empty()) {
        if (pointer.front() != '/')
            return nullptr;
        at = step(*at, takeFirst(pointer));
    }
    return at;
}

} // namespace understudy::json_pointer
