// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>
#include <QStringList>

#include <string>
#include <string_view>

class QSettings;

/// Secrets that exported traffic does not carry.
namespace understudy::ui {

/// Whose values are left out of exported traffic, as a preference of the user. Letter case does not
/// count; in parameters and members, `-` and `_` do not either: `accessToken` is `access_token`.
struct TrafficRedaction
{
    QStringList headers = defaultHeaders();
    QStringList parameters = defaultParameters(); ///< of queries
    QStringList members = defaultMembers();       ///< of JSON objects and forms

    bool operator==(const TrafficRedaction &) const = default;

    static QStringList defaultHeaders();
    static QStringList defaultParameters();
    static QStringList defaultMembers();
};

/// What the settings hold; the defaults where they hold nothing.
TrafficRedaction readTrafficRedaction(const QSettings &settings);
void writeTrafficRedaction(QSettings &settings, const TrafficRedaction &redaction);

/// Leaves values out of the parts of exchanges and counts them. `redacted` stands in their place,
/// for headers nothing. What is no such value stays byte for byte. One thread.
class Redactor
{
public:
    explicit Redactor(const TrafficRedaction &redaction);

    /// Whether the value of a header is left out; counts it if so.
    bool hidesHeader(std::string_view name);
    /// The value of another header: of those that hold a URL, without the values of its parameters.
    std::string header(std::string_view name, std::string_view value);
    /// A URL or a request target, without the values of parameters in its query and fragment.
    std::string url(std::string_view url);
    /// Whether the value of a query parameter is left out. Does not count it: its URL has done so.
    bool hidesParameter(std::string_view name) const;
    /// A body that is text: JSON (in other text, too; also where it is cut), forms, and parts of
    /// forms.
    std::string body(std::string_view text, std::string_view contentType);

    /// Values that were left out so far.
    qsizetype count() const { return m_count; }

private:
    std::string pairs(std::string_view text, const QSet<QString> &names);
    std::string json(std::string_view text);
    std::string parts(std::string_view text);

    QSet<QString> m_headers;
    QSet<QString> m_parameters;
    QSet<QString> m_members;
    qsizetype m_count = 0;
};

} // namespace understudy::ui
