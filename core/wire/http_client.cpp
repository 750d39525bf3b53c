// SPDX-License-Identifier: Apache-2.0
// GCC 12 takes the frames of coroutines that it inlines into each other for foreign memory.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

#include "core/wire/http_client.h"

#include "core/base/text.h"
#include "core/http/uri.h"
#include "core/wire/await.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/dynamic_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/url/parse.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <sstream>
#include <vector>

namespace understudy::wire {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Request = beast::http::request<beast::http::string_body>;
/// Grows with what arrives, whatever length is announced.
using Parser = beast::http::response_parser<beast::http::basic_dynamic_body<beast::flat_buffer>>;

namespace {

/// Where a request goes.
struct Address
{
    std::string host; ///< without brackets
    std::string port;
    std::string authority; ///< as the Host header has it
    std::string target;
    bool isTls = false;
};

constexpr std::array<std::string_view, 3> kFraming{"Connection", "Content-Length",
                                                   "Transfer-Encoding"};

/// What a template rendered may hold what an address may not.
std::string escaped(std::string_view url)
{
    std::string out;
    for (const char c : url) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isAllowed = byte > 0x20 && byte < 0x7F
                               && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
        out += isAllowed ? std::string(1, c) : http::percentEncode({&c, 1});
    }
    return out;
}

Result<Address> addressOf(const std::string &text)
{
    const std::string url = escaped(text);
    const auto parsed = boost::urls::parse_uri(url);
    const std::string scheme = parsed ? text::toLower(std::string(parsed->scheme())) : "";
    if ((scheme != "http" && scheme != "https") || parsed->encoded_host().empty())
        return Error{ErrorCode::Invalid,
                     "'" + text + "' is no address that begins with http:// or https://",
                     {}};
    Address out;
    out.isTls = scheme == "https";
    out.host = parsed->host_address();
    out.port = parsed->has_port() ? std::string(parsed->port()) : out.isTls ? "443" : "80";
    out.authority = std::string(parsed->encoded_host_and_port());
    out.target = std::string(parsed->encoded_target());
    if (!out.target.starts_with('/'))
        out.target.insert(0, "/");
    return out;
}

/// Of what needs no name service: addresses, and this machine.
std::vector<asio::ip::tcp::endpoint> knownEndpoints(const Address &address)
{
    unsigned port = 0;
    std::from_chars(address.port.data(), address.port.data() + address.port.size(), port);
    const auto number = static_cast<std::uint16_t>(port);
    const std::string host = text::toLower(address.host);
    if (host == "localhost" || host.ends_with(".localhost")) // RFC 6761 section 6.3
        return {{asio::ip::address_v4::loopback(), number},
                {asio::ip::address_v6::loopback(), number}};
    boost::system::error_code isName;
    const auto literal = asio::ip::make_address(address.host, isName);
    if (isName)
        return {};
    return {{literal, number}};
}

Request requestTo(const Address &address, const OutboundRequest &request)
{
    Request out;
    out.version(11);
    out.method_string(request.method);
    out.target(address.target);
    if (!http::findHeader(request.headers, "Host"))
        out.insert("Host", address.authority);
    for (const http::HeaderField &field : request.headers) {
        // What frames the message is ours.
        const bool frames
            = std::any_of(kFraming.begin(), kFraming.end(), [&](std::string_view name) {
                  return text::equalsIgnoreCase(field.name, name);
              });
        if (!frames)
            out.insert(field.name, field.value);
    }
    if (!http::findHeader(request.headers, "User-Agent"))
        out.insert("User-Agent", "understudy");
    if (!http::findHeader(request.headers, "Accept"))
        out.insert("Accept", "*/*");
    out.body() = request.body;
    const bool expectsBody
        = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (!request.body.empty() || expectsBody)
        out.insert("Content-Length", std::to_string(request.body.size()));
    out.insert("Connection", "close");
    return out;
}

http::RequestHead headOf(const Request &request)
{
    http::HeaderList headers;
    for (const auto &field : request)
        headers.push_back({std::string(field.name_string()), std::string(field.value())});
    return {std::string(request.method_string()), std::string(request.target()), headers};
}

/// Why the certificate of the other side does not do, if that is what was wrong.
std::string certificateProblem(beast::ssl_stream<beast::tcp_stream> &stream)
{
    const long verified = SSL_get_verify_result(stream.native_handle());
    if (verified == X509_V_OK)
        return {};
    return std::string("its certificate is not trusted: ")
           + X509_verify_cert_error_string(verified);
}

std::string textOf(const Parser::value_type::header_type &head)
{
    std::ostringstream out;
    out << head;
    return out.str();
}

std::string reason(std::string_view what, const boost::system::error_code &ec)
{
    if (ec == beast::error::timeout)
        return std::string(what) + ": nothing for 30 s";
    return std::string(what) + ": " + ec.message();
}

template<class Stream>
asio::awaitable<void> talk(Stream &stream, const Request &request, ClientRules rules,
                           ClientResult &out, SteadyTime began)
{
    const auto [writeError, written] = co_await beast::http::async_write(stream, request, kNoThrow);
    out.sentAfter = since(began, std::chrono::steady_clock::now());
    // A server may have answered before it had read everything.
    beast::flat_buffer buffer;
    std::optional<Parser> last;
    boost::system::error_code headError;
    do { // answers of 1xx come before the one that counts (RFC 9110 section 15.2)
        last.emplace();
        last->body_limit(boost::none);
        last->get().body().max_size(rules.body);
        last->skip(request.method_string() == "HEAD");
        const auto [error, size]
            = co_await beast::http::async_read_header(stream, buffer, *last, kNoThrow);
        headError = error;
    } while (!headError && last->get().result_int() / 100 == 1 && last->get().result_int() != 101);
    Parser &parser = *last;
    out.answeredAfter = since(began, std::chrono::steady_clock::now());
    if (headError) {
        out.error = writeError ? reason("it could not be sent", writeError)
                               : reason("there was no answer", headError);
        co_return;
    }
    out.status = static_cast<int>(parser.get().result_int());
    out.head = textOf(parser.get().base());
    for (const auto &field : parser.get())
        out.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    if (!parser.is_done()) {
        const auto [bodyError, bodySize]
            = co_await beast::http::async_read(stream, buffer, parser, kNoThrow);
        out.isCut = bodyError == beast::http::error::buffer_overflow;
        // Many end TLS without saying so.
        const bool isEnd = parser.need_eof() && bodyError == asio::ssl::error::stream_truncated;
        if (bodyError && !out.isCut && !isEnd)
            out.error = reason("the answer is not whole", bodyError);
    }
    const auto body = parser.get().body().cdata();
    out.body.assign(static_cast<const char *>(body.data()), body.size());
}

asio::awaitable<void> talkOverTls(beast::tcp_stream plain, const Address &address,
                                  const Request &request, ClientRules rules, ClientResult &out,
                                  SteadyTime began)
{
    asio::ssl::context context(asio::ssl::context::tls_client);
    boost::system::error_code ignored;
    if (!out.isLoopback)
        context.set_default_verify_paths(ignored);
    beast::ssl_stream<beast::tcp_stream> stream(std::move(plain), context);
    SSL_set_tlsext_host_name(stream.native_handle(), address.host.c_str());
    if (!out.isLoopback) {
        stream.set_verify_mode(asio::ssl::verify_peer, ignored);
        SSL_set1_host(stream.native_handle(), address.host.c_str());
    }
    const auto [handshakeError]
        = co_await stream.async_handshake(asio::ssl::stream_base::client, kNoThrow);
    if (handshakeError) {
        const std::string problem = certificateProblem(stream);
        out.error = problem.empty() || out.isLoopback
                        ? reason("TLS with " + address.authority, handshakeError)
                        : "TLS with " + address.authority + ": " + problem;
        co_return;
    }
    out.tls = SSL_get_version(stream.native_handle());
    std::replace(out.tls.begin(), out.tls.end(), 'v', ' ');
    co_await talk(stream, request, rules, out, began);
}

} // namespace

