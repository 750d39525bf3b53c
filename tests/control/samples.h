// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/request_parser.h"
#include "core/model/server.h"
#include "core/traffic/exchange.h"

#include <memory>
#include <string>
#include <string_view>

namespace understudy::control {

/// A server on any free port with one endpoint, GET /hello.
inline Server helloServer(std::string name = "Hello")
{
    Server server;
    server.name = std::move(name);
    server.listen.port = 0;
    Endpoint hello;
    hello.id = "get-hello";
    hello.methods = {"GET"};
    hello.path = "/hello";
    hello.responses.emplace_back();
    hello.responses[0].id = "ok";
    hello.responses[0].body = Body::text("Hello");
    server.items.emplace_back(hello);
    return server;
}

inline Exchange helloExchange(std::string_view target = "/hello", int status = 200)
{
    Exchange exchange;
    http::RequestParser parser;
    parser.feed("GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\nX-Name: J\xF6rg\r\n\r\n");
    exchange.request = parser.take().head;
    exchange.received
        = WallTime(std::chrono::seconds(1'700'000'000) + std::chrono::milliseconds(5));
    exchange.timings.complete = std::chrono::milliseconds(3);
    exchange.serverId = std::make_shared<const std::string>("hello");
    exchange.serverName = std::make_shared<const std::string>("Hello");
    exchange.endpointId = std::make_shared<const std::string>("get-hello");
    exchange.endpointLabel = std::make_shared<const std::string>("GET /hello");
    exchange.status = status;
    exchange.match = MatchKind::Matched;
    exchange.client = "127.0.0.1:50000";
    exchange.responseHead = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";
    exchange.responseBody = {std::make_shared<const std::string>("Hello"), 5};
    return exchange;
}

} // namespace understudy::control
