// SPDX-License-Identifier: Apache-2.0
#include "core/engine/fault_answer.h"

#include "core/http/status.h"

#include <charconv>

namespace understudy {

namespace {

constexpr std::string_view kHop = "understudy-hop=";

/// Whole seconds, rounded up: who waits so long is not too early (RFC 9110 section 10.2.3).
std::uint64_t seconds(Duration duration)
{
    const auto up = std::chrono::ceil<std::chrono::seconds>(duration).count();
    return up > 0 ? static_cast<std::uint64_t>(up) : 0;
}

http::Response message(int status, const http::HeaderList &serverHeaders, std::string text)
{
    http::Response parts;
    parts.status = status;
    parts.headers = mergeHeaders(serverHeaders, {{"Content-Type", "text/plain; charset=utf-8"}});
    parts.body = std::move(text) + '\n';
    return parts;
}

http::Response statusAnswer(const Fault &fault, const http::HeaderList &serverHeaders)
{
    http::Response parts;
    parts.status = fault.status.value_or(500);
    parts.headers = mergeHeaders(serverHeaders, fault.headers);
    parts.body = fault.body;
    if (http::isBodiless(parts.status))
        return parts;
    if (parts.body.empty())
        parts.body = std::string(http::reasonPhrase(parts.status)) + '\n';
    if (!http::findHeader(parts.headers, "Content-Type"))
        parts.headers.push_back({"Content-Type", "text/plain; charset=utf-8"});
    encodeBody(parts); // what it cannot write becomes '?'
    return parts;
}

/// The target without our mark, and the number that the mark said.
std::pair<std::string, std::uint64_t> withoutHop(std::string_view target)
{
    const std::size_t at = target.find(kHop);
    if (at == std::string_view::npos || at == 0)
        return {std::string(target), 0};
    std::uint64_t hop = 0;
    const char *first = target.data() + at + kHop.size();
    const auto parsed = std::from_chars(first, target.data() + target.size(), hop);
    std::string rest(target.substr(0, at - 1)); // and the '?' or '&' before it
    std::string_view behind(parsed.ptr,
                            static_cast<std::size_t>(target.data() + target.size() - parsed.ptr));
    if (target[at - 1] == '?' && behind.starts_with('&')) {
        rest += '?'; // it was the first of several parameters
        behind.remove_prefix(1);
    }
    rest.append(behind);
    return {std::move(rest), hop};
}

std::optional<http::Response> redirect(const Fault &fault, const http::RequestHead &request,
                                       const http::HeaderList &serverHeaders, std::string &effect)
{
    std::string location(request.target());
    if (fault.hops) {
        auto [target, hop] = withoutHop(request.target());
        if (hop >= *fault.hops) {
            effect = "the loop ended after " + std::to_string(hop) + " redirects";
            return std::nullopt;
        }
        location = std::move(target);
        location += location.find('?') == std::string::npos ? '?' : '&';
        location += std::string(kHop) + std::to_string(hop + 1);
        effect = "redirect " + std::to_string(hop + 1) + " of " + std::to_string(*fault.hops);
    } else {
        effect = "the client was redirected to where it was";
    }
    http::Response parts = message(302, serverHeaders, "Found");
    parts.headers.push_back({"Location", std::move(location)});
    return parts;
}

} // namespace

std::optional<http::Response> faultAnswer(const Fault &fault, const std::optional<Quota> &quota,
                                          const http::RequestHead &request,
                                          const http::HeaderList &serverHeaders,
                                          std::string &effect)
{
    switch (fault.kind) {
    case FaultKind::Status:
        effect
            = "answered " + std::to_string(fault.status.value_or(500)) + " instead of the response";
        return statusAnswer(fault, serverHeaders);
    case FaultKind::RateLimit: {
        const Duration wait = quota ? quota->resetIn : Duration{};
        effect = "over the limit of " + std::to_string(fault.limit.value_or(0))
                 + " requests: answered 429";
        http::Response parts = message(429, serverHeaders, "Too Many Requests");
        parts.headers.push_back({"Retry-After", std::to_string(seconds(wait))});
        return parts;
    }
    case FaultKind::RedirectLoop:
        return redirect(fault, request, serverHeaders, effect);
    case FaultKind::ExpectRefuse:
        if (fault.variant == "silent") {
            effect = "the client's Expect: 100-continue was never answered";
            return std::nullopt;
        }
        effect = "answered 417 to Expect: 100-continue";
        return message(417, serverHeaders, "Expectation Failed");
    default:
        return std::nullopt;
    }
}

std::string quotaHeaders(const Quota &quota)
{
    return "RateLimit-Limit: " + std::to_string(quota.limit)
           + "\r\nRateLimit-Remaining: " + std::to_string(quota.remaining)
           + "\r\nRateLimit-Reset: " + std::to_string(seconds(quota.resetIn)) + "\r\n";
}

} // namespace understudy