asio::awaitable<void> exchangeOver(const OutboundRequest &request, ClientResult &out,
                                   ClientRules rules)
{
    out.began = std::chrono::system_clock::now();
    const SteadyTime began = std::chrono::steady_clock::now();
    const auto address = addressOf(request.url);
    if (!address) {
        out.error = address.error().message;
        co_return;
    }
    const Request message = requestTo(*address, request);
    out.sent = headOf(message);
    const auto executor = co_await asio::this_coro::executor;
    boost::system::error_code resolveError;
    std::vector<asio::ip::tcp::endpoint> found = knownEndpoints(*address);
    if (found.empty()) {
        asio::ip::tcp::resolver resolver(executor);
        const auto [error, results]
            = co_await resolver.async_resolve(address->host, address->port, kNoThrow);
        resolveError = error;
        for (const auto &result : results)
            found.push_back(result.endpoint());
    }
    out.isRefused = std::any_of(found.begin(), found.end(), [&](const auto &endpoint) {
        return rules.reach
               == (endpoint.address().is_loopback() ? ClientReach::OtherMachines
                                                    : ClientReach::ThisMachine);
    });
    if (resolveError) {
        out.error = reason("the name '" + address->host + "'", resolveError);
    } else if (out.isRefused) {
        out.error = "'" + address->host + "' is "
                    + (rules.reach == ClientReach::ThisMachine ? "not " : "") + "this machine";
    } else {
        beast::tcp_stream stream(executor);
        stream.expires_after(kClientPatience);
        const auto [connectError, endpoint] = co_await stream.async_connect(found, kNoThrow);
        if (connectError) {
            out.error = reason("no connection to " + address->authority, connectError);
        } else {
            std::ostringstream peer;
            peer << endpoint;
            out.peer = peer.str();
            out.isLoopback = endpoint.address().is_loopback();
            if (address->isTls)
                co_await talkOverTls(std::move(stream), *address, message, rules, out, began);
            else
                co_await talk(stream, message, rules, out, began);
        }
    }
    out.completeAfter = since(began, std::chrono::steady_clock::now());
}

} // namespace understudy::wire
