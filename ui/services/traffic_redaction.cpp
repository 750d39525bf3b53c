// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/traffic_redaction.h"

#include "core/base/text.h"
#include "core/http/uri.h"
#include "ui/services/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSettings>

#include <algorithm>
#include <array>
#include <utility>

namespace understudy::ui {

namespace {

const QString kHeadersKey = QStringLiteral("redaction/headers");
const QString kParametersKey = QStringLiteral("redaction/parameters");
const QString kMembersKey = QStringLiteral("redaction/members");
constexpr std::string_view kInstead = "redacted";

/// One name a line: an empty list is a choice, too.
QStringList namesIn(const QSettings &settings, const QString &key, const QStringList &defaults)
{
    return settings.contains(key) ? settings.value(key).toString().split(u'\n', Qt::SkipEmptyParts)
                                  : defaults;
}

QString plainName(std::string_view name)
{
    QString out = toQString(name).toLower();
    out.remove(u'-');
    out.remove(u'_');
    return out;
}

QSet<QString> plainNames(const QStringList &names)
{
    QSet<QString> out;
    for (const QString &name : names)
        out.insert(plainName(toStd(name)));
    return out;
}

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::size_t behindBlanks(std::string_view text, std::size_t at)
{
    while (at < text.size() && isBlank(text[at]))
        ++at;
    return at;
}

/// Behind the text that begins at `at` with a quote, or the end.
std::size_t behindJsonText(std::string_view text, std::size_t at)
{
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return text.size();
}

/// Behind the value that begins at `at`, or the end where it is cut.
std::size_t behindJsonValue(std::string_view text, std::size_t at)
{
    if (at < text.size() && text[at] == '"')
        return behindJsonText(text, at);
    std::size_t depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            at = behindJsonText(text, at);
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}' || c == ']' || isBlank(c)))
            return at;
        ++at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            return at;
    }
    return at;
}

/// There is something to hide in it.
bool isTelling(std::string_view value)
{
    constexpr std::array<std::string_view, 5> kNothing{"", "null", "true", "false", "\"\""};
    return std::ranges::find(kNothing, value) == kNothing.end();
}

/// Behind the name that begins at `at` with a quote; 0 for what is too long for one.
std::size_t behindName(std::string_view text, std::size_t at)
{
    constexpr std::size_t kLongestName = 256;
    const std::string_view piece = text.substr(at, kLongestName);
    const std::size_t end = behindJsonText(piece, 0);
    return end > 1 && end <= piece.size() && piece[end - 1] == '"' ? at + end : 0;
}

/// The name that a quoted text stands for.
QString memberName(std::string_view quoted)
{
    if (quoted.find('\\') == std::string_view::npos)
        return plainName(quoted.substr(1, quoted.size() - 2));
    const QByteArray list
        = '[' + QByteArray(quoted.data(), static_cast<qsizetype>(quoted.size())) + ']';
    return plainName(toStd(QJsonDocument::fromJson(list).array().at(0).toString()));
}

/// `name="x"` of the head of a part.
std::string_view partName(std::string_view head)
{
    const std::size_t at = head.find(" name=\"");
    if (at == std::string_view::npos)
        return {};
    const std::string_view rest = head.substr(at + 7);
    return rest.substr(0, rest.find('"'));
}

} // namespace

QStringList TrafficRedaction::defaultHeaders()
{
    return {QStringLiteral("Authorization"), QStringLiteral("Proxy-Authorization"),
            QStringLiteral("Cookie"),        QStringLiteral("Set-Cookie"),
            QStringLiteral("X-Api-Key"),     QStringLiteral("X-Auth-Token")};
}

QStringList TrafficRedaction::defaultParameters()
{
    return {QStringLiteral("access_token"),  QStringLiteral("api_key"),
            QStringLiteral("client_secret"), QStringLiteral("id_token"),
            QStringLiteral("password"),      QStringLiteral("refresh_token"),
            QStringLiteral("token")};
}

QStringList TrafficRedaction::defaultMembers()
{
    return defaultParameters() + QStringList{QStringLiteral("passwd"), QStringLiteral("secret")};
}

TrafficRedaction readTrafficRedaction(const QSettings &settings)
{
    TrafficRedaction out;
    out.headers = namesIn(settings, kHeadersKey, out.headers);
    out.parameters = namesIn(settings, kParametersKey, out.parameters);
    out.members = namesIn(settings, kMembersKey, out.members);
    return out;
}

