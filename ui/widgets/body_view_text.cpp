// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/body_view_text.h"

#include "core/base/text.h"
#include "core/match/body_decoder.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse_options.hpp>

#include <algorithm>
#include <cctype>

namespace understudy::ui {

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// Walks over valid JSON and sets line breaks.
class JsonIndenter
{
public:
    explicit JsonIndenter(const QByteArray &json)
        : m_json(json)
    {}

    QByteArray run()
    {
        m_out.reserve(m_json.size() * 3 / 2);
        for (m_at = 0; m_at < m_json.size(); ++m_at)
            step(m_json[m_at]);
        return std::move(m_out);
    }

private:
    void step(char c)
    {
        switch (c) {
        case '"':
            copyString();
            break;
        case '{':
        case '[':
            open(c);
            break;
        case '}':
        case ']':
            --m_depth;
            newLine();
            m_out += c;
            break;
        case ',':
            m_out += c;
            newLine();
            break;
        case ':':
            m_out += ": ";
            break;
        case ' ':
        case '\t':
        case '\r':
        case '\n':
            break;
        default:
            m_out += c;
        }
    }

    void open(char c)
    {
        m_out += c;
        qsizetype next = m_at + 1;
        while (next < m_json.size() && std::isspace(static_cast<unsigned char>(m_json[next])))
            ++next;
        if (next < m_json.size() && (m_json[next] == '}' || m_json[next] == ']')) {
            m_out += m_json[next];
            m_at = next;
            return;
        }
        ++m_depth;
        newLine();
    }

    void copyString()
    {
        const qsizetype start = m_at++;
        while (m_at < m_json.size() && m_json[m_at] != '"')
            m_at += m_json[m_at] == '\\' ? 2 : 1;
        m_out += m_json.mid(start, m_at - start + 1);
    }

    void newLine()
    {
        m_out += '\n';
        m_out.append(static_cast<qsizetype>(2) * m_depth, ' ');
    }

    const QByteArray &m_json;
    QByteArray m_out;
    qsizetype m_at = 0;
    int m_depth = 0;
};

/// Takes every token and keeps none: the parser alone says whether it is JSON.
struct NullHandler
{
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);
    using Code = boost::system::error_code;
    using Text = boost::json::string_view;

    bool on_document_begin(Code &) { return true; }
    bool on_document_end(Code &) { return true; }
    bool on_object_begin(Code &) { return true; }
    bool on_object_end(std::size_t, Code &) { return true; }
    bool on_array_begin(Code &) { return true; }
    bool on_array_end(std::size_t, Code &) { return true; }
    bool on_key_part(Text, std::size_t, Code &) { return true; }
    bool on_key(Text, std::size_t, Code &) { return true; }
    bool on_string_part(Text, std::size_t, Code &) { return true; }
    bool on_string(Text, std::size_t, Code &) { return true; }
    bool on_number_part(Text, Code &) { return true; }
    bool on_int64(std::int64_t, Text, Code &) { return true; }
    bool on_uint64(std::uint64_t, Text, Code &) { return true; }
    bool on_double(double, Text, Code &) { return true; }
    bool on_bool(bool, Code &) { return true; }
    bool on_null(Code &) { return true; }
    bool on_comment_part(Text, Code &) { return true; }
    bool on_comment(Text, Code &) { return true; }
};

bool isJson(std::string_view text)
{
    boost::json::basic_parser<NullHandler> parser({});
    boost::system::error_code error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    const std::string_view rest = text.substr(std::min(used, text.size()));
    return !error && rest.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

} // namespace

std::optional<QByteArray> prettyJson(const QByteArray &json)
{
    if (!isJson(view(json)))
        return std::nullopt;
    return JsonIndenter(json).run();
}

bool isText(const QByteArray &bytes) { return !bytes.contains('\0') && text::isUtf8(view(bytes)); }

QString hexDump(const QByteArray &bytes)
{
    constexpr qsizetype kWidth = 16;
    constexpr std::string_view kDigits = "0123456789abcdef";
    QByteArray out;
    out.reserve((bytes.size() / kWidth + 1) * 79);
    for (qsizetype at = 0; at < bytes.size(); at += kWidth) {
        out += QByteArray::number(at, 16).rightJustified(8, '0') + "  ";
        QByteArray printable;
        for (qsizetype i = at; i < at + kWidth; ++i) {
            if (i >= bytes.size()) {
                out += "   ";
                continue;
            }
            const auto byte = static_cast<unsigned char>(bytes[i]);
            out += kDigits[byte >> 4U];
            out += kDigits[byte & 15U];
            out += ' ';
            printable += byte >= 0x20 && byte < 0x7f ? static_cast<char>(byte) : '.';
        }
        out += " |" + printable + "|\n";
    }
    return QString::fromLatin1(out);
}

std::optional<QByteArray> decodeContent(const QByteArray &bytes, const QByteArray &encoding,
                                        qsizetype limit)
{
    std::string partial;
    auto decoded
        = removeCodings(view(encoding), view(bytes), static_cast<std::size_t>(limit), &partial);
    if (decoded && *decoded)
        return QByteArray::fromStdString(**decoded);
    // A body that was cut gives what it has.
    if (decoded || partial.empty())
        return std::nullopt;
    return QByteArray::fromStdString(partial).left(limit);
}

QByteArray toUtf8(const QByteArray &bytes, const QByteArray &contentType)
{
    const auto text = bodyAsUtf8(view(contentType), view(bytes));
    return text ? QByteArray::fromStdString(*text) : bytes;
}

} // namespace understudy::ui
