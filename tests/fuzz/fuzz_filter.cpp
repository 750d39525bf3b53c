// SPDX-License-Identifier: Apache-2.0
// What a user types over the traffic: an error says why, and a filter gives the same verdict twice.
#include "core/http/request_parser.h"
#include "core/traffic/exchange.h"
#include "core/traffic/filter.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace {

using namespace understudy;

std::shared_ptr<const Exchange> exchange()
{
    auto made = std::make_shared<Exchange>();
    http::RequestParser parser;
    parser.feed("POST /users/7?page=2 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}");
    made->request = parser.take().head;
    made->serverName = std::make_shared<const std::string>("Shop");
    made->status = 503;
    made->match = MatchKind::Matched;
    made->client = "127.0.0.1:50000";
    made->requestBody = {std::make_shared<const std::string>("{}"), 2};
    made->responseBody = {std::make_shared<const std::string>("Hello"), 5};
    return made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const JournalEntry entry{1, exchange()};
    const std::string_view text(reinterpret_cast<const char *>(data), size);
    const auto filter = TrafficFilter::parse(text);
    if (!filter) {
        if (filter.error().message.empty())
            std::abort();
        return 0;
    }
    if (filter->matches(entry) != filter->matches(entry))
        std::abort();
    return 0;
}