void writeTrafficRedaction(QSettings &settings, const TrafficRedaction &redaction)
{
    settings.setValue(kHeadersKey, redaction.headers.join(u'\n'));
    settings.setValue(kParametersKey, redaction.parameters.join(u'\n'));
    settings.setValue(kMembersKey, redaction.members.join(u'\n'));
}

Redactor::Redactor(const TrafficRedaction &redaction)
    : m_parameters(plainNames(redaction.parameters))
    , m_members(plainNames(redaction.members))
{
    for (const QString &name : redaction.headers)
        m_headers.insert(name.toLower());
}

bool Redactor::hidesHeader(std::string_view name)
{
    const bool hides = m_headers.contains(toQString(name).toLower());
    m_count += hides ? 1 : 0;
    return hides;
}

std::string Redactor::header(std::string_view name, std::string_view value)
{
    constexpr std::array<std::string_view, 3> kUrls{"Location", "Content-Location", "Referer"};
    const bool isUrl = std::ranges::any_of(
        kUrls, [name](std::string_view each) { return text::equalsIgnoreCase(each, name); });
    return isUrl ? url(value) : std::string(value);
}

bool Redactor::hidesParameter(std::string_view name) const
{
    return m_parameters.contains(plainName(name));
}

std::string Redactor::url(std::string_view url)
{
    const std::size_t hash = url.find('#');
    const std::string_view before = url.substr(0, hash);
    const std::size_t question = before.find('?');
    std::string out(before.substr(0, question));
    if (question != std::string_view::npos)
        out += '?' + pairs(before.substr(question + 1), m_parameters);
    if (hash != std::string_view::npos)
        out += '#' + pairs(url.substr(hash + 1), m_parameters);
    return out;
}

std::string Redactor::body(std::string_view text, std::string_view contentType)
{
    const std::string type = text::toLower(contentType);
    if (type.find("x-www-form-urlencoded") != std::string::npos)
        return pairs(text, m_members);
    return json(type.starts_with("multipart/") ? parts(text) : std::string(text));
}

std::string Redactor::pairs(std::string_view text, const QSet<QString> &names)
{
    std::string out;
    bool isFirst = true;
    for (const std::string_view pair : text::split(text, '&')) {
        const std::size_t equals = pair.find('=');
        out += std::exchange(isFirst, false) ? "" : "&";
        const bool hides
            = equals != std::string_view::npos && equals + 1 < pair.size()
              && names.contains(plainName(http::percentDecode(pair.substr(0, equals), true)));
        m_count += hides ? 1 : 0;
        out += hides ? std::string(pair.substr(0, equals + 1)).append(kInstead) : std::string(pair);
    }
    return out;
}

/// Looks for `"name": value` at every quote, without asking for JSON around it: a body may be cut,
/// one object a line, or a script.
std::string Redactor::json(std::string_view text)
{
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = text.find('"'); at < text.size(); at = text.find('"', at)) {
        const std::size_t end = behindName(text, at);
        const std::size_t colon = end == 0 ? text.size() : behindBlanks(text, end);
        const std::string_view name = text.substr(at, end == 0 ? 0 : end - at);
        ++at;
        if (colon >= text.size() || text[colon] != ':' || !m_members.contains(memberName(name)))
            continue;
        const std::size_t value = behindBlanks(text, colon + 1);
        at = behindJsonValue(text, value);
        if (!isTelling(text.substr(value, at - value)))
            continue;
        out.append(text.substr(done, value - done)).append("\"redacted\"");
        done = at;
        ++m_count;
    }
    return out.append(text.substr(done));
}

/// Of `multipart/form-data` (RFC 7578): what lies between the head of a named part and the next
/// boundary.
std::string Redactor::parts(std::string_view text)
{
    const std::string_view boundary = text.substr(0, text.find("\r\n"));
    if (!boundary.starts_with("--"))
        return std::string(text);
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = 0; at < text.size(); at = text.find(boundary, at + 1)) {
        const std::size_t head = text.find("\r\n\r\n", at);
        if (head == std::string_view::npos)
            break;
        const std::size_t begin = head + 4;
        const std::size_t end
            = std::min(text.find("\r\n" + std::string(boundary), begin), text.size());
        if (end == begin || !m_members.contains(plainName(partName(text.substr(at, head - at)))))
            continue;
        out.append(text.substr(done, begin - done)).append(kInstead);
        done = end;
        ++m_count;
    }
    return out.append(text.substr(done));
}

} // namespace understudy::ui
