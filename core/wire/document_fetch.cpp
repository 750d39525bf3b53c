// SPDX-License-Identifier: Apache-2.0
// GCC 12 takes the frames of coroutines that it inlines into each other for foreign memory.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif

#include "core/wire/document_fetch.h"

#include "core/base/text.h"
#include "core/http/status.h"
#include "core/http/uri.h"
#include "core/match/body_decoder.h"
#include "core/wire/await.h"
#include "core/wire/document_name.h"
#include "core/wire/http_client.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include <exception>

namespace understudy::wire {

namespace {

namespace asio = boost::asio;

/// Why the fetch ended before it was done.
enum class Ended { No, Stopped, TooLate };

std::string withoutSecrets(const std::string &url)
{
    auto parsed = boost::urls::parse_uri(url);
    if (!parsed)
        return url.substr(0, url.find_first_of("?#"));
    boost::urls::url out(*parsed);
    out.remove_userinfo();
    out.remove_query();
    out.remove_fragment();
    return std::string(out.buffer());
}

std::string_view headerIn(const ClientResult &result, std::string_view name)
{
    const http::HeaderField *field = http::findHeader(result.headers, name);
    return field ? std::string_view(field->value) : std::string_view();
}

std::string statusText(int status)
{
    const std::string_view phrase = http::reasonPhrase(status);
    return std::to_string(status) + (phrase.empty() ? "" : " " + std::string(phrase));
}

Error refusal(const std::string &url, int status)
{
    const bool asksForLogin = status == 401 || status == 403 || status == 407;
    const std::string cure
        = asksForLogin ? "it asks for credentials: fetch it with another program, such as curl, "
                         "and import the file"
          : status == 404 || status == 410 ? "look at the path; the server runs, and has no such "
                                             "document"
          : status / 100 == 5              ? "look at that server's log"
                                           : "a document is sent with 200";
    return {status == 404 || status == 410 ? ErrorCode::NotFound : ErrorCode::Unsupported,
            url + " answered " + statusText(status) + "; " + cure,
            {}};
}

/// One fetch, with its redirects. Lives as long as the coroutine.
class Fetch
{
public:
    Fetch(std::string url, bool allowRemote)
        : m_url(std::move(url))
        , m_allowRemote(allowRemote)
    {}

    /// Until there is an outcome.
    asio::awaitable<void> run()
    {
        while (!m_outcome) {
            OutboundRequest request;
            request.method = "GET";
            request.url = m_url;
            request.headers = {{"Accept-Encoding", "identity"}};
            ClientResult result;
            co_await exchangeOver(request, result,
                                  {static_cast<std::size_t>(kLargestDocument), reach()});
            if (const auto problem = problemOf(result))
                m_outcome = *problem;
            else if (result.status / 100 != 3)
                m_outcome = documentOf(std::move(result));
            else if (const auto refused = follow(result))
                m_outcome = *refused;
        }
    }

    std::optional<Result<FetchedDocument>> take() { return std::move(m_outcome); }

private:
    /// Whoever is on another machine does not choose what this one is asked.
    ClientReach reach() const
    {
        return !m_allowRemote ? ClientReach::ThisMachine
               : m_wasRemote  ? ClientReach::OtherMachines
                              : ClientReach::Anybody;
    }

    std::string shown() const { return withoutSecrets(m_url); }

    std::optional<Error> problemOf(const ClientResult &result) const
    {
        const std::string from
            = m_cameFrom.empty() ? "" : " (where " + m_cameFrom + " redirects to)";
        if (result.isRefused && m_wasRemote)
            return Error{ErrorCode::Unsupported,
                         shown() + from + ": " + result.error
                             + ", which another one must not have asked; name that address itself",
                         {}};
        if (result.isRefused)
            return Error{
                ErrorCode::Access,
                shown() + from + ": " + result.error
                    + "; documents of other machines are fetched only when that is allowed",
                {}};
        if (!result.error.empty())
            return Error{
                ErrorCode::System, shown() + from + ": " + result.error + cureOf(result), {}};
        if (result.isCut)
            return Error{ErrorCode::Limit,
                         shown() + ": the document is larger than "
                             + formatSize(ByteCount{kLargestDocument})
                             + ", which is the most that is read",
                         {}};
        return std::nullopt;
    }

    static std::string cureOf(const ClientResult &result)
    {
        if (result.peer.empty())
            return "; look whether that server runs, and at host and port";
        if (result.error.starts_with("TLS with "))
            return result.isLoopback ? "; look whether it speaks http:// instead"
                                     : "; save the document to a file and import that";
        return {};
    }

