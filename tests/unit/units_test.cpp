// SPDX-License-Identifier: Apache-2.0
#include "core/base/draw.h"
#include "core/base/json_text.h"
#include "core/base/text.h"
#include "core/base/units.h"
#include "core/http/date.h"
#include "core/http/uri.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include <array>
#include <random>

using namespace understudy;
using namespace std::chrono_literals;

TEST(Units, ReadDurationsSizesRatesAndShares)
{
    EXPECT_EQ(*parseDuration("50ms"), 50ms);
    EXPECT_EQ(*parseDuration("1.5 s"), 1500ms);
    EXPECT_EQ(*parseDuration("2h"), 2h);
    EXPECT_EQ(parseSize("64kB")->value, 64'000U);
    EXPECT_EQ(parseSize("1KiB")->value, 1024U);
    EXPECT_EQ(parseByteRate("50kB/s")->value, 50'000U);
    EXPECT_DOUBLE_EQ(*parseShare("20%"), 0.2);
    EXPECT_DOUBLE_EQ(*parseShare("0.2"), 0.2);
    for (const char *wrong : {"", "50", "ms", "-1ms", "50 parsecs", "1e400s", "nan s"})
        EXPECT_FALSE(parseDuration(wrong)) << wrong;
    for (const char *wrong : {"120%", "-1%", "2", "x"})
        EXPECT_FALSE(parseShare(wrong)) << wrong;
    EXPECT_FALSE(parseByteRate("50kB"));
}

TEST(Units, WhatTheyWriteTheyReadBack)
{
    std::mt19937_64 random(7);
    for (int i = 0; i < 2000; ++i) {
        const Duration duration(static_cast<std::int64_t>(random() % 10'000'000'000));
        EXPECT_EQ(*parseDuration(formatDuration(duration)), duration) << formatDuration(duration);
        const ByteCount size{random() % 1'000'000'000'000};
        EXPECT_EQ(*parseSize(formatSize(size)), size) << formatSize(size);
        const double share = static_cast<double>(random() % 100'001) / 100'000;
        EXPECT_EQ(*parseShare(formatShare(share)), share) << formatShare(share);
    }
    EXPECT_EQ(formatShare(0.07), "7%");
    EXPECT_EQ(formatSize({64'000}), "64kB");
    EXPECT_EQ(formatDuration(1500ms), "1500ms");
}

TEST(Draw, DependsOnEveryPartAndOnNothingElse)
{
    const auto base = draw(1, "s", "e", 1, "p");
    EXPECT_EQ(base, draw(1, "s", "e", 1, "p"));
    EXPECT_NE(base, draw(2, "s", "e", 1, "p"));
    EXPECT_NE(base, draw(1, "t", "e", 1, "p"));
    EXPECT_NE(base, draw(1, "s", "f", 1, "p"));
    EXPECT_NE(base, draw(1, "s", "e", 2, "p"));
    EXPECT_NE(base, draw(1, "s", "e", 1, "q"));
}

TEST(Draw, IsEvenlySpread)
{
    std::array<int, 20> buckets{};
    constexpr int kDraws = 100'000;
    for (std::uint64_t i = 1; i <= kDraws; ++i)
        ++buckets[static_cast<std::size_t>(toUnit(draw(42, "server", "endpoint", i, "response"))
                                           * 20)];
    double chiSquare = 0;
    for (const int n : buckets)
        chiSquare += (n - 5000.0) * (n - 5000.0) / 5000.0;
    EXPECT_LT(chiSquare, 43.8); // 19 degrees of freedom, 0.1 %
}

TEST(Text, Base64RoundTripsAndRefusesNonsense)
{
    std::mt19937 random(3);
    for (std::size_t n = 0; n < 64; ++n) {
        std::string bytes;
        for (std::size_t i = 0; i < n; ++i)
            bytes += static_cast<char>(random());
        EXPECT_EQ(text::decodeBase64(text::encodeBase64(bytes)), bytes);
    }
    EXPECT_EQ(text::encodeBase64("abc"), "YWJj");
    EXPECT_EQ(text::encodeBase64("a"), "YQ==");
    for (const char *wrong : {"a", "a=b", "ab!c", "=abc"})
        EXPECT_FALSE(text::decodeBase64(wrong)) << wrong;
}

TEST(Text, KnowsUtf8)
{
    EXPECT_TRUE(text::isUtf8("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"));
    for (const char *wrong :
         {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\x80"})
        EXPECT_FALSE(text::isUtf8(wrong));
    EXPECT_EQ(text::quoteJson("a\"\\\n\x01\xff"), "\"a\\\"\\\\\\n\\u0001\xef\xbf\xbd\"");
}

TEST(Json, IsWrittenAsPeopleWriteIt)
{
    const std::string text
        = R"({"b":[1,-2,18446744073709551615,12.9,1.0,1.0e+300,true,null,[],{}],"a":"x\"\n\u0001\\ü"})";
    EXPECT_EQ(writeJson(boost::json::parse(text)), text);
    EXPECT_EQ(writeJson(*JsonValue::parse(text)), text);
    EXPECT_EQ(writeJson(*JsonValue::parse(R"({"a":[1,{}],"b":[]})"), 2),
              "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
}

TEST(Dates, ReadAndWriteWhatHttpAndPeopleUse)
{
    const auto moment = http::parseDate("Sun, 06 Nov 1994 08:49:37 GMT");
    ASSERT_TRUE(moment);
    EXPECT_EQ(moment->time_since_epoch(), 784111777s);
    EXPECT_EQ(http::formatDate(*moment), "Sun, 06 Nov 1994 08:49:37 GMT");
    for (const char *same : {"1994-11-06T08:49:37Z", "1994-11-06T09:49:37+01:00",
                             "1994-11-06 08:49:37", "784111777", "784111777000"})
        EXPECT_EQ(http::parseAnyDate(same), moment) << same;
    for (const char *wrong :
         {"", "yesterday", "2026-13-01", "2026-02-30", "2026-01-01T", "Sun, 06 Nov 1994", "-5"})
        EXPECT_FALSE(http::parseAnyDate(wrong)) << wrong;
}

TEST(Uri, SplitsEveryFormOfTarget)
{
    const auto origin = http::splitTarget("GET", "/a/b?x=1?y");
    EXPECT_EQ(origin.path, "/a/b");
    EXPECT_EQ(origin.query, "x=1?y");
    const auto absolute = http::splitTarget("GET", "http://u@h:80?q");
    EXPECT_EQ(absolute.authority, "u@h:80");
    EXPECT_EQ(absolute.path, "/");
    EXPECT_EQ(absolute.query, "q");
    EXPECT_EQ(http::splitTarget("CONNECT", "h:443").authority, "h:443");
    EXPECT_EQ(http::splitTarget("OPTIONS", "*").path, "*");
    EXPECT_EQ(http::splitTarget("GET", "/r?to=http://x/").path, "/r");
}

TEST(Uri, DecodesQueriesAndCookies)
{
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(http::parseQuery("a=1&a=2&b&&c=%41+d%zz"),
              (Pairs{{"a", "1"}, {"a", "2"}, {"b", ""}, {"c", "A d%zz"}}));
    EXPECT_EQ(http::parseCookies("a=1; b=\"x y\"; =z; c"), (Pairs{{"a", "1"}, {"b", "x y"}}));
    EXPECT_EQ(http::percentDecode("%"), "%");
    EXPECT_EQ(http::percentEncode("a b/ü", "/"), "a%20b/%C3%BC");
}

TEST(Units, RefusesDurationsThatNoClockCanHold)
{
    EXPECT_TRUE(parseDuration("876000h")); // 100 years
    const auto tooLong = parseDuration("3000000h");
    ASSERT_FALSE(tooLong);
    EXPECT_THAT(tooLong.error().message, testing::HasSubstr("100 years are the most"));
}
