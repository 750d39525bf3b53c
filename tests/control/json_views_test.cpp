// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/json_views.h"

#include "core/base/text.h"
#include "tests/control/samples.h"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace understudy::control {
namespace {

namespace json = boost::json;

json::object viewOf(const Exchange &exchange)
{
    return exchangeJson({7, std::make_shared<const Exchange>(exchange)});
}

TEST(ExchangeJson, TellsWhenInUtcWithMicroseconds)
{
    EXPECT_EQ(viewOf(helloExchange()).at("received"), "2023-11-14T22:13:20.005000Z");
}

TEST(ExchangeJson, IsUtf8WhateverTheHeadersHold)
{
    const json::object exchange = viewOf(helloExchange());
    EXPECT_TRUE(text::isUtf8(json::serialize(exchange)));
    EXPECT_EQ(exchange.at("request").at("headers").at(1).at("value"), "J\xC3\xB6rg");
}

TEST(ExchangeJson, GivesTextBodiesAsText)
{
    const json::object exchange = viewOf(helloExchange());
    EXPECT_EQ(exchange.at("response").at("body").at("text"), "Hello");
}

TEST(ExchangeJson, GivesOtherBodiesInBase64)
{
    Exchange exchange = helloExchange();
    exchange.responseBody = {std::make_shared<const std::string>("\xFF\xFE"), 2};
    const json::object body = viewOf(exchange).at("response").at("body").as_object();
    EXPECT_EQ(body.at("base64"), "//4=");
    EXPECT_FALSE(body.contains("text"));
}

TEST(ExchangeJson, KeepsTheSizeOfABodyThatIsGone)
{
    Exchange exchange = helloExchange();
    exchange.responseBody = {nullptr, 5'000, false, false, true};
    const json::object body = viewOf(exchange).at("response").at("body").as_object();
    EXPECT_EQ(body.at("size"), 5'000);
    EXPECT_EQ(body.at("dropped"), true);
    EXPECT_FALSE(body.contains("text"));
}

TEST(ExchangeJson, ExplainsTheAnswer)
{
    Exchange exchange = helloExchange();
    Explanation why;
    why.summary = "the first rule holds";
    why.candidates.push_back({"get-hello",
                              "GET /hello",
                              "ok",
                              "200",
                              true,
                              "all 1 conditions hold",
                              0,
                              {{"header.Accept", "contains json", "application/json", true}}});
    exchange.why = std::make_shared<const Explanation>(why);
    const json::value candidate = viewOf(exchange).at("why").at("candidates").at(0);
    EXPECT_EQ(candidate.at("chosen"), true);
    EXPECT_EQ(candidate.at("conditions").at(0).at("subject"), "header.Accept");
}

TEST(ExchangeJson, ShowsARequestThatCouldNotBeRead)
{
    Exchange bad;
    bad.match = MatchKind::BadRequest;
    bad.rawInput = "\x16\x03\x01";
    const json::object exchange = viewOf(bad);
    EXPECT_EQ(exchange.at("match"), "badRequest");
    EXPECT_EQ(exchange.at("request").at("rawInput"), "\x16\x03\x01");
    EXPECT_TRUE(exchange.at("endpoint").at("id").is_null());
}

TEST(StatusJson, KeepsEveryBitOfTheSeed)
{
    ServerStatus status;
    status.seed = 18'446'744'073'709'551'615u;
    EXPECT_EQ(statusJson(status).at("seed"), "18446744073709551615");
}

} // namespace
} // namespace understudy::control
