// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/json_check.h"

#include <QCoreApplication>

#include <vector>

namespace understudy::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("JsonCheck", text); }

/// Replaces `{{…}}` by text of equal length that is harmless where it stands: a letter in a string,
/// a number elsewhere, spaces for block helpers and comments.
QByteArray withoutTemplates(QByteArrayView text, std::vector<bool> *inTemplate = nullptr)
{
    QByteArray out = text.toByteArray();
    if (inTemplate)
        inTemplate->assign(static_cast<std::size_t>(out.size()), false);
    bool inString = false;
    for (qsizetype i = 0; i < out.size(); ++i) {
        const char c = out[i];
        if (c == '{' && i + 1 < out.size() && out[i + 1] == '{') {
            qsizetype end = out.indexOf("}}", i);
            if (end < 0)
                return out;
            end += 2;
            if (out.mid(i, 3) == "{{{" && end < out.size() && out[end] == '}')
                ++end;
            const QByteArray inner = out.mid(i + 2, end - i - 4).trimmed();
            const bool isBlock = inner.startsWith('#') || inner.startsWith('/')
                                 || inner.startsWith('!') || inner.startsWith("else");
            for (qsizetype k = i; inTemplate && k < end; ++k)
                (*inTemplate)[static_cast<std::size_t>(k)] = true;
            for (qsizetype k = i; k < end; ++k)
                out[k] = inString ? 'x' : (isBlock ? ' ' : '1');
            i = end - 1;
        } else if (c == '\\' && inString) {
            ++i;
        } else if (c == '"') {
            inString = !inString;
        }
    }
    return out;
}

/// Walks a text token by token without recursion, so that nesting costs no stack.
class Scanner
{
public:
    explicit Scanner(QByteArrayView text)
        : m_text(text)
    {}

    JsonCheck run()
    {
        skipSpace();
        if (atEnd())
            return fail(tr("expected a value"));
        while (true) {
            if (!value())
                return m_result;
            // A value is complete: go on in the container around it.
            bool needsValue = false;
            while (!needsValue) {
                skipSpace();
                if (m_open.empty())
                    return atEnd() ? m_result : fail(tr("expected the end of the text"));
                const char open = m_open.back();
                const char close = open == '{' ? '}' : ']';
                if (atEnd())
                    return fail(open == '{' ? tr("expected ',' or '}'")
                                            : tr("expected ',' or ']'"));
                if (peek() == close) {
                    ++m_at;
                    m_open.pop_back();
                } else if (peek() == ',') {
                    ++m_at;
                    skipSpace();
                    if (open == '{' && !key())
                        return m_result;
                    needsValue = true;
                } else {
                    return fail(open == '{' ? tr("expected ',' or '}'")
                                            : tr("expected ',' or ']'"));
                }
            }
        }
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return m_text[m_at]; }

