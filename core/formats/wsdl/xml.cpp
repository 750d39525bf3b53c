// SPDX-License-Identifier: Apache-2.0
#include "core/formats/wsdl/xml.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::formats::wsdl {

namespace {

constexpr std::size_t kDeepestXml = 100;
constexpr std::size_t kMostElements = 500'000;
constexpr std::size_t kMostPrefixes = 1'000'000;
constexpr std::string_view kXmlSpace = " \t\r\n";

void appendCodePoint(std::string &out, std::uint32_t code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (code >> 18));
        out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

/// References of characters and of the five entities; others stay as they are written.
std::string unescaped(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, char>, 5> kEntities{
        {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}}};
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        // No entity is longer: what has no end near has none.
        const std::size_t length
            = text[i] == '&' ? text.substr(i, 11).find(';') : std::string_view::npos;
        if (length == std::string_view::npos) {
            out += text[i];
            continue;
        }
        const std::size_t end = i + length;
        const std::string_view name = text.substr(i + 1, end - i - 1);
        const auto *const entity = std::find_if(kEntities.begin(), kEntities.end(),
                                                [&](const auto &one) { return one.first == name; });
        std::uint32_t code = 0;
        if (entity != kEntities.end()) {
            code = static_cast<unsigned char>(entity->second);
        } else if (name.starts_with('#')) {
            const bool isHex = name.size() > 1 && text::lower(name[1]) == 'x';
            std::from_chars(name.data() + (isHex ? 2 : 1), name.data() + name.size(), code,
                            isHex ? 16 : 10);
        }
        const bool isControl = code < ' ' && code != '\t' && code != '\n' && code != '\r';
        if (isControl || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
            out += text[i];
            continue;
        }
        appendCodePoint(out, code);
        i = end;
    }
    return out;
}

class XmlReader
{
public:
    XmlReader(std::string_view text, const std::string &file)
        : m_text(text)
        , m_file(file)
    {}

    Result<XmlElement> read()
    {
        if (auto error = characters())
            return *std::move(error);
        if (m_text.starts_with("\xEF\xBB\xBF"))
            move(3);
        auto prefixes = std::make_shared<XmlElement::Prefixes>();
        (*prefixes)["xml"] = "http://www.w3.org/XML/1998/namespace";
        if (auto error = misc(true))
            return *std::move(error);
        XmlElement root;
        if (auto error = element(root, prefixes, 0))
            return *std::move(error);
        if (auto error = misc(true))
            return *std::move(error);
        if (m_at < m_text.size())
            return *fail("there is something behind the end of the document");
        return root;
    }

private:
    using MaybeError = std::optional<Error>;
    using KnownPrefixes = std::shared_ptr<const XmlElement::Prefixes>;

    /// All of it has to be UTF-8, and what XML allows (XML 1.0, section 2.2).
    MaybeError characters()
    {
        const auto isControl = [](char c) {
            return static_cast<unsigned char>(c) < ' '
                   && kXmlSpace.find(c) == std::string_view::npos;
        };
        if (text::isUtf8(m_text) && std::none_of(m_text.begin(), m_text.end(), isControl))
            return std::nullopt;
        // The first line that is wrong is place enough.
        for (const std::string_view line : text::split(m_text, '\n')) {
            if (!text::isUtf8(line) || std::any_of(line.begin(), line.end(), isControl))
                break;
            ++m_mark.line;
        }
        return fail("there are characters that are not UTF-8 or not allowed in XML; save the file "
                    "as UTF-8");
    }

    bool starts(std::string_view with) const { return m_text.substr(m_at).starts_with(with); }

    void move(std::size_t count)
    {
        for (; count > 0 && m_at < m_text.size(); --count, ++m_at) {
            const auto byte = static_cast<unsigned char>(m_text[m_at]);
            if (byte == '\n') {
                ++m_mark.line;
                m_mark.column = 1;
            } else if ((byte & 0xC0) != 0x80) {
                ++m_mark.column;
            }
        }
    }

    bool moveBehind(std::string_view end)
    {
        const std::size_t found = m_text.find(end, m_at);
        move((found == std::string_view::npos ? m_text.size() : found + end.size()) - m_at);
        return found != std::string_view::npos;
    }

    MaybeError fail(const std::string &message, ErrorCode code = ErrorCode::Syntax) const
    {
        return Error{code, message, {m_file, m_mark.line, m_mark.column}};
    }

    /// Up to the next tag of an element: text, comments, instructions, sections.
    MaybeError misc(bool isOutside)
    {
        while (m_at < m_text.size()) {
            bool isClosed = true;
            if (starts("<!--")) {
                isClosed = moveBehind("-->");
            } else if (starts("<?")) {
                isClosed = moveBehind("?>");
            } else if (starts("<![CDATA[") && !isOutside) {
                isClosed = moveBehind("]]>");
            } else if (starts("<!")) {
                return fail("a document type is not read, as it can do harm; take it out",
                            ErrorCode::Unsupported);
            } else if (m_text[m_at] == '<') {
                return std::nullopt;
            } else if (isOutside && kXmlSpace.find(m_text[m_at]) == std::string_view::npos) {
                return fail("there is text outside of the document's element");
            } else {
                move(1);
            }
            if (!isClosed)
                return fail("a comment or instruction does not end");
        }
        return std::nullopt;
    }

