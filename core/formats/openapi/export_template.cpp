// SPDX-License-Identifier: Apache-2.0
#include "core/formats/openapi/export_template.h"

#include "core/base/text.h"

#include <string>

namespace understudy::formats::openapi {

namespace {

/// Of a tag without its braces, where it is a value: numbers need no helper, texts and all else
/// come as `json …`.
std::string exampleOfTag(std::string_view tag)
{
    if (!tag.starts_with("json "))
        return "1";
    const std::string_view operand = text::trim(tag.substr(5));
    for (const std::string_view source : {"path.", "query.", "header.", "cookie."}) {
        if (operand.starts_with(source))
            return text::quoteJson(operand.substr(source.size()));
    }
    return "null";
}

class TemplateReader
{
public:
    explicit TemplateReader(std::string_view source)
        : m_source(source)
    {}

    std::optional<JsonValue> run()
    {
        while (m_at < m_source.size()) {
            const std::string_view rest = m_source.substr(m_at);
            const std::size_t end = rest.starts_with("{{") ? endOfTag(rest) : 0;
            if (end > 0) {
                tag(rest.substr(0, end));
                m_at += end;
            } else {
                character(rest);
            }
        }
        auto parsed = JsonValue::parse(m_out);
        if (!parsed)
            return std::nullopt;
        return *std::move(parsed);
    }

private:
    /// Behind its braces, of which there may be three; 0: it has no end.
    static std::size_t endOfTag(std::string_view rest)
    {
        const bool isTriple = rest.starts_with("{{{");
        const std::size_t close = rest.find(isTriple ? "}}}" : "}}");
        return close == std::string_view::npos ? 0 : close + (isTriple ? 3 : 2);
    }

    void tag(std::string_view whole)
    {
        if (m_isText) {
            const std::string quoted = text::quoteJson(whole);
            m_out.append(quoted, 1, quoted.size() - 2);
            return;
        }
        const std::size_t braces = whole.starts_with("{{{") ? 3 : 2;
        std::string_view name = whole.substr(braces, whole.size() - 2 * braces);
        while (!name.empty() && (name.front() == '~' || name.front() == ' '))
            name.remove_prefix(1);
        while (!name.empty() && (name.back() == '~' || name.back() == ' '))
            name.remove_suffix(1);
        const bool isBlock
            = name.starts_with('#') || name.starts_with('/') || name.starts_with('!');
        if (name.starts_with("else"))
            m_isSkipped = true;
        else if (name.starts_with('/'))
            m_isSkipped = false;
        else if (!isBlock && !m_isSkipped)
            m_out += exampleOfTag(name);
    }

    void character(std::string_view rest)
    {
        const bool isEscape = m_isText && rest.front() == '\\' && rest.size() > 1;
        if (rest.front() == '"')
            m_isText = !m_isText;
        if (!m_isSkipped)
            m_out += rest.substr(0, isEscape ? 2 : 1);
        m_at += isEscape ? 2 : 1;
    }

    std::string_view m_source;
    std::size_t m_at = 0;
    std::string m_out;
    bool m_isText = false;    ///< within quotes
    bool m_isSkipped = false; ///< between `else` and the end of a block
};

} // namespace

std::optional<JsonValue> templateExample(std::string_view source)
{
    return TemplateReader(source).run();
}

} // namespace understudy::formats::openapi
