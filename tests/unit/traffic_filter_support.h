// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/http/request_parser.h"
#include "core/traffic/filter.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

/// An exchange to filter, and what a filter makes of it.
namespace understudy::test::filtering {

using namespace std::chrono_literals;

inline http::RequestHead parseHead(const std::string &method, const std::string &target)
{
    http::RequestParser parser;
    parser.feed(method + " " + target
                + " HTTP/1.1\r\nHost: shop.test\r\nAccept: text/html; q=0.9\r\n\r\n");
    return parser.take().head;
}

inline std::shared_ptr<const std::string> shared(std::string text)
{
    return std::make_shared<const std::string>(std::move(text));
}

inline CapturedBody body(const std::string &text)
{
    CapturedBody out;
    out.content = shared(text);
    out.size = text.size();
    return out;
}

inline WallTime noon() { return WallTime(std::chrono::hours(24 * 365 * 50)); }

/// GET /orders/17?page=2 answered with a 404 after 250 ms; 1,200 bytes in both bodies.
inline Exchange sample()
{
    Exchange e;
    e.received = noon() - 2min;
    e.timings.complete = 250ms;
    e.serverId = shared("srv1");
    e.serverName = shared("Shop API");
    e.client = "127.0.0.1:50312";
    e.request = parseHead("GET", "/orders/17?page=2");
    e.requestBody = body("needle in the request" + std::string(179, ' '));
    e.status = 404;
    e.responseHead = "HTTP/1.1 404 Not Found\r\nX-Trace: abc-1\r\n\r\n";
    e.responseBody = body("Reply with Größe" + std::string(982, '.'));
    e.match = MatchKind::NoRule;
    e.endpointId = shared("ep7");
    e.endpointLabel = shared("GET /orders/{id}");
    e.error = "";
    return e;
}

inline bool holds(const std::string &text, const Exchange &exchange, FilterContext context = {})
{
    const auto filter = TrafficFilter::parse(text);
    EXPECT_TRUE(filter.hasValue()) << text << ": " << (filter ? "" : filter.error().text());
    context.now = noon();
    return filter && filter->matches({1, std::make_shared<Exchange>(exchange)}, context);
}

struct FilterCase
{
    const char *text;
    bool expected;
};

inline void expectAll(const std::vector<FilterCase> &cases, const Exchange &exchange)
{
    for (const FilterCase &c : cases)
        EXPECT_EQ(holds(c.text, exchange), c.expected) << c.text;
}

inline Error errorOf(const std::string &text)
{
    const auto filter = TrafficFilter::parse(text);
    EXPECT_FALSE(filter.hasValue()) << text;
    return filter ? Error{} : filter.error();
}

} // namespace understudy::test::filtering