    std::string_view word()
    {
        const std::size_t end
            = std::min(m_text.find_first_of(" \t\r\n=/><\"'", m_at), m_text.size());
        const std::string_view out = m_text.substr(m_at, end - m_at);
        move(out.size());
        return out;
    }

    void blanks()
    {
        while (m_at < m_text.size() && kXmlSpace.find(m_text[m_at]) != std::string_view::npos)
            move(1);
    }

    MaybeError element(XmlElement &out, const KnownPrefixes &known, std::size_t depth)
    {
        if (depth > kDeepestXml || ++m_count > kMostElements)
            return fail(depth > kDeepestXml ? "nested more than 100 levels deep"
                                            : "there are more than 500000 elements",
                        ErrorCode::Limit);
        out.at = m_mark;
        if (!starts("<"))
            return fail("an element was expected");
        move(1);
        const std::string tag(word());
        if (tag.empty())
            return fail("the name of an element was expected");
        if (auto error = attributes(out, known))
            return error;
        out.name = out.resolve(tag);
        if (starts("/>")) {
            move(2);
            return std::nullopt;
        }
        move(1); // >
        for (;;) {
            if (auto error = misc(false))
                return error;
            if (m_at >= m_text.size())
                return fail("the element '" + tag + "' does not end");
            if (starts("</"))
                break;
            out.children.emplace_back();
            if (auto error = element(out.children.back(), out.prefixes, depth + 1))
                return error;
        }
        move(2);
        if (word() != tag)
            return fail("the end of the element '" + tag + "' was expected");
        blanks();
        if (!starts(">"))
            return fail("a '>' was expected");
        move(1);
        return std::nullopt;
    }

    /// Up to `>` or `/>`.
    MaybeError attributes(XmlElement &out, const KnownPrefixes &known)
    {
        std::vector<std::pair<std::string, std::string>> read;
        for (;;) {
            blanks();
            if (starts(">") || starts("/>"))
                break;
            const std::string name(word());
            blanks();
            if (name.empty() || !starts("="))
                return fail("an attribute with a value was expected");
            move(1);
            blanks();
            const char quote = m_at < m_text.size() ? m_text[m_at] : '\0';
            const std::size_t end = m_text.find(quote, m_at + 1);
            if ((quote != '"' && quote != '\'') || end == std::string_view::npos)
                return fail("the value of the attribute '" + name + "' has no quotes");
            read.emplace_back(name, unescaped(m_text.substr(m_at + 1, end - m_at - 1)));
            move(end + 1 - m_at);
        }
        out.prefixes = known;
        std::shared_ptr<XmlElement::Prefixes> own;
        for (const auto &[name, value] : read) {
            if (name != "xmlns" && !name.starts_with("xmlns:"))
                continue;
            if (!own) {
                m_prefixes += known->size();
                if (m_prefixes > kMostPrefixes)
                    return fail("there are too many declarations of namespaces, one inside of "
                                "another");
                own = std::make_shared<XmlElement::Prefixes>(*known);
            }
            (*own)[name == "xmlns" ? std::string() : name.substr(6)] = value;
        }
        if (own)
            out.prefixes = own;
        for (auto &[name, value] : read) {
            if (name == "xmlns" || name.starts_with("xmlns:"))
                continue;
            // Without a prefix an attribute is in no namespace.
            const bool hasPrefix = name.find(':') != std::string::npos;
            out.attributes.push_back({hasPrefix ? out.resolve(name) : QName{{}, name}, value});
        }
        return std::nullopt;
    }

    std::string_view m_text;
    const std::string &m_file;
    std::size_t m_at = 0;
    std::size_t m_count = 0;
    std::size_t m_prefixes = 0; ///< that elements have a copy of
    yaml::Mark m_mark{1, 1};
};

} // namespace

std::string_view XmlElement::value(std::string_view attribute) const
{
    for (const Attribute &one : attributes) {
        if (one.name.space.empty() && one.name.local == attribute)
            return one.value;
    }
    return {};
}

bool XmlElement::has(std::string_view attribute) const
{
    return std::any_of(attributes.begin(), attributes.end(), [&](const Attribute &one) {
        return one.name.space.empty() && one.name.local == attribute;
    });
}

const XmlElement *XmlElement::child(std::string_view local) const
{
    for (const XmlElement &one : children) {
        if (one.name.local == local)
            return &one;
    }
    return nullptr;
}

QName XmlElement::resolve(std::string_view text) const
{
    const std::size_t colon = text.find(':');
    const bool hasPrefix = colon != std::string_view::npos;
    const std::string_view prefix = hasPrefix ? text.substr(0, colon) : std::string_view();
    QName out;
    out.local = hasPrefix ? text.substr(colon + 1) : text;
    if (const auto found = prefixes->find(prefix); found != prefixes->end())
        out.space = found->second;
    return out;
}

Result<XmlElement> parseXml(std::string_view text, const std::string &file)
{
    return XmlReader(text, file).read();
}

} // namespace understudy::formats::wsdl
