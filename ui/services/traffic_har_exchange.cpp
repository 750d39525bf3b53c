// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/traffic_har_exchange.h"

#include "core/base/text.h"
#include "core/formats/recorded/fields.h"
#include "core/formats/recorded/url.h"
#include "core/http/uri.h"
#include "ui/services/text.h"
#include "ui/services/traffic_har_own.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace understudy::ui {

using formats::har::RecordedBody;
using formats::har::RecordedEntry;
using formats::har::RecordedTimings;

namespace {

constexpr std::size_t kMostShared = 10'000;
constexpr double kLongestStep = 1e9; // ms; what is longer is no time an exchange took

QString remark(const char *text) { return QCoreApplication::translate("HarExchanges", text); }

Duration durationOf(const std::optional<double> &milliseconds)
{
    return Duration(std::llround(std::clamp(milliseconds.value_or(0), 0.0, kLongestStep) * 1000));
}

/// Of a URL of any scheme: what a client asks its server for.
std::string requestTarget(const std::string &url)
{
    std::string_view rest = std::string_view(url).substr(0, url.find('#'));
    if (const std::size_t colon = rest.find("://"); colon != std::string_view::npos) {
        rest.remove_prefix(colon + 3);
        rest.remove_prefix(std::min(rest.find_first_of("/?"), rest.size()));
    }
    std::string out;
    for (const char c : rest) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= ' ' || byte == 0x7F)
            out += http::percentEncode(std::string_view(&c, 1));
        else
            out += c;
    }
    return out.empty() || out.front() == '?' ? '/' + out : out;
}

/// "HTTP/2" of "h2" and "http/2.0".
std::string versionOf(const std::string &recorded)
{
    const std::string version = text::toUpper(text::trim(recorded));
    if (version == "H2" || version == "HTTP/2.0")
        return "HTTP/2";
    if (version.starts_with("H3") || version == "HTTP/3.0")
        return "HTTP/3";
    return version.starts_with("HTTP/") && http::isToken(version.substr(5)) ? version : "HTTP/1.1";
}

/// The headers that can be shown as lines; pseudo-headers of HTTP/2 say what the request line does.
http::HeaderList headerLines(const http::HeaderList &recorded, QStringList &remarks)
{
    http::HeaderList out;
    for (const http::HeaderField &field : recorded) {
        if (field.name.starts_with(':'))
            continue;
        // Some recorders join the values of several lines.
        for (std::string_view value : text::split(field.value, '\n')) {
            value = text::trim(value.ends_with('\r') ? value.substr(0, value.size() - 1) : value);
            if (http::isToken(field.name) && http::isFieldValue(value))
                out.push_back({field.name, std::string(value)});
            else
                remarks << remark("the header \"%1\" cannot be shown")
                               .arg(toQString(formats::recorded::oneLine(field.name)));
        }
    }
    return out;
}

/// The pairs of a form, where the recorder kept nothing else of it.
std::optional<std::string> formOf(const RecordedBody &body)
{
    if (body.fields.empty() || body.mediaType.starts_with("multipart/"))
        return std::nullopt;
    std::string out;
    for (const formats::har::RecordedField &field : body.fields)
        out += (out.empty() ? "" : "&") + http::percentEncode(field.name) + '='
               + http::percentEncode(field.value);
    return out;
}

CapturedBody capturedOf(const RecordedBody &body, const std::optional<double> &sizeOnWire,
                        std::size_t limit, QStringList &remarks)
{
    std::optional<std::string> bytes = body.text && !body.text->empty() ? body.text : formOf(body);
    if (bytes && body.isBase64) {
        bytes = text::decodeBase64(*bytes);
        if (!bytes)
            remarks << remark("a body is not base64, as it says");
    }
    CapturedBody out = captureBody(bytes.value_or(std::string()), limit);
    out.isDecoded = true;
    const double said = sizeOnWire ? *sizeOnWire : body.size.value_or(0);
    // A body of which nothing is said to be sent came out of a cache.
    if (said > 0 && said < 1e18)
        out.size = static_cast<std::uint64_t>(said);
    return out;
}

