// SPDX-License-Identifier: Apache-2.0
#include "core/http/conditional.h"

#include "core/base/text.h"
#include "core/http/date.h"

#include <algorithm>

namespace understudy::http {

namespace {

struct EntityTag
{
    std::string_view opaque; ///< with its quotes
    bool isWeak = false;
};

/// Takes a tag off the front. What is no tag ends the list.
std::optional<EntityTag> takeTag(std::string_view &text)
{
    EntityTag tag;
    if (text.starts_with("W/")) {
        tag.isWeak = true;
        text.remove_prefix(2);
    }
    if (!text.starts_with('"'))
        return std::nullopt;
    const std::size_t end = text.find('"', 1);
    if (end == std::string_view::npos)
        return std::nullopt;
    tag.opaque = text.substr(0, end + 1);
    text.remove_prefix(end + 1);
    return tag;
}

std::optional<EntityTag> tagOf(const HeaderList &answer)
{
    const HeaderField *field = findHeader(answer, "ETag");
    if (!field)
        return std::nullopt;
    std::string_view text = text::trim(field->value);
    return takeTag(text);
}

/// Section 8.8.3.2.
bool areEqual(const EntityTag &a, const EntityTag &b, bool isStrong)
{
    return a.opaque == b.opaque && !(isStrong && (a.isWeak || b.isWeak));
}

/// Whether one of the lists names the tag; `*` stands for every representation there is.
bool lists(const std::vector<std::string_view> &values, const std::optional<EntityTag> &tag,
           bool isStrong)
{
    for (std::string_view list : values) {
        if (text::trim(list) == "*")
            return true;
        while (true) {
            list.remove_prefix(std::min(list.find_first_not_of(", \t"), list.size()));
            const auto entry = takeTag(list);
            if (!entry)
                break;
            if (tag && areEqual(*entry, *tag, isStrong))
                return true;
        }
    }
    return false;
}

std::optional<WallTime> modifiedOf(const HeaderList &answer)
{
    const HeaderField *field = findHeader(answer, "Last-Modified");
    return field ? parseHttpDate(field->value) : std::nullopt;
}

std::optional<WallTime> dateOf(const RequestHead &request, std::string_view name)
{
    const auto value = request.find(name);
    return value ? parseHttpDate(*value) : std::nullopt;
}

} // namespace

Precondition evaluatePreconditions(const RequestHead &request, const HeaderList &answer)
{
    const auto tag = tagOf(answer);
    const auto modified = modifiedOf(answer);
    if (const auto wanted = request.all("If-Match"); !wanted.empty()) {
        if (!lists(wanted, tag, true))
            return Precondition::Failed;
    } else if (const auto since = dateOf(request, "If-Unmodified-Since"); since && modified) {
        if (*modified > *since)
            return Precondition::Failed;
    }
    const bool isRead = request.method() == "GET" || request.method() == "HEAD";
    if (const auto known = request.all("If-None-Match"); !known.empty()) {
        if (lists(known, tag, false))
            return isRead ? Precondition::NotModified : Precondition::Failed;
    } else if (const auto since = dateOf(request, "If-Modified-Since"); since && modified) {
        if (isRead && *modified <= *since)
            return Precondition::NotModified;
    }
    return Precondition::Holds;
}

bool allowsRange(const RequestHead &request, const HeaderList &answer)
{
    const auto condition = request.find("If-Range");
    if (!condition)
        return true;
    std::string_view rest = text::trim(*condition);
    if (rest.starts_with('"') || rest.starts_with("W/")) {
        const auto wanted = takeTag(rest);
        const auto tag = tagOf(answer);
        return wanted && tag && areEqual(*wanted, *tag, true);
    }
    const auto moment = parseHttpDate(rest);
    const auto modified = modifiedOf(answer);
    return moment && modified && *moment == *modified;
}

} // namespace understudy::http
