// SPDX-License-Identifier: Apache-2.0
#include "core/match/xml_body.h"

#include <algorithm>
#include <sstream>

#include "core/http/charset.h"

#include <optional>

namespace understudy {

namespace {

/// The encoding of an XML declaration (XML 1.0, section 4.3.3); empty without one.
std::string_view declaredEncoding(std::string_view text)
{
    if (!text.starts_with("<?xml"))
        return {};
    text = text.substr(0, text.find("?>"));
    const std::size_t at = text.find("encoding");
    const std::size_t open = text.find_first_of("\"'", at == std::string_view::npos ? at : at + 8);
    if (at == std::string_view::npos || open == std::string_view::npos)
        return {};
    const std::size_t close = text.find(text[open], open + 1);
    return close == std::string_view::npos ? std::string_view{}
                                           : text.substr(open + 1, close - open - 1);
}

} // namespace

XmlBody::XmlBody(std::string_view text, bool isUtf8)
{
    std::optional<std::string> converted;
    if (!isUtf8) {
        const std::string_view encoding = declaredEncoding(text);
        if (!http::isUtf8Charset(encoding))
            converted = http::toUtf8(text, encoding);
    }
    const std::string_view document = converted ? std::string_view(*converted) : text;
    // Comments and instructions are nodes that an XPath can name (XPath 1.0, section 5).
    constexpr unsigned kNodes = pugi::parse_default | pugi::parse_comments | pugi::parse_pi;
    m_isValid = static_cast<bool>(
        m_document.load_buffer(document.data(), document.size(), kNodes,
                               isUtf8 || converted ? pugi::encoding_utf8 : pugi::encoding_auto));
}

std::string xmlText(const pugi::xml_node &node, bool onLines)
{
    std::ostringstream text;
    node.print(text, "  ",
               (onLines ? pugi::format_indent : pugi::format_raw) | pugi::format_no_declaration);
    const std::string written = text.str();
    // pugixml writes `<a />`; inside of comments and CDATA the same signs are text.
    std::string out;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const std::string_view rest = std::string_view(written).substr(i);
        const std::string_view end = rest.starts_with("<!--")        ? "-->"
                                     : rest.starts_with("<![CDATA[") ? "]]>"
                                                                     : "";
        if (!end.empty()) {
            const std::size_t size = std::min(rest.find(end), rest.size());
            out += rest.substr(0, size);
            i += size - 1;
        } else if (!rest.starts_with(" />")) {
            out += written[i];
        } else {
            out += "/>";
            i += 2;
        }
    }
    return out;
}

} // namespace understudy
