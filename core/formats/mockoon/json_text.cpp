// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockoon/json_text.h"

#include "core/base/json_text.h"
#include "core/formats/yaml/complaints.h"

#include <boost/json/parser.hpp>

#include <algorithm>

namespace understudy::formats::mockoon {

namespace json = boost::json;

namespace {

// An environment is a dozen levels deep; buckets hold what people wrote.
constexpr std::size_t kMaxJsonDepth = 256;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Place placeOf(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const std::size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0
    Place place;
    place.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    place.column = 1
                   + static_cast<int>(std::count_if(
                       before.begin() + static_cast<std::ptrdiff_t>(lineStart), before.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
    return place;
}

} // namespace

Result<json::value> parseJson(std::string_view text)
{
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    try {
        json::parse_options options;
        options.max_depth = kMaxJsonDepth;
        json::parser parser({}, options);
        boost::system::error_code error;
        const std::size_t read = parser.write_some(text.data(), text.size(), error);
        if (error == json::error::too_deep)
            return Error{ErrorCode::Limit, yaml::tooDeep(kMaxJsonDepth), placeOf(text, read)};
        if (error) {
            if (auto escape = yaml::brokenEscape(text, read, true))
                return Error{ErrorCode::Syntax, std::move(escape->message),
                             placeOf(text, escape->at)};
            return Error{ErrorCode::Syntax, "this is not JSON: " + error.message(),
                         placeOf(text, read)};
        }
        const std::size_t behind = text.find_first_not_of(" \t\r\n", read);
        if (behind != std::string_view::npos)
            return Error{ErrorCode::Syntax, "this is not JSON: something follows the value",
                         placeOf(text, behind)};
        return parser.release();
    } catch (const std::exception &e) {
        return Error{ErrorCode::Syntax, std::string("this is not JSON: ") + e.what(), {}};
    }
}

JsonValue kept(const json::value &value)
{
    if (const json::object *object = value.if_object()) {
        std::vector<JsonMember> members;
        for (const auto &[name, member] : *object)
            members.push_back({name, kept(member)});
        return JsonObject::of(std::move(members));
    }
    if (const json::array *array = value.if_array()) {
        JsonArray items;
        for (const json::value &item : *array)
            items.push_back(kept(item));
        return items;
    }
    if (const json::string *text = value.if_string())
        return std::string(*text);
    if (value.is_bool())
        return value.get_bool();
    return value.is_null() ? JsonValue() : JsonValue(JsonNumber{writeJson(value)});
}

std::string oneLine(std::string name)
{
    std::replace_if(
        name.begin(), name.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }, ' ');
    return name;
}

} // namespace understudy::formats::mockoon