    void skipSpace()
    {
        while (!atEnd() && (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r'))
            ++m_at;
    }

    const JsonCheck &fail(const QString &message)
    {
        m_result.isValid = false;
        m_result.message = message;
        m_result.offset = m_at;
        m_result.line = 1;
        qsizetype lineStart = 0;
        for (qsizetype i = 0; i < m_at; ++i) {
            if (m_text[i] == '\n') {
                ++m_result.line;
                lineStart = i + 1;
            }
        }
        m_result.column
            = static_cast<int>(QString::fromUtf8(m_text.sliced(lineStart, m_at - lineStart)).size())
              + 1;
        return m_result;
    }

    /// Opens containers until a scalar or an empty container is complete.
    bool value()
    {
        while (true) {
            skipSpace();
            if (atEnd()) {
                fail(tr("expected a value"));
                return false;
            }
            const char c = peek();
            if (c == '{' || c == '[') {
                ++m_at;
                skipSpace();
                if (!atEnd() && peek() == (c == '{' ? '}' : ']')) {
                    ++m_at;
                    return true;
                }
                m_open.push_back(c);
                if (c == '{' && !key())
                    return false;
                continue;
            }
            if (c == '"')
                return string();
            if (c == '-' || (c >= '0' && c <= '9'))
                return number();
            for (const char *word : {"true", "false", "null"}) {
                if (m_text.sliced(m_at).startsWith(word)) {
                    m_at += static_cast<qsizetype>(qstrlen(word));
                    return true;
                }
            }
            fail(tr("expected a value"));
            return false;
        }
    }

    bool key()
    {
        if (atEnd() || peek() != '"') {
            fail(tr("expected a name in quotes"));
            return false;
        }
        if (!string())
            return false;
        skipSpace();
        if (atEnd() || peek() != ':') {
            fail(tr("expected ':'"));
            return false;
        }
        ++m_at;
        return true;
    }

    bool string()
    {
        const qsizetype start = m_at++;
        while (!atEnd()) {
            const auto c = static_cast<unsigned char>(peek());
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (c < 0x20) {
                if (c == '\n' || c == '\r') {
                    fail(tr("expected '\"' before the end of the line"));
                    return false;
                }
                fail(tr("a control character must be escaped"));
                return false;
            }
            if (c == '\\' && !escape())
                return false;
            ++m_at;
        }
        m_at = start;
        fail(tr("this text has no closing '\"'"));
        return false;
    }

    bool escape()
    {
        ++m_at;
        if (!atEnd() && QByteArrayView("\"\\/bfnrt").contains(peek()))
            return true;
        if (!atEnd() && peek() == 'u' && m_at + 4 < m_text.size()) {
            for (int i = 1; i <= 4; ++i) {
                if (!isxdigit(static_cast<unsigned char>(m_text[m_at + i]))) {
                    fail(tr("expected four hexadecimal digits"));
                    return false;
                }
            }
            m_at += 4;
            return true;
        }
        fail(tr("this escape does not exist"));
        return false;
    }

    bool digits()
    {
        const qsizetype start = m_at;
        while (!atEnd() && peek() >= '0' && peek() <= '9')
            ++m_at;
        if (m_at == start)
            fail(tr("expected a digit"));
        return m_at > start;
    }

    bool number()
    {
        if (peek() == '-')
            ++m_at;
        const qsizetype start = m_at;
        if (!digits())
            return false;
        if (m_text[start] == '0' && m_at - start > 1) {
            m_at = start;
            fail(tr("a number does not begin with 0"));
            return false;
        }
        if (!atEnd() && peek() == '.') {
            ++m_at;
            if (!digits())
                return false;
        }
        if (!atEnd() && (peek() == 'e' || peek() == 'E')) {
            ++m_at;
            if (!atEnd() && (peek() == '+' || peek() == '-'))
                ++m_at;
            return digits();
        }
        return true;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    std::vector<char> m_open;
    JsonCheck m_result;
};

void newLine(QByteArray &out, qsizetype depth)
{
    out += '\n';
    out += QByteArray(depth * 2, ' ');
}

} // namespace

JsonCheck checkJson(QByteArrayView text, bool isTemplate)
{
    if (isTemplate) {
        JsonCheck check = Scanner(withoutTemplates(text)).run();
        const bool hasBlocks
            = text.contains("{{#") || text.contains("{{^") || text.contains("{{~#");
        if (!check.isValid && hasBlocks) {
            check = {};
            check.isKnown = false;
        }
        return check;
    }
    JsonCheck check = Scanner(text).run();
    // Braces that make no JSON, but a template: what is missing is not a name in quotes.
    if (!check.isValid && text.contains("{{") && Scanner(withoutTemplates(text)).run().isValid)
        check.message
            = tr("this looks like a template, but “Template” is off: it is sent as it is");
    return check;
}

QByteArray formatJson(const QByteArray &text, bool isTemplate)
{
    if (const JsonCheck check = checkJson(text, isTemplate); !check.isValid || !check.isKnown)
        return text;
    // The structure is read from the neutral text, the bytes are taken from the original.
    std::vector<bool> inTemplate(static_cast<std::size_t>(text.size()), false);
    const QByteArray shape = isTemplate ? withoutTemplates(text, &inTemplate) : text;
    QByteArray out;
    qsizetype depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < shape.size(); ++i) {
        const char c = shape[i];
        if (!inString && inTemplate[static_cast<std::size_t>(i)]) {
            out += text[i];
            continue;
        }
        if (inString) {
            out += text[i];
            if (c == '\\' && i + 1 < shape.size())
                out += text[++i];
            else if (c == '"')
                inString = false;
            continue;
        }
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            continue;
        if (c == '{' || c == '[') {
            qsizetype next = i + 1;
            while (next < shape.size() && isspace(static_cast<unsigned char>(shape[next]))
                   && shape[next] == text[next])
                ++next;
            if (next < shape.size() && shape[next] == (c == '{' ? '}' : ']')) {
                out += c;
                out += shape[next];
                i = next;
            } else {
                out += c;
                newLine(out, ++depth);
            }
        } else if (c == '}' || c == ']') {
            newLine(out, --depth);
            out += c;
        } else if (c == ',') {
            out += c;
            newLine(out, depth);
        } else if (c == ':') {
            out += ": ";
        } else {
            inString = c == '"';
            out += text[i];
        }
    }
    out += text.endsWith('\n') ? "\n" : "";
    return out;
}

} // namespace understudy::ui