    std::optional<Error> follow(const ClientResult &result)
    {
        if (++m_redirects > kMostRedirects)
            return Error{ErrorCode::Limit,
                         shown() + ": it redirects more than " + std::to_string(kMostRedirects)
                             + " times",
                         {}};
        const std::string location(headerIn(result, "Location"));
        const auto base = boost::urls::parse_uri(m_url);
        const auto reference = boost::urls::parse_uri_reference(location);
        boost::urls::url next;
        if (location.empty() || !base || !reference
            || !boost::urls::resolve(*base, *reference, next))
            return refusal(shown(), result.status);
        m_wasRemote = m_wasRemote || !result.isLoopback;
        m_cameFrom = shown();
        m_url = std::string(next.buffer());
        if (!isDocumentUrl(m_url))
            return Error{ErrorCode::Unsupported,
                         m_cameFrom + " redirects to " + shown() + ", which is not fetched",
                         {}};
        return std::nullopt;
    }

    Result<FetchedDocument> documentOf(ClientResult result) const
    {
        if (result.status != 200)
            return refusal(shown(), result.status);
        auto decoded = removeCodings(headerIn(result, "Content-Encoding"), result.body,
                                     static_cast<std::size_t>(kLargestDocument));
        if (!decoded)
            return Error{decoded.error().code, shown() + ": " + decoded.error().message, {}};
        FetchedDocument out;
        out.text = *decoded ? *std::move(*decoded) : std::move(result.body);
        if (text::trim(out.text).empty())
            return Error{ErrorCode::Invalid,
                         shown() + " answered 200 OK with nothing in it; look at the path",
                         {}};
        out.url = shown();
        out.name = documentName(out.url, headerIn(result, "Content-Disposition"),
                                headerIn(result, "Content-Type"));
        out.place = documentPlace(out.url, out.name);
        return out;
    }

    std::string m_url;
    bool m_allowRemote;
    bool m_wasRemote = false;
    std::string m_cameFrom;
    int m_redirects = 0;
    std::optional<Result<FetchedDocument>> m_outcome;
};

Error endedEarly(Ended ended, const std::string &url)
{
    return ended == Ended::Stopped
               ? Error{ErrorCode::Cancelled, "fetching " + url + " was stopped", {}}
               : Error{ErrorCode::System,
                       url
                           + ": the document was not there after 30 s; look whether that server "
                             "is well, or save it to a file and import that",
                       {}};
}

} // namespace

bool isDocumentUrl(std::string_view text)
{
    const std::string scheme = text::toLower(text.substr(0, 8));
    return scheme.starts_with("http://") || scheme == "https://";
}

Result<FetchedDocument> fetchDocument(const std::string &url, bool allowRemote,
                                      const std::stop_token &stop)
{
    const std::string trimmed(text::trim(url));
    if (!isDocumentUrl(trimmed))
        return Error{ErrorCode::Invalid,
                     "'" + trimmed + "' is no address that begins with http:// or https://",
                     {}};
    Fetch fetch(trimmed, allowRemote);
    Ended ended = Ended::No;
    try {
        // What a coroutine that was not finished refers to outlives the context that ends it.
        asio::cancellation_signal cancel;
        asio::io_context context(1);
        asio::steady_timer timer(context, kClientPatience);
        const auto end = [&](Ended why) {
            if (ended != Ended::No)
                return;
            ended = why;
            cancel.emit(asio::cancellation_type::terminal);
            // A name that is being looked up cannot be called back.
            context.stop();
        };
        timer.async_wait([&](const boost::system::error_code &ec) {
            if (!ec)
                end(Ended::TooLate);
        });
        asio::co_spawn(
            context, fetch.run(),
            asio::bind_cancellation_slot(cancel.slot(), [&](const std::exception_ptr &failure) {
                timer.cancel();
                if (failure)
                    std::rethrow_exception(failure);
            }));
        const std::stop_callback whenStopped(
            stop, [&] { asio::post(context, [&] { end(Ended::Stopped); }); });
        context.run();
    } catch (const std::exception &e) {
        return Error{ErrorCode::System, withoutSecrets(trimmed) + ": " + e.what(), {}};
    }
    if (auto outcome = fetch.take())
        return *std::move(outcome);
    return endedEarly(ended, withoutSecrets(trimmed));
}

} // namespace understudy::wire
