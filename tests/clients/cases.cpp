// SPDX-License-Identifier: Apache-2.0
// One table, over 400 lines: a row for each fault, in the order of the catalogue.
#include "tests/clients/cases.h"

#include "core/base/units.h"
#include "core/model/behaviour_labels.h"
#include "tests/support/mock.h"

namespace understudy::clients {

using namespace std::chrono_literals;

namespace {

constexpr auto kServer = Case::Scope::Server;
constexpr auto kTls = Case::Scope::Tls;
constexpr auto kEndpoint = Case::Scope::Endpoint;

constexpr std::string_view kWhole = "200, the whole body";
constexpr std::uint8_t bit(Client client) { return 1U << static_cast<unsigned>(client); }
constexpr std::uint8_t kAll = 0xF;

const Behaviour &behaviourOf(const Server &server)
{
    const Behaviour &own = server.items.at(0).endpoint()->behaviour;
    return own == Behaviour{} ? server.behaviour : own;
}

} // namespace

const std::vector<Case> &cases()
{
    static const std::vector<Case> all{
        {"latency: 300ms", kEndpoint, Act::Get, {kWhole, kWhole, kWhole, kWhole}, 300ms},
        {"latency: {body: 300ms}", kEndpoint, Act::Get, {kWhole, kWhole, kWhole, kWhole}, 300ms},
        {"latency: {connect: 300ms}", kServer, Act::Get, {kWhole, kWhole, kWhole, kWhole}, 300ms},
        {"throttle: {download: 400B/s}",
         kEndpoint,
         Act::Get,
         {kWhole, kWhole, kWhole, kWhole},
         100ms},
        {"throttle: {chunks: 4, over: 400ms}",
         kEndpoint,
         Act::Get,
         {kWhole, kWhole, kWhole, kWhole},
         300ms},
        {"throttle: {upload: 10MB/s}",
         kEndpoint,
         Act::Upload,
         {kWhole, kWhole, kWhole, kWhole},
         200ms},
        {"{kind: status, status: 503}", kEndpoint, Act::Get, {"503", "503", "503", "503"}},
        {"{kind: rate-limit, limit: 1, per: 1h}",
         kEndpoint,
         Act::Twice,
         {"429", "429", "429", "429"}},
        {"{kind: redirect-loop}",
         kEndpoint,
         Act::Follow,
         {"(47) Maximum (20) redirects followed", "302", "redirect count exceeded", "302"}},
        {"{kind: redirect-loop, hops: 3}", kEndpoint, Act::Follow, {kWhole, "302", kWhole, kWhole}},
        {"{kind: clock-skew, by: 24h}",
         kEndpoint,
         Act::Date,
         {"200, Date 24 h ahead", "200, Date 24 h ahead", "200, Date 24 h ahead",
          "200, Date 24 h ahead"}},
        {"{kind: close, at: accept}",
         kServer,
         Act::Get,
         {"(52) Empty reply from server",
          "RemoteDisconnected: Remote end closed connection without response",
          "TimeoutError||other side closed||ECONNRESET", "header parser received no bytes"},
         {},
         bit(Client::Node)},
        {"{kind: close, at: head}",
         kEndpoint,
         Act::Get,
         {"(52) Empty reply from server",
          "RemoteDisconnected: Remote end closed connection without response",
          "fetch failed (UND_ERR_SOCKET: other side closed)", "header parser received no bytes"}},
        {"{kind: close, at: body}",
         kEndpoint,
         Act::Get,
         {"(18) transfer closed with 22 bytes remaining to read||(18)",
          "IncompleteRead(22 bytes read, 22 more expected)",
          "terminated (UND_ERR_SOCKET: other side closed)",
          "fixed content-length: 44, bytes received: 22"}},
        {"{kind: reset, at: accept}",
         kServer,
         Act::Get,
         {"(56) Recv failure: Connection reset by peer||Connection reset||(7) Failed to connect",
          "ConnectionResetError: [Errno 104] Connection reset by peer",
          "ECONNRESET||other side closed||TimeoutError",
          "Connection reset||header parser received no bytes"},
         {},
         bit(Client::Node)},
        {"{kind: reset, at: request}",
         kEndpoint,
         Act::Upload,
         {"Connection reset by peer||Broken pipe",
          "ConnectionResetError: [Errno 104] Connection reset by peer||BrokenPipeError",
          "ECONNRESET||EPIPE||other side closed",
          "header parser received no bytes||Connection reset||Broken pipe"}},
        {"{kind: reset, at: head}",
         kEndpoint,
         Act::Get,
         {"(56) Recv failure: Connection reset by peer",
          "ConnectionResetError: [Errno 104] Connection reset by peer",
          "fetch failed (ECONNRESET: read ECONNRESET)||fetch failed",
          "header parser received no bytes||Connection reset"}},
        {"{kind: reset, at: body}",
         kEndpoint,
         Act::Get,
         {"(56) Recv failure: Connection reset by peer",
          "ConnectionResetError: [Errno 104] Connection reset by peer", "TypeError: terminated",
          "fixed content-length: 44, bytes received: 22||Connection reset"}},
        {"{kind: stall, at: accept}",
         kServer,
         Act::Get,
         {"(28) Operation timed out", "TimeoutError: timed out", "TimeoutError",
          "HttpTimeoutException: request timed out||TimeoutException"},
         {},
         kAll},
        {"{kind: stall, at: head}",
         kEndpoint,
         Act::Get,
         {"(28) Operation timed out", "TimeoutError: timed out", "TimeoutError",
          "HttpTimeoutException: request timed out||TimeoutException"},
         {},
         kAll},
        {"{kind: stall, at: body}",
         kEndpoint,
         Act::Get,
         {"(28) Operation timed out", "TimeoutError: timed out", "TimeoutError",
          "TimeoutException"},
         {},
         kAll},
        {"{kind: refuse}",
         kServer,
         Act::Get,
         {"(7) Failed to connect", "ConnectionRefusedError: [Errno 111] Connection refused",
          "ECONNREFUSED", "ConnectException"}},
        {"{kind: blackhole}",
         kServer,
         Act::Get,
         {"(28) Connection timed out||(28)", "TimeoutError: timed out", "TimeoutError",
          "HTTP connect timed out||TimeoutException"},
         {},
         kAll},
        {"{kind: half-close}",
         kEndpoint,
         Act::Get,
         {"(18) transfer closed with 22 bytes remaining to read||(18)",
          "IncompleteRead(22 bytes read, 22 more expected)",
          "terminated (UND_ERR_SOCKET: other side closed)",
          "fixed content-length: 44, bytes received: 22"}},
        {"{kind: keepalive-race}",
         kEndpoint,
         Act::Twice,
         {"200, the second answer", "ConnectionResetError: [Errno 104] Connection reset by peer",
          "ECONNRESET||other side closed||200, the second answer", "Connection reset"}},
        {"{kind: slow-read, upload: 10MB/s}",
         kEndpoint,
         Act::Upload,
         {kWhole, kWhole, kWhole, kWhole},
         200ms},
        {"{kind: no-read, variant: answer}",
         kEndpoint,
         Act::Upload,
         {"Connection reset by peer||Broken pipe||200",
          "ConnectionResetError: [Errno 104] Connection reset by peer||BrokenPipeError||200",
          "ECONNRESET||EPIPE||200", "header parser received no bytes||200"}},
        {"{kind: no-read, variant: stall}",
         kEndpoint,
         Act::Upload,
         {"(28) Operation timed out", "TimeoutError: timed out", "TimeoutError",
          "HttpTimeoutException: request timed out||TimeoutException"},
         {},
         kAll},
        {"{kind: truncate}",
         kEndpoint,
         Act::Get,
         {"(18) transfer closed with 22 bytes remaining to read||(18)",
          "IncompleteRead(22 bytes read, 22 more expected)",
          "terminated (UND_ERR_SOCKET: other side closed)",
          "fixed content-length: 44, bytes received: 22"}},
        {"{kind: corrupt}",
         kEndpoint,
         Act::Get,
         {"200, another body", "200, another body||UnicodeDecodeError", "200, another body",
          "200, another body||MalformedInputException"}},
        {"{kind: dribble, pace: 10ms}",
         kEndpoint,
         Act::Get,
         {kWhole, kWhole, kWhole, kWhole},
         400ms},
        {"{kind: bad-encoding}",
         kEndpoint,
         Act::Get,
         {"(61) Error while processing content unencoding||(61)", "BadGzipFile: Not a gzipped file",
          "terminated (Z_DATA_ERROR: incorrect header check)||incorrect header check",
          "ZipException: Not in GZIP format"}},
        {"{kind: bad-charset}",
         kEndpoint,
         Act::Get,
         {"200, another body", "UnicodeDecodeError", "200, another body",
          "MalformedInputException"}},
        {"{kind: garbage, at: head}",
         kEndpoint,
         Act::Get,
         {"(1) Received HTTP/0.9 when not allowed||(1)", "BadStatusLine",
          "Response does not match the HTTP/1.1 protocol||HPE_INVALID",
          "ProtocolException: Invalid status line"}},
        {"{kind: garbage, at: body}",
         kEndpoint,
         Act::Get,
         {"200, another body", "UnicodeDecodeError", "200, another body",
          "MalformedInputException"}},
        {"{kind: malformed-chunk}",
         kEndpoint,
         Act::Get,
         {"(56) Illegal or missing hexadecimal sequence||(56)", "IncompleteRead(0 bytes read)",
          "Invalid character in chunk size||HPE_INVALID", "Illegal character in chunk size"}},
        {"{kind: malformed-head, variant: status-line}",
         kEndpoint,
         Act::Get,
         {"(1) Unsupported response code in HTTP response||(1)||(8)",
          "BadStatusLine: HTTP/1.1 2x0 Broken",
          "Invalid response status||HPE_INVALID||Invalid status code",
          "ProtocolException: Invalid status line"}},
        {"{kind: malformed-head, variant: header}",
         kEndpoint,
         Act::Get,
         {"(8) Header without colon", kWhole, "Invalid header token||HPE_INVALID",
          "200, the whole body||ProtocolException"}},
        {"{kind: malformed-head, variant: duplicate-length}",
         kEndpoint,
         Act::Get,
         {"(18) transfer closed with 10 bytes remaining to read||(18)||(8)", kWhole,
          "HPE_UNEXPECTED_CONTENT_LENGTH||HPE_||Duplicate Content-Length",
          "200, the whole body||ProtocolException"}},
        {"{kind: malformed-head, variant: wrong-length}",
         kEndpoint,
         Act::Get,
         {"(18) transfer closed with 10 bytes remaining to read||(18)",
          "IncompleteRead(44 bytes read, 10 more expected)",
          "terminated (UND_ERR_SOCKET: other side closed)",
          "fixed content-length: 54, bytes received: 44"}},
        {"{kind: malformed-head, variant: nul}",
         kEndpoint,
         Act::Get,
         {"(8) Nul byte in header||(8)", kWhole, "Invalid header value char||HPE_INVALID",
          "ProtocolException: Invalid header value"}},
        {"{kind: duplicate}",
         kEndpoint,
         Act::Twice,
         {"200, the second answer||200", "BadStatusLine||200", "200, the second answer||200",
          "200, the second answer||200"}},
        {"{kind: expect-refuse, variant: refuse}",
         kEndpoint,
         Act::Expect,
         {"417", "417", "expect header not supported", "TimeoutException||417"},
         {},
         bit(Client::Java)},
        {"{kind: expect-refuse, variant: silent}",
         kEndpoint,
         Act::Expect,
         {kWhole, kWhole, "expect header not supported", "TimeoutException||200, the whole body"},
         {},
         bit(Client::Java)},
        {"{kind: tls, variant: expired}",
         kTls,
         Act::Get,
         {"(60) SSL certificate problem: certificate has expired",
          "certificate verify failed: certificate has expired", "CERT_HAS_EXPIRED",
          "SSLHandshakeException: PKIX path validation failed||(certificate_expired) PKIX path "
          "validation failed"}},
        {"{kind: tls, variant: not-yet-valid}",
         kTls,
         Act::Get,
         {"(60) SSL certificate problem: certificate is not yet valid",
          "certificate verify failed: certificate is not yet valid", "CERT_NOT_YET_VALID",
          "SSLHandshakeException: PKIX path validation failed||(bad_certificate) PKIX path "
          "validation failed"}},
        {"{kind: tls, variant: self-signed}",
         kTls,
         Act::Get,
         {"(60) SSL certificate problem: self-signed certificate",
          "certificate verify failed: self-signed certificate", "DEPTH_ZERO_SELF_SIGNED_CERT",
          "SSLHandshakeException: PKIX path building failed||(certificate_unknown) PKIX path "
          "building failed"}},
        {"{kind: tls, variant: wrong-host}",
         kTls,
         Act::Get,
         {"(60) SSL: no alternative certificate subject name matches target host name||(60)",
          "certificate verify failed: Hostname mismatch", "ERR_TLS_CERT_ALTNAME_INVALID",
          "No subject alternative DNS name matching localhost found"}},
        {"{kind: tls, variant: untrusted-chain}",
         kTls,
         Act::Get,
         {"(60) SSL certificate problem: self-signed certificate in certificate chain",
          "certificate verify failed: self-signed certificate in "
          "certificate chain",
          "SELF_SIGNED_CERT_IN_CHAIN",
          "SSLHandshakeException: PKIX path||(bad_certificate) PKIX path"}},
        {"{kind: tls, variant: alert}",
         kTls,
         Act::Get,
         {"(35) TLS: sslv3 alert handshake failure||(35)",
          "SSLError: [SSL: SSLV3_ALERT_HANDSHAKE_FAILURE]||HANDSHAKE_FAILURE",
          "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE||HANDSHAKE_FAILURE",
          "SSLHandshakeException: Received fatal alert: handshake_failure||(handshake_failure) "
          "Received fatal alert"}},
        {"{kind: tls, variant: stall}",
         kTls,
         Act::Get,
         {"(28) Connection timed out||(28)", "TimeoutError", "TimeoutError",
          "HTTP connect timed out||TimeoutException"},
         {},
         kAll},
        {"{kind: tls, variant: cut}",
         kTls,
         Act::Get,
         {"200, the whole body||unexpected eof", "200, the whole body||SSLEOFError", kWhole,
          kWhole}},
        {"{kind: tls, variant: old-version}",
         kTls,
         Act::Get,
         {"(35) TLS: legacy sigalg disallowed or unsupported||(35)",
          "TLSV1_ALERT_PROTOCOL_VERSION||SSLError", "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION||ERR_SSL",
          "Received fatal alert: protocol_version"}},
    };
    return all;
}

std::string worded(const Case &row, const std::string &outcome)
{
    const std::size_t digits = std::min(outcome.find_first_not_of("0123456789"), outcome.size());
    if (digits != 3 || (outcome.size() > 3 && outcome[3] != ' '))
        return outcome;
    const std::string status = outcome.substr(0, 3);
    const std::string body = outcome.size() > 4 ? outcome.substr(4) : std::string();
    if (row.act == Act::Date || status != "200")
        return status + (row.act == Act::Date ? ", " + body : "");
    if (row.act == Act::Twice && body.starts_with(kSecondBody))
        return status + ", the second answer";
    if (row.act == Act::Twice && body.starts_with(kBody))
        return status + ", the first answer again";
    if (body == kBody)
        return status + ", the whole body";
    return status + (body.empty() ? ", no body" : ", another body");
}

std::string_view clientName(Client client)
{
    constexpr std::array<std::string_view, 4> names{"curl", "Python http.client", "Node fetch",
                                                    "Java HttpClient"};
    return names[static_cast<std::size_t>(client)];
}

std::string_view actName(Act act)
{
    constexpr std::array<std::string_view, 6> names{"get",    "twice",  "upload",
                                                    "expect", "follow", "date"};
    return names[static_cast<std::size_t>(act)];
}

std::string mockFile(const Case &row)
{
    const bool isFault = row.behaviour.front() == '{';
    const std::string behaviour = "behaviour: {" + (isFault ? "faults: [" : std::string())
                                  + std::string(row.behaviour) + (isFault ? "]" : "") + "}\n";
    const bool tls = row.scope == Case::Scope::Tls;
    const bool server = row.scope != Case::Scope::Endpoint;
    // Answers to two requests are longer than what clients read ahead.
    const std::string more = row.act == Act::Twice ? std::string(50'000, '.') : std::string();
    const auto response = [&more](std::string_view body) {
        return "  - headers: {Content-Type: text/plain; charset=utf-8}\n    body: \""
               + std::string(body) + more + "\"\n";
    };
    return "understudy: 1\nname: Case\nseed: 1\nlisten: {port: 0"
           + std::string(tls ? ", tls: self-signed" : "") + "}\n" + (server ? behaviour : "")
           + "endpoints:\n- path: /\n" + (server ? "" : "  " + behaviour)
           + (row.act == Act::Twice ? "  select: sequence\n" : "") + "  responses:\n"
           + response(kBody) + (row.act == Act::Twice ? response(kSecondBody) : "");
}

std::string label(const Case &row)
{
    const Behaviour behaviour = behaviourOf(test::parseMock(mockFile(row)));
    if (!behaviour.faults.empty()) {
        const Fault &fault = behaviour.faults.front();
        std::string text = faultLabel(fault);
        if (fault.kind == FaultKind::RedirectLoop && fault.hops)
            text += ", " + std::to_string(*fault.hops) + " hops";
        return text;
    }
    if (behaviour.throttle)
        return "throttle: " + throttleLabel(*behaviour.throttle);
    const Latency &latency = behaviour.latency;
    if (latency.connect)
        return "latency of the connection: " + latencyLabel(*latency.connect);
    if (latency.body)
        return "latency of the body: " + latencyLabel(*latency.body);
    return "latency: " + latencyLabel(*latency.head);
}

std::string words(const Case &row, Client client)
{
    const std::string_view seen = row.seen[static_cast<std::size_t>(client)];
    const std::string first(seen.substr(0, seen.find("||")));
    const bool isStatus = first.find_first_not_of("0123456789") >= 3;
    return (isStatus ? first : "`" + first + "`") + (row.atLeast > 0ms ? ", late" : "");
}

std::string markdownTable()
{
    std::string table = "| Fault |";
    std::string line = "|---|";
    for (const Client client : kClients) {
        table += " " + std::string(clientName(client)) + " |";
        line += "---|";
    }
    table += "\n" + line + "\n";
    for (const Case &row : cases()) {
        table += "| " + label(row) + " |";
        for (const Client client : kClients)
            table += " " + words(row, client) + " |";
        table += "\n";
    }
    return table;
}

} // namespace understudy::clients
