// SPDX-License-Identifier: Apache-2.0
#include "core/match/xml_body.h"

#include "core/http/charset.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace understudy {

namespace {

/// Takes what pugixml prints, and ends it where it is too much.
class BoundedWriter final : public pugi::xml_writer
{
public:
    explicit BoundedWriter(std::size_t most)
        : m_most(most)
    {}
    void write(const void *data, std::size_t size) override
    {
        if (size > m_most - m_text.size())
            throw std::length_error("too much XML");
        m_text.append(static_cast<const char *>(data), size);
    }
    const std::string &text() const { return m_text; }

private:
    std::size_t m_most;
    std::string m_text;
};

/// pugixml writes `<a />`; in comments, CDATA and values of attributes the same signs are text.
std::string withShortTags(const std::string &written)
{
    std::string out;
    out.reserve(written.size());
    bool isTag = false;
    char quote = 0;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const std::string_view rest = std::string_view(written).substr(i);
        if (!isTag) {
            const std::string_view end = rest.starts_with("<!--")        ? "-->"
                                         : rest.starts_with("<![CDATA[") ? "]]>"
                                                                         : "";
            if (!end.empty()) {
                const std::size_t size = std::min(rest.find(end), rest.size());
                out += rest.substr(0, size);
                i += size - 1;
                continue;
            }
            isTag = rest[0] == '<';
        } else if (quote != 0) {
            quote = rest[0] == quote ? '\0' : quote;
        } else if (rest[0] == '"' || rest[0] == '\'') {
            quote = rest[0];
        } else if (rest.starts_with(" />")) {
            continue;
        } else {
            isTag = rest[0] != '>';
        }
        out += rest[0];
    }
    return out;
}

} // namespace

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

std::optional<std::string> xmlText(const pugi::xml_node &node, bool onLines, std::size_t most)
{
    BoundedWriter writer(most);
    try {
        node.print(writer, "  ",
                   (onLines ? pugi::format_indent : pugi::format_raw)
                       | pugi::format_no_declaration);
    } catch (const std::length_error &) {
        return std::nullopt;
    }
    return withShortTags(writer.text());
}

} // namespace understudy