void setTimes(const RecordedEntry &entry, Exchange &exchange, QStringList &remarks)
{
    const RecordedTimings &recorded = entry.timings;
    const QDateTime started
        = QDateTime::fromString(toQString(entry.started), Qt::ISODateWithMs).toUTC();
    if (!started.isValid())
        remarks << remark("it does not say when it began");
    // Before the first byte of the request, where the time of an exchange begins.
    const Duration before
        = durationOf(recorded.blocked) + durationOf(recorded.dns) + durationOf(recorded.connect);
    const std::chrono::milliseconds epoch(started.isValid() ? started.toMSecsSinceEpoch() : 0);
    exchange.received = WallTime(epoch) + before;
    Timings &timings = exchange.timings;
    if (recorded.connect)
        timings.acceptedBefore = durationOf(recorded.connect);
    if (recorded.ssl)
        timings.handshake = durationOf(recorded.ssl);
    timings.requestComplete = durationOf(recorded.send);
    timings.matched = timings.requestComplete;
    const bool isKnown = recorded.send || recorded.wait || recorded.receive;
    timings.firstByteOut = isKnown ? timings.requestComplete + durationOf(recorded.wait)
                                   : std::max(Duration{}, durationOf(recorded.total) - before);
    timings.complete = timings.firstByteOut + durationOf(recorded.receive);
}

void setAnswer(const RecordedEntry &entry, Exchange &exchange, QStringList &remarks)
{
    const bool isStatus
        = entry.status >= 0 && entry.status <= 999 && entry.status == std::floor(entry.status);
    exchange.status = isStatus ? static_cast<int>(entry.status) : 0;
    if (!isStatus)
        remarks << remark("its status is none");
    const http::HeaderList headers = headerLines(entry.responseHeaders, remarks);
    if (exchange.status == 0 && headers.empty())
        return;
    const bool isLine = http::isFieldValue(entry.reason);
    exchange.responseHead = versionOf(entry.responseVersion) + ' ' + std::to_string(exchange.status)
                            + ' ' + (isLine ? entry.reason : std::string()) + "\r\n";
    for (const http::HeaderField &field : headers)
        exchange.responseHead.append(field.name + ": ").append(field.value).append("\r\n");
    exchange.responseHead += "\r\n";
}

} // namespace

std::shared_ptr<const std::string> HarExchanges::shared(const std::string &text)
{
    if (const auto found = m_shared.find(text); found != m_shared.end())
        return found->second;
    // More different ones than anybody made: a file that wants to fill the memory.
    if (m_shared.size() >= kMostShared)
        return shared({});
    return m_shared.emplace(text, std::make_shared<const std::string>(text)).first->second;
}

std::shared_ptr<const Exchange>
HarExchanges::make(const RecordedEntry &entry, const formats::yaml::Node *own, QStringList &remarks)
{
    if (!http::isToken(entry.method) || entry.url.empty()) {
        remarks << (entry.url.empty() ? remark("its request has no URL")
                                      : remark("its request has no method"));
        return nullptr;
    }
    const auto url = formats::recorded::parseUrl(entry.url);
    http::HeaderList headers = headerLines(entry.requestHeaders, remarks);
    const std::string host = url ? url->origin.substr(url->origin.find("://") + 3) : std::string();
    if (url && !http::findHeader(headers, "Host"))
        headers.insert(headers.begin(), {"Host", host});
    std::string target = formats::recorded::textOf(own, "target");
    if (target.empty() || !std::ranges::all_of(target, [](char c) { return c > ' ' && c != 0x7F; }))
        target = requestTarget(entry.url);

    auto exchange = std::make_shared<Exchange>();
    exchange->match = MatchKind::Recorded;
    exchange->request = http::RequestHead(entry.method, target, headers,
                                          versionOf(entry.requestVersion) == "HTTP/1.0" ? 10 : 11);
    exchange->requestBody = capturedOf(entry.requestBody, entry.requestSize, m_bodyBytes, remarks);
    setAnswer(entry, *exchange, remarks);
    exchange->responseBody
        = capturedOf(entry.responseBody, entry.responseSize, m_bodyBytes, remarks);
    setTimes(entry, *exchange, remarks);
    exchange->connection = QString::fromStdString(entry.connection).toULongLong();
    // What people wrote on an answered entry is no problem of it; ours hold the problem there.
    const bool isProblem = entry.error.empty() && (own || exchange->status == 0);
    exchange->error = formats::recorded::oneLine(isProblem ? entry.comment : entry.error);
    exchange->serverId = shared({});
    exchange->serverName = shared(url ? host : entry.url.substr(0, entry.url.find(':')));
    if (url && url->isSecure)
        exchange->tls = "TLS, " + host;
    if (own)
        exchange->tls.clear();
    readOwn(own, *exchange, [this](const std::string &text) { return shared(text); });
    if (exchange->status == 0 && exchange->responseHead.empty())
        exchange->timings.firstByteOut = {};
    return exchange;
}

} // namespace understudy::ui
