// SPDX-License-Identifier: Apache-2.0
#include "core/traffic/exchange.h"

#include "core/base/text.h"
#include "core/traffic/heap_size.h"

#include <algorithm>
#include <array>

namespace understudy {

namespace {

// An exchange's place in the journal, and what its blocks lose to rounding up; measured with
// glibc.
constexpr std::size_t kPlace = 40;

std::size_t bodySize(const CapturedBody &body)
{
    if (!body.content || body.isShared)
        return 0;
    return sizeof(std::string) + body.content->capacity() + 2 * kBlockOverhead;
}

/// In the order of MatchKind.
constexpr std::array<std::string_view, 9> kMatchNames{"matched",   "noEndpoint", "noRule",
                                                      "preflight", "proxied",    "badRequest",
                                                      "noRequest", "callback",   "recorded"};
static_assert(kMatchNames.size() == static_cast<std::size_t>(MatchKind::Recorded) + 1);

} // namespace

std::string_view matchName(MatchKind kind) { return kMatchNames[static_cast<std::size_t>(kind)]; }

std::optional<MatchKind> matchKindFromName(std::string_view name)
{
    const auto found = std::find(kMatchNames.begin(), kMatchNames.end(), name);
    if (found == kMatchNames.end())
        return std::nullopt;
    return static_cast<MatchKind>(found - kMatchNames.begin());
}

std::size_t Exchange::memorySize() const
{
    return sizeof(*this) + kPlace + 2 * kBlockOverhead + textSize(client) + textSize(tls)
           + request.heapSize() + 2 * kBlockOverhead + textSize(rawInput) + textSize(responseHead)
           + textSize(error) + bodySize(requestBody) + bodySize(responseBody)
           + (why ? why->heapSize() : 0)
           + (behaviour && !isBehaviourShared ? behaviour->memorySize() : 0);
}

std::string Exchange::matchText() const
{
    switch (match) {
    case MatchKind::Matched:
        return (endpointLabel ? *endpointLabel : std::string{}) + " › "
               + (responseLabel ? *responseLabel : std::string{});
    case MatchKind::NoEndpoint:
        return "✕ no endpoint";
    case MatchKind::NoRule:
        return "✕ no rule";
    case MatchKind::Preflight:
        return "CORS preflight";
    case MatchKind::Proxied:
        return "passed on";
    case MatchKind::BadRequest:
        return "✕ refused";
    case MatchKind::NoRequest:
        return "✕ no request";
    case MatchKind::Callback:
        return cause == 0 ? "→ callback" : "→ callback of " + std::to_string(cause);
    case MatchKind::Recorded:
        return "recorded";
    }
    return {};
}

CapturedBody captureBody(std::string body, std::size_t limit)
{
    CapturedBody captured;
    captured.size = body.size();
    if (body.size() > limit) {
        body.resize(limit);
        body.shrink_to_fit();
        captured.cut = true;
    }
    if (captured.size > 0)
        captured.content = std::make_shared<const std::string>(std::move(body));
    return captured;
}

std::string Exchange::reason() const
{
    if (why && !why->summary.empty())
        return why->summary;
    if (match == MatchKind::Matched)
        return matchText()
               + ": the only endpoint for this method and path, and its answer has no conditions";
    if (match == MatchKind::BadRequest || match == MatchKind::NoRequest)
        return error;
    if (match == MatchKind::Callback)
        return cause == 0
                   ? "a callback of an answer"
                   : "a callback that the answer to request " + std::to_string(cause) + " caused";
    if (match == MatchKind::Recorded)
        return "recorded elsewhere: the file does not say what was decided";
    return matchText();
}

http::Request requestOf(const Exchange &exchange)
{
    http::Request out;
    out.head = exchange.request;
    if (exchange.requestBody.content)
        out.body = *exchange.requestBody.content;
    out.hasBody
        = exchange.request.find("Content-Length") || exchange.request.find("Transfer-Encoding");
    return out;
}

std::vector<http::HeaderView> responseHeaders(const Exchange &exchange)
{
    std::vector<http::HeaderView> out;
    std::string_view rest = exchange.responseHead;
    bool first = true;
    while (!rest.empty()) {
        const std::size_t end = rest.find("\r\n");
        const std::string_view line = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 2);
        const std::size_t colon = line.find(':');
        if (!first && colon != std::string_view::npos)
            out.push_back({line.substr(0, colon), text::trim(line.substr(colon + 1))});
        first = false;
    }
    return out;
}

} // namespace understudy
