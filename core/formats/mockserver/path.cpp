// SPDX-License-Identifier: Apache-2.0
#include "core/formats/mockserver/path.h"

#include "core/base/text.h"
#include "core/formats/recorded/url.h"

#include <algorithm>

namespace understudy::formats::mockserver {

namespace {

bool isParameter(std::string_view segment)
{
    return segment.size() > 2 && segment.starts_with('{') && segment.ends_with('}')
           && segment.find_first_of("{}", 1) == segment.size() - 1;
}

/// Segments that are `{name}` stand for one segment each, the others are compared as everywhere.
std::string withParameters(const std::string &path, yaml::Mark at, const Translation &scope)
{
    std::string asTemplate;
    std::string asRegex;
    bool isRegex = false;
    for (const std::string_view segment : text::split(std::string_view(path).substr(1), '/')) {
        asTemplate += '/';
        asRegex += '/';
        if (isParameter(segment)) {
            const std::string name
                = parameterName(std::string(segment.substr(1, segment.size() - 2)));
            asTemplate.append("{").append(name).append("}");
            asRegex.append("(?<").append(name).append(">[^/]+)");
            continue;
        }
        const std::string own(segment);
        isRegex |= readNottable(own, {}).isPattern();
        asTemplate += recorded::literalSegment(segment);
        asRegex.append("(?:").append(expressionOf(own, at, scope)).append(")");
    }
    return isRegex ? "regex:" + asRegex : asTemplate;
}

} // namespace

std::string parameterName(const std::string &written)
{
    std::string name;
    for (const char c : written) {
        const bool isWord = (c >= '0' && c <= '9') || c == '_'
                            || (text::lower(c) >= 'a' && text::lower(c) <= 'z');
        name += isWord ? c : '_';
    }
    if (name.empty() || (name[0] >= '0' && name[0] <= '9'))
        name.insert(0, "p");
    constexpr std::size_t kLongest = 30; // of a group's name in PCRE2
    return name.substr(0, kLongest);
}

std::string pathOf(const Nottable &path, const yaml::Node *parameters, Translation &scope)
{
    const std::string &value = path.value;
    if (parameters && !parameters->isNull() && value.starts_with('/'))
        return withParameters(value, path.at, scope);
    if (path.isPattern())
        return "regex:" + expressionOf(value, path.at, scope);
    if (!value.starts_with('/'))
        scope.switchOff("the path " + text::inQuotes(value)
                            + " does not begin with a slash, so that no request has it",
                        path.at);
    return recorded::literalPath(value);
}

} // namespace understudy::formats::mockserver
