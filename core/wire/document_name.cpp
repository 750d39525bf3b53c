// SPDX-License-Identifier: Apache-2.0
#include "core/wire/document_name.h"

#include "core/base/text.h"
#include "core/http/uri.h"

#include <algorithm>
#include <array>

namespace understudy::wire {

namespace {

struct EndingRow
{
    std::string_view type; ///< the end of a media type without parameters
    std::string_view ending;
};

constexpr std::array kEndings{
    EndingRow{"json", ".json"}, // application/json, application/vnd.oai.openapi+json
    EndingRow{"yaml", ".yaml"}, // application/yaml, text/x-yaml
    EndingRow{"yml", ".yaml"},  EndingRow{"wsdl+xml", ".wsdl"},
    EndingRow{"xml", ".xml"},   EndingRow{"plain", ".txt"},
};

/// The value of a parameter of Content-Disposition.
std::string parameterOf(std::string_view disposition, std::string_view name)
{
    for (const std::string_view part : text::split(disposition, ';')) {
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos
            || !text::equalsIgnoreCase(text::trim(part.substr(0, equals)), name))
            continue;
        std::string_view value = text::trim(part.substr(equals + 1));
        if (value.size() > 1 && value.front() == '"' && value.back() == '"')
            value = value.substr(1, value.size() - 2);
        return std::string(value);
    }
    return {};
}

std::string nameGiven(std::string_view disposition)
{
    // UTF-8''a%20b.json (RFC 8187)
    const std::string extended = parameterOf(disposition, "filename*");
    const std::size_t quote = extended.rfind('\'');
    if (quote != std::string::npos)
        return http::percentDecode(extended.substr(quote + 1));
    return parameterOf(disposition, "filename");
}

/// What can be a file's name of it.
std::string asFileName(std::string name)
{
    constexpr std::size_t kLongest = 100;
    name.erase(0, name.find_last_of("/\\") + 1); // 0 where there is none
    std::erase_if(
        name, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F || c == ':'; });
    name.erase(0, name.find_first_not_of(". "));
    return text::isUtf8(name) && name.size() <= kLongest ? name : std::string();
}

std::size_t pathBegin(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    return std::min(url.size(), url.find('/', scheme == url.npos ? 0 : scheme + 3));
}

std::string hostOf(std::string_view url)
{
    const std::size_t begin = url.find("://") + 3;
    const std::string_view authority = url.substr(begin, pathBegin(url) - begin);
    if (authority.starts_with('[')) // an address of IPv6, which is no name
        return {};
    return std::string(authority.substr(0, authority.find(':')));
}

} // namespace

std::string documentName(std::string_view url, std::string_view disposition,
                         std::string_view contentType)
{
    const std::string_view plain = url.substr(0, url.find_first_of("?#"));
    std::string_view path = plain.substr(pathBegin(plain));
    while (path.ends_with('/'))
        path.remove_suffix(1);
    std::string name = asFileName(nameGiven(disposition));
    if (name.empty())
        name = asFileName(http::percentDecode(path.substr(path.rfind('/') + 1)));
    if (name.empty())
        name = asFileName(hostOf(plain));
    if (name.empty())
        name = "document";
    const std::size_t dot = name.rfind('.');
    const bool hasEnding = dot != std::string::npos && name.size() - dot <= 6 && !path.empty();
    if (hasEnding)
        return name;
    const std::string type(text::trim(contentType.substr(0, contentType.find(';'))));
    for (const EndingRow &row : kEndings) {
        if (text::toLower(type).ends_with(row.type))
            return name + std::string(row.ending);
    }
    return name;
}

std::string documentPlace(std::string_view url, std::string_view name)
{
    const std::string_view plain = url.substr(0, url.find_first_of("?#"));
    const std::size_t begin = pathBegin(plain);
    std::string_view path = plain.substr(begin);
    while (path.ends_with('/'))
        path.remove_suffix(1);
    const std::size_t slash = path.rfind('/');
    std::string out(plain.substr(0, begin));
    out += slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
    return out.append("/").append(name);
}

} // namespace understudy::wire
