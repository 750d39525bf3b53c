// SPDX-License-Identifier: Apache-2.0
#include "core/formats/recorded/url.h"

#include "core/base/text.h"
#include "core/http/uri.h"

#include <algorithm>
#include <cctype>

namespace understudy::formats::recorded {

namespace {

bool isAuthority(std::string_view authority)
{
    return !authority.empty() && std::all_of(authority.begin(), authority.end(), [](char c) {
        return static_cast<unsigned char>(c) > ' ' && c != 0x7F
               && std::string_view("\"<>\\^`{|}#?/").find(c) == std::string_view::npos;
    });
}

} // namespace

std::optional<Url> parseUrl(std::string_view url)
{
    url = text::trim(url);
    url = url.substr(0, url.find('#'));
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos)
        return std::nullopt;
    const std::string scheme = text::toLower(url.substr(0, colon));
    if (scheme != "http" && scheme != "https")
        return std::nullopt;
    url.remove_prefix(colon + 3);
    const std::size_t end = std::min(url.find_first_of("/?"), url.size());
    std::string authority = text::toLower(url.substr(0, end));
    if (const std::size_t user = authority.rfind('@'); user != std::string::npos)
        authority.erase(0, user + 1);
    const std::string_view own = scheme == "http" ? ":80" : ":443";
    if (authority.ends_with(own))
        authority.resize(authority.size() - own.size());
    if (!isAuthority(authority))
        return std::nullopt;
    const std::string_view target = url.substr(end);
    const std::size_t question = std::min(target.find('?'), target.size());
    Url out;
    out.origin = scheme + "://" + authority;
    out.path = target.substr(0, question);
    if (out.path.empty())
        out.path = "/";
    out.query = question < target.size() ? target.substr(question + 1) : std::string_view();
    out.isSecure = scheme == "https";
    return out;
}

std::string literalSegment(std::string_view segment)
{
    if (segment == "*")
        return "%2A";
    std::string out;
    for (const char c : segment) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= ' ' || byte == 0x7F || c == '{' || c == '}')
            out += http::percentEncode(std::string_view(&c, 1));
        else
            out += c;
    }
    return text::asUtf8(std::move(out));
}

std::string literalPath(std::string_view path)
{
    if (path.starts_with('/'))
        path.remove_prefix(1);
    std::string out;
    for (const std::string_view segment : text::split(path, '/'))
        out += '/' + literalSegment(segment);
    return out.empty() ? "/" : out;
}

} // namespace understudy::formats::recorded
