// SPDX-License-Identifier: Apache-2.0
#include "core/http/uri.h"

#include "core/base/text.h"

namespace understudy::http {

TargetParts splitTarget(std::string_view method, std::string_view target)
{
    TargetParts parts;
    if (method == "CONNECT") {
        parts.authority = target;
        return parts;
    }
    std::string_view rest = target;
    if (!rest.starts_with('/')) {
        const std::size_t scheme = rest.find("://");
        if (scheme != std::string_view::npos && rest.find_first_of("/?") > scheme) {
            parts.scheme = rest.substr(0, scheme);
            rest.remove_prefix(scheme + 3);
            const std::size_t end = rest.find_first_of("/?");
            parts.authority = rest.substr(0, end);
            rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
        }
    }
    const std::size_t question = rest.find('?');
    parts.path = rest.substr(0, question);
    if (question != std::string_view::npos) {
        parts.query = rest.substr(question + 1);
        parts.hasQuery = true;
    }
    if (parts.path.empty() && !parts.authority.empty())
        parts.path = "/";
    return parts;
}

namespace {

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char l = text::lower(c);
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

} // namespace

std::string percentDecode(std::string_view text, bool plusIsSpace)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0
            && hexValue(text[i + 2]) >= 0) {
            out += static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
            i += 2;
        } else {
            out += plusIsSpace && c == '+' ? ' ' : c;
        }
    }
    return out;
}

std::string percentEncode(std::string_view text, std::string_view keep)
{
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const char l = text::lower(c);
        const bool unreserved = (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '-'
                                || c == '.' || c == '_' || c == '~';
        if (unreserved || keep.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += '%';
            out += kHex[static_cast<unsigned char>(c) >> 4];
            out += kHex[static_cast<unsigned char>(c) & 15];
        }
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> parseQuery(std::string_view query)
{
    std::vector<std::pair<std::string, std::string>> out;
    if (query.empty())
        return out;
    for (const std::string_view pair : text::split(query, '&')) {
        if (pair.empty())
            continue;
        const std::size_t eq = pair.find('=');
        out.emplace_back(percentDecode(pair.substr(0, eq), true),
                         eq == std::string_view::npos ? std::string{}
                                                      : percentDecode(pair.substr(eq + 1), true));
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> parseCookies(std::string_view header)
{
    std::vector<std::pair<std::string, std::string>> out;
    for (std::string_view pair : text::split(header, ';')) {
        pair = text::trim(pair);
        const std::size_t eq = pair.find('=');
        if (eq == std::string_view::npos || eq == 0)
            continue;
        std::string_view value = text::trim(pair.substr(eq + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        out.emplace_back(text::trim(pair.substr(0, eq)), value);
    }
    return out;
}

} // namespace understudy::http
